/** x. */
@NullMarked
package dev.spanda.media.moderation;

import org.jspecify.annotations.NullMarked;
