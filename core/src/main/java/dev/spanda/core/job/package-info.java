/**
 * Work that outlives the process: a {@link dev.spanda.core.job.Job} is recorded before it is
 * acknowledged, runs on one machine at a time, tells its progress, can be cancelled, is tried again
 * after a failure and runs again when the process that ran it has died. {@link
 * dev.spanda.core.job.Jobs} keeps them; a {@link dev.spanda.core.job.JobKind} names what is done
 * and a {@link dev.spanda.core.job.JobHandler} does it.
 */
@NullMarked
package dev.spanda.core.job;

import org.jspecify.annotations.NullMarked;
