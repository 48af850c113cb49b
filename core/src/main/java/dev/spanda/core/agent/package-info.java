/**
 * Agents and the work they do. {@link dev.spanda.core.agent.WorkQueue} gives each piece of work to
 * the least-loaded of the {@link dev.spanda.core.agent.Agents} that can do it, under a lease that
 * ends when its holder falls silent; {@link dev.spanda.core.agent.LocalWorkers} is the hands of the
 * agents that live in this process.
 */
@NullMarked
package dev.spanda.core.agent;

import org.jspecify.annotations.NullMarked;
