/**
 * A conversation that ends in a job: {@link dev.spanda.core.assistant.Assistant} reads what a
 * person writes, finds the {@link dev.spanda.core.assistant.Skill} that fits, takes its inputs from
 * the words, asks for what is missing one question at a time, and begins when the person says so.
 * Conversations are stored. What no skill fits is answered by a {@link
 * dev.spanda.core.text.TextModel}, and every {@link dev.spanda.core.assistant.Reply} names the
 * model that wrote it.
 */
@NullMarked
package dev.spanda.core.assistant;

import org.jspecify.annotations.NullMarked;
