package dev.spanda.core.blessing;

import java.time.Duration;
import java.util.Optional;

/**
 * A text to be read aloud.
 *
 * @param text paragraphs, parted by an empty line
 * @param wordCount how many words the text has: parts between blanks that hold a letter or a digit
 * @param readingTime how long reading it aloud takes at {@link Blessings#WORDS_PER_MINUTE}, in
 *     whole seconds, rounded up
 * @param model {@code grammar}, or the name of the {@link Writer}
 * @param note why the writer's text was not taken; empty when it was, or there is no writer
 */
public record Narrative(
    String text, int wordCount, Duration readingTime, String model, Optional<String> note) {}
