/**
 * Speaks and writes the way somebody taught it: answers in chats, posts for platforms, memories of
 * the people it talks to. Without a language model it retrieves what it was taught and fills
 * templates, and makes nothing up; with one, that model writes with the same lessons before it.
 */
@NullMarked
package dev.spanda.media.persona;

import org.jspecify.annotations.NullMarked;
