package dev.spanda.media.persona;

import java.time.Instant;

/**
 * What is remembered of a person.
 *
 * @param id begins with {@code mem_}
 * @param content a sentence, such as {@code User mentioned they're from Canada}
 * @param category {@code personal_info}, {@code preference} or {@code interest}
 * @param at when it was last said
 * @param relevance 0 to 1. With a question: the share of its BM25 weight that the memory's words
 *     cover. Without one: a half to the power of its age in units of 180 days
 */
public record Memory(String id, String content, String category, Instant at, double relevance) {}
