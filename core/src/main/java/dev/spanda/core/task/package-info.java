/**
 * Tasks: work that is done once, at a time, or again and again, by {@link
 * dev.spanda.core.task.Processor}s that the application registers. {@link
 * dev.spanda.core.task.Tasks} keeps them and hands each run to the agents of its owner.
 */
@NullMarked
package dev.spanda.core.task;

import org.jspecify.annotations.NullMarked;
