/**
 * What an audience writes and does on Discord, Twitch, YouTube and Twitter: {@link
 * dev.spanda.media.social.SocialFeed} takes messages and events in, each once, finds them again and
 * counts who wrote how much, where and when. Its counters are kept as messages arrive, so that an
 * answer costs the same after a million of them.
 */
@NullMarked
package dev.spanda.media.social;

import org.jspecify.annotations.NullMarked;
