/**
 * Thin speakers of what YouTube, Instagram, TikTok, Facebook and LinkedIn each want to hear before
 * they show something. {@link dev.spanda.server.outbound.platform.Platforms} hands them to the
 * engine; everything goes out through the guarded fetcher.
 */
@NullMarked
package dev.spanda.server.outbound.platform;

import org.jspecify.annotations.NullMarked;
