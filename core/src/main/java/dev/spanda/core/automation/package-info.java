/**
 * Actions that are done one after the other when a timetable says so. {@link
 * dev.spanda.core.automation.Workflows} keeps {@link dev.spanda.core.automation.WorkflowPlan}s,
 * begins a run of each at its due time on one of however many processes share the store, and
 * records what became of every action; what an action does is told by whoever implements {@link
 * dev.spanda.core.automation.Action}.
 */
@NullMarked
package dev.spanda.core.automation;

import org.jspecify.annotations.NullMarked;
