package dev.spanda.media.logo;

import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Canvas.Pen;
import dev.spanda.media.canvas.Outline;
import dev.spanda.media.canvas.Paint;
import dev.spanda.media.canvas.TextLayout;
import dev.spanda.media.canvas.Typeface;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the three styles share: choices by seed, colours that can be read, letters, icons. */
abstract class Drawing {

  /** Letters of logos need the contrast that WCAG 2.2 asks of text; marks that of graphics. */
  static final double TEXT_CONTRAST = 4.5;

  static final double MARK_CONTRAST = 3;

  final LogoPlan plan;
  final Optional<Icon> icon;
  private double contrast = 21;

  Drawing(LogoPlan plan) {
    this.plan = plan;
    this.icon = plan.icon().or(() -> Icon.of(plan.text()));
  }

  abstract Logo draw();

  /** A choice below {@code count} that depends on the seed, the name and the slot. */
  final int choose(int slot, int count) {
    // The finalizer of SplitMix64 (Steele, Lea, Flood 2014) makes near seeds unlike.
    long bits =
        plan.seed() * 0x9E3779B97F4A7C15L
            + plan.text().hashCode() * 31L
            + slot * 0xD1B54A32D192ED03L;
    bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
    return (int) Long.remainderUnsigned(bits ^ bits >>> 31, count);
  }

  /** A variation: the seeds 0, 1, 2 … walk through all of them. */
  final int variation(int count) {
    return (int) Math.floorMod(plan.seed() + choose(0, 1), (long) count);
  }

  final Logo finish(Canvas canvas, Optional<Icon> shown) {
    return new Logo(canvas, plan, shown, contrast);
  }

  /** The colours given that are not almost white. */
  final List<Integer> inks() {
    List<Integer> inks = new ArrayList<>();
    for (String color : plan.colors()) {
      int argb = Paint.colour(color);
      if (Paint.luminance(argb) <= 0.75) {
        inks.add(argb);
      }
    }
    return inks;
  }

  /** The first colour given that is almost white, or the style's own ground. */
  final int ground(int usual) {
    for (String color : plan.colors()) {
      int argb = Paint.colour(color);
      if (Paint.luminance(argb) > 0.75) {
        return argb;
      }
    }
    return usual;
  }

  /** A colour moved away from its ground in lightness until the contrast is reached. */
  static int readable(int ink, int ground, double least) {
    int end = Paint.luminance(ground) > 0.18 ? 0xFF000000 : 0xFFFFFFFF;
    for (int step = 0; step <= 20; step++) {
      int tried = Paint.mix(ink, end, step / 20.0);
      if (Paint.contrast(tried, ground) >= least) {
        return tried;
      }
    }
    return end;
  }

  /** A colour for letters, and the contrast kept in mind. */
  final int letters(int ink, int ground) {
    int readable = readable(ink, ground, TEXT_CONTRAST);
    contrast = Math.min(contrast, Paint.contrast(readable, ground));
    return readable;
  }

  /** The first of some fonts that has every letter. */
  static Typeface face(String text, Typeface... faces) {
    for (Typeface face : faces) {
      if (face.missing(text).isEmpty()) {
        return face;
      }
    }
    faces[faces.length - 1].require(text);
    return faces[faces.length - 1];
  }

  /** Capitals; Greek ones go without the accent of stress. */
  static String upper(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("(?<=\\p{IsGreek})[\u0300\u0301\u0313\u0314\u0342]", "");
    return Normalizer.normalize(plain, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
  }

  /** The first letters of the first two words, or the first letter. */
  final String initials() {
    StringBuilder initials = new StringBuilder();
    for (String word : plan.text().split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty() && initials.codePointCount(0, initials.length()) < 2) {
        initials.appendCodePoint(word.codePointAt(0));
      }
    }
    return upper(
        initials.isEmpty()
            ? plan.text().substring(0, plan.text().offsetByCodePoints(0, 1))
            : initials.toString());
  }

  /** An icon's lines in a box. */
  static Outline lines(Icon icon, double centreX, double centreY, double size) {
    Outline lines = icon.lines();
    Outline.Box own = lines.bounds();
    double factor = size / Math.max(own.width(), own.height());
    return lines.transform(
        factor, 0, 0, factor, centreX - factor * own.centreX(), centreY - factor * own.centreY());
  }

  /** Letters whose seen middle is at a point and that fill a box. */
  static Outline letters(
      Typeface face, String text, double centreX, double centreY, double width, double height) {
    Outline.Box box = new Outline.Box(centreX - width / 2, centreY - height / 2, width, height);
    return TextLayout.of(face, 100).line(text).fitInto(box);
  }

  /** The icon or the initials in a square, drawn with one colour. */
  final void emblem(
      Canvas canvas, double x, double y, double size, double pen, int ink, Typeface face) {
    Icon shown = icon.orElse(Icon.MONOGRAM);
    if (shown == Icon.MONOGRAM) {
      String initials = initials();
      Typeface readable = face(initials, face, Typeface.INTER_BOLD);
      canvas.fill(letters(readable, initials, x, y, size, size * 0.72), Paint.of(ink));
    } else {
      canvas.stroke(lines(shown, x, y, size), Pen.round(pen), Paint.of(ink));
    }
  }
}
