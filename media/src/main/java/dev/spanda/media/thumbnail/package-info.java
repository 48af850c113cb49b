/**
 * Pictures that announce a video: {@link dev.spanda.media.thumbnail.ThumbnailMaker} sets a title
 * large over a drawn ground or a given picture.
 */
@NullMarked
package dev.spanda.media.thumbnail;

import org.jspecify.annotations.NullMarked;
