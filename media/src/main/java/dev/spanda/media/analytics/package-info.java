/**
 * How an organisation's content fares: {@link dev.spanda.media.analytics.Analytics} keeps facts
 * (views, engagement, followers, watch time, what was published) and sums them over periods. Every
 * number is a sum of recorded facts; where none is recorded it is zero.
 */
@NullMarked
package dev.spanda.media.analytics;

import org.jspecify.annotations.NullMarked;
