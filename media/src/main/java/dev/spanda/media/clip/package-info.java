/**
 * Clips cut out of films, exact to the frame and mostly without encoding again. {@link
 * dev.spanda.media.clip.Cutter} cuts what a {@link dev.spanda.media.clip.ClipPlan} says out of a
 * {@link dev.spanda.media.clip.ClipSource} and tells in a {@link dev.spanda.media.clip.Clip} which
 * way it took; {@link dev.spanda.media.clip.Clips} does so in durable jobs. The tables of MP4 and
 * MOV files are read and written here; frames are decoded and encoded by the program that {@link
 * dev.spanda.media.clip.Ffmpeg} has found, which sees local files only.
 */
@NullMarked
package dev.spanda.media.clip;

import org.jspecify.annotations.NullMarked;
