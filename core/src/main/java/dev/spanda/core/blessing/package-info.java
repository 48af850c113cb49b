/**
 * Words of good wishes. {@link dev.spanda.core.blessing.Blessings} puts sentences together from a
 * grammar that stands in text files, one a language, so that the same seed gives the same text and
 * none says a sentence twice; where a {@link dev.spanda.core.blessing.Writer} is given, it may
 * write instead, and what it writes is checked. The numbers count words, minutes and recitations,
 * and nothing else.
 */
@NullMarked
package dev.spanda.core.blessing;

import org.jspecify.annotations.NullMarked;
