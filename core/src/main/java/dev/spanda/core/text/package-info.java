/**
 * Text that is made for people: {@link dev.spanda.core.text.TextModel} is the part that a language
 * model outside plays, and {@link dev.spanda.core.text.EmbeddedModel} answers without one, always
 * the same to the same question.
 */
@NullMarked
package dev.spanda.core.text;

import org.jspecify.annotations.NullMarked;
