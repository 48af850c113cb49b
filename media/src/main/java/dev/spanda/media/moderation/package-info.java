/**
 * Reads what an audience writes: how likely it is toxic or spam, which sexual words are in it, and
 * what an organisation's policy makes of that. The models are small logistic regressions whose
 * tables are in this jar; the page {@code docs/moderation.md} of this module says what they were
 * trained on and what they are worth. {@link dev.spanda.media.moderation.ModeratorTrainer} makes
 * the tables anew.
 */
@NullMarked
package dev.spanda.media.moderation;

import org.jspecify.annotations.NullMarked;
