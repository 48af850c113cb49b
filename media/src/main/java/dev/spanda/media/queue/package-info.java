/**
 * What waits to be shown to an audience: a {@link dev.spanda.media.queue.Queue} keeps items, each
 * an asset with words for the platforms it goes to, and has each published when its time has come
 * by a {@link dev.spanda.media.queue.Publisher}. Where there is no other, an {@link
 * dev.spanda.media.queue.Outbox} puts them into a folder.
 */
@NullMarked
package dev.spanda.media.queue;

import org.jspecify.annotations.NullMarked;
