/**
 * Publishing exactly once. A {@link dev.spanda.media.publish.Publication} is written down before a
 * platform hears of it, each step of its way is recorded, and when an answer was lost or the
 * process died, the platform is asked what it has before anything is sent again.
 */
@NullMarked
package dev.spanda.media.publish;

import org.jspecify.annotations.NullMarked;
