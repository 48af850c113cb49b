/**
 * Logos from a name: {@link dev.spanda.media.logo.LogoMaker} draws what a {@link
 * dev.spanda.media.logo.LogoPlan} asks for, in one of three styles, with colours that can be read
 * and an icon that suits the words, as PNG, SVG and PDF.
 */
@NullMarked
package dev.spanda.media.logo;

import org.jspecify.annotations.NullMarked;
