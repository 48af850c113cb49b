/** Trials of the feed at its documented size, for the command line and the tests. */
@NullMarked
package dev.spanda.media.social.trial;

import org.jspecify.annotations.NullMarked;
