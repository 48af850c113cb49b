/**
 * How the machine and its applications are doing: samples of a {@link dev.spanda.core.metric.Probe}
 * and what applications report, kept as series that survive a restart and never grow beyond their
 * bounds, and alerts when a measurement crosses a threshold.
 */
@NullMarked
package dev.spanda.core.metric;

import org.jspecify.annotations.NullMarked;
