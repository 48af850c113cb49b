/**
 * When something is due: a {@link dev.spanda.core.schedule.Schedule} is an interval, one instant or
 * a {@link dev.spanda.core.schedule.Cron} line in a time zone, and says which instant comes next.
 * {@link dev.spanda.core.schedule.SettableClock} is the clock for tests, ours and those of users,
 * with an executor whose delays pass when the clock is moved.
 */
@NullMarked
package dev.spanda.core.schedule;

import org.jspecify.annotations.NullMarked;
