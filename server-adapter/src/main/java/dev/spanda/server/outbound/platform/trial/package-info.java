/**
 * Trials that publishing must stand: {@link dev.spanda.server.outbound.platform.trial.FakeSites}
 * speaks as the platforms do and breaks where it is told to, and {@link
 * dev.spanda.server.outbound.platform.trial.PublishKillTrial} kills the process that publishes and
 * counts what has appeared.
 */
@NullMarked
package dev.spanda.server.outbound.platform.trial;

import org.jspecify.annotations.NullMarked;
