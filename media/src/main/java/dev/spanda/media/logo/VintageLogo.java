package dev.spanda.media.logo;

import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Canvas.Pen;
import dev.spanda.media.canvas.Outline;
import dev.spanda.media.canvas.Outline.Box;
import dev.spanda.media.canvas.Paint;
import dev.spanda.media.canvas.TextLayout;
import dev.spanda.media.canvas.Typeface;
import java.util.List;
import java.util.Optional;

/** Seals, banners and labels of paper and ink. */
final class VintageLogo extends Drawing {

  /** Ink, accent, paper. */
  private static final int[][] PALETTES = {
    {0xFF3B2A20, 0xFFA8502A, 0xFFF5EBD7},
    {0xFF1E3A33, 0xFFB07A2E, 0xFFF4EEDF},
    {0xFF22314A, 0xFFB3442C, 0xFFF3EAD9},
    {0xFF571D26, 0xFFA97B32, 0xFFF7EDDD},
  };

  /** The band between the rings in which letters run. */
  private static final double OUTER = 414;

  private static final double INNER = 268;

  private final int ink;
  private final int accent;
  private final int paper;

  VintageLogo(LogoPlan plan) {
    super(plan);
    int[] palette = PALETTES[choose(1, PALETTES.length)];
    List<Integer> inks = inks();
    paper = ground(palette[2]);
    ink = letters(inks.isEmpty() ? palette[0] : inks.get(0), paper);
    accent =
        readable(
            inks.size() > 1 ? inks.get(1) : inks.isEmpty() ? palette[1] : ink,
            paper,
            MARK_CONTRAST);
  }

  @Override
  Logo draw() {
    int variation = variation(4);
    Canvas canvas = variation == 3 ? Canvas.of(1200, 860) : Canvas.of(1000, 1000);
    if (!plan.transparent()) {
      canvas.background(Paint.of(paper));
    }
    switch (variation) {
      case 0 -> seal(canvas, true);
      case 1 -> banner(canvas);
      case 2 -> seal(canvas, false);
      default -> label(canvas);
    }
    return finish(canvas, Optional.of(icon.orElse(Icon.MONOGRAM)));
  }

  /** A rim of waves around a disc. */
  private static Outline scallops(double radius, double depth, int count) {
    Outline.Builder builder = Outline.builder();
    int steps = count * 16;
    for (int step = 0; step < steps; step++) {
      double angle = 2 * Math.PI * step / steps;
      double at = radius + depth * StrictMath.cos(angle * count);
      double x = 500 + at * StrictMath.cos(angle);
      double y = 500 + at * StrictMath.sin(angle);
      if (step == 0) {
        builder.moveTo(x, y);
      } else {
        builder.lineTo(x, y);
      }
    }
    return builder.close().build();
  }

  private void ring(Canvas canvas, double radius, double width, int colour) {
    canvas.stroke(Outline.circle(500, 500, radius), Pen.sharp(width), Paint.of(colour));
  }

  /** Letters on a ring around an emblem, dark on paper or light on a dark disc. */
  private void seal(Canvas canvas, boolean filled) {
    int front = filled ? paper : ink;
    int back = filled ? ink : paper;
    if (filled) {
      canvas.fill(scallops(462, 9, 44), Paint.of(ink));
      ring(canvas, 434, 4, front);
      ring(canvas, 422, 1.8, front);
    } else {
      if (plan.transparent()) {
        canvas.fill(Outline.circle(500, 500, 458), Paint.of(paper));
      }
      ring(canvas, 452, 13, ink);
      ring(canvas, 430, 3, ink);
    }
    ring(canvas, INNER, 3, front);
    int gold = readable(accent, back, MARK_CONTRAST);
    if (filled) {
      emblem(canvas, 500, 500, 250, 10, gold, Typeface.PLAYFAIR_BOLD);
      ring(canvas, INNER - 14, 1.5, front);
    } else {
      canvas.fill(Outline.circle(500, 500, INNER - 16), Paint.of(ink));
      emblem(canvas, 500, 500, 240, 10, paper, Typeface.PLAYFAIR_BOLD);
    }
    String top = upper(plan.text());
    String bottom = upper(plan.tagline().orElse(""));
    if (bottom.isEmpty() && top.length() > 24 && top.contains(" ")) {
      List<String> halves =
          TextLayout.of(face(top, Typeface.OSWALD, Typeface.INTER_BOLD), 1)
              .withLeading(5)
              .fit(top, 1, 1e6, 2, 1e6)
              .lines();
      top = halves.get(0);
      bottom = halves.size() > 1 ? halves.get(1) : "";
    }
    int letters = letters(front, back);
    double topReach =
        onBand(canvas, top, plan.tagline().isPresent() ? 3.3 : 3.6, 96, true, letters);
    double bottomReach =
        bottom.isEmpty()
            ? 0
            : onBand(
                canvas,
                bottom,
                Math.max(1.2, 5.5 - topReach),
                plan.tagline().isPresent() ? 58 : 96,
                false,
                letters);
    ornaments(canvas, topReach, bottomReach, gold);
  }

  /**
   * Letters in the band.
   *
   * @param widest the arc that they may take, in radians
   * @return the arc that they take
   */
  private double onBand(
      Canvas canvas, String words, double widest, double largest, boolean top, int colour) {
    Typeface face =
        top
            ? face(words, Typeface.PLAYFAIR_BOLD, Typeface.INTER_BOLD)
            : face(words, Typeface.OSWALD, Typeface.INTER_BOLD);
    double middle = (OUTER + INNER) / 2;
    TextLayout unit = TextLayout.of(face, 1).withTracking(top ? 0.07 : 0.14);
    double size = Math.min(largest, widest * middle / unit.width(words));
    double capital = face.capitalHeight() * size;
    double radius = top ? middle - capital / 2 : middle + capital / 2;
    canvas.fill(
        unit.withSize(size).arc(words, 500, 500, radius, top ? -Math.PI / 2 : Math.PI / 2, !top),
        Paint.of(colour));
    return unit.width(words) * size / radius;
  }

  /** Stars in what the letters leave of the band. */
  private static void ornaments(Canvas canvas, double top, double bottom, int colour) {
    double middle = (OUTER + INNER) / 2;
    double free = 2 * Math.PI - top - bottom;
    if (bottom > 0) {
      // One star on each side, in the middle between the ends of the two lines.
      double angle = (top / 2 - Math.PI / 2 + Math.PI / 2 - bottom / 2) / 2;
      for (double at : new double[] {angle, Math.PI - angle}) {
        canvas.fill(star(at, middle, free > 0.5 ? 24 : 14), Paint.of(colour));
      }
      return;
    }
    int count = (int) Math.max(3, Math.min(7, Math.floor(free / 0.36)));
    count -= 1 - count % 2;
    for (int at = 0; at < count; at++) {
      double angle = Math.PI / 2 + (at - (count - 1) / 2.0) * 0.24;
      canvas.fill(
          star(angle, middle, at == count / 2 ? 30 : at % 2 == count / 2 % 2 ? 21 : 10),
          Paint.of(colour));
    }
  }

  private static Outline star(double angle, double radius, double size) {
    double x = 500 + radius * StrictMath.cos(angle);
    double y = 500 + radius * StrictMath.sin(angle);
    return Outline.star(x, y, size, size * 0.42, 5)
        .rotate(angle - (StrictMath.sin(angle) >= 0 ? Math.PI / 2 : -Math.PI / 2), x, y);
  }

  /** A ribbon with the name across a ring, the emblem over it. */
  private void banner(Canvas canvas) {
    if (plan.transparent()) {
      canvas.fill(Outline.circle(500, 500, 430), Paint.of(paper));
    }
    ring(canvas, 420, 12, ink);
    ring(canvas, 400, 3, ink);
    ring(canvas, 388, 1.5, ink);
    emblem(canvas, 500, 290, 212, 9, accent, Typeface.PLAYFAIR_BOLD);
    double high = 172;
    double top = 500 - high / 2 + 24;
    int shade = Paint.mix(ink, 0xFF000000, 0.35);
    for (double side : new double[] {-1, 1}) {
      // The tails lie behind and a little lower.
      double inner = 500 + side * 347;
      double outer = 500 + side * 465;
      canvas.fill(
          Outline.polygon(
              inner,
              top + 34,
              outer,
              top + 34,
              500 + side * 430,
              top + 34 + high / 2,
              outer,
              top + 34 + high,
              inner,
              top + 34 + high),
          Paint.of(Paint.mix(ink, paper, 0.22)));
      canvas.fill(
          Outline.polygon(inner, top + high, 500 + side * 405, top + high, inner, top + high + 34),
          Paint.of(shade));
    }
    canvas.fill(Outline.rectangle(95, top, 810, high), Paint.of(ink));
    for (double line : new double[] {top + 13, top + high - 13}) {
      canvas.stroke(Outline.line(109, line, 891, line), Pen.sharp(2), Paint.of(paper));
    }
    TextLayout.Block name =
        TextLayout.of(face(plan.text(), Typeface.PLAYFAIR_BOLD, Typeface.INTER_BOLD), 1)
            .withTracking(0.03)
            .withLeading(1.02)
            .fit(plan.text(), 730, 116, 2, 112);
    canvas.fill(name.centredIn(new Box(84, top, 832, high)), Paint.of(letters(paper, ink)));
    double y = top + high + 74;
    if (plan.tagline().isPresent()) {
      String line = upper(plan.tagline().get());
      TextLayout.Block below =
          TextLayout.of(face(line, Typeface.OSWALD, Typeface.INTER_BOLD), 1)
              .withTracking(0.12)
              .withLeading(1.35)
              .fit(line, 480, 96, 2, 46);
      Box box = below.outline().bounds();
      canvas.fill(
          below.centredIn(new Box(0, y - 8, 1000, box.height())), Paint.of(letters(ink, paper)));
      y += box.height() + 44;
    } else {
      y += 26;
    }
    for (int at = -1; at <= 1; at++) {
      double size = at == 0 ? 24 : 15;
      canvas.fill(Outline.star(500 + at * 62.0, y, size, size * 0.42, 5), Paint.of(accent));
    }
  }

  /** A label with a double frame whose corners are cut in. */
  private void label(Canvas canvas) {
    if (plan.transparent()) {
      canvas.fill(frame(40, 70), Paint.of(paper));
    }
    canvas.stroke(frame(46, 70), Pen.sharp(9), Paint.of(ink));
    canvas.stroke(frame(66, 66), Pen.sharp(2.5), Paint.of(ink));
    double y = 128;
    emblem(canvas, 600, y + 92, 184, 8, accent, Typeface.PLAYFAIR_BOLD);
    for (double side : new double[] {-1, 1}) {
      rule(canvas, 600 + side * 140, 600 + side * 400, y + 92);
    }
    y += 184 + 52;
    double below = plan.tagline().isPresent() ? 690 : 716;
    TextLayout.Block name =
        TextLayout.of(face(plan.text(), Typeface.PLAYFAIR_BOLD, Typeface.INTER_BOLD), 1)
            .withTracking(0.01)
            .withLeading(1.1)
            .fit(plan.text(), 960, below - y - 66, 2, 190);
    canvas.fill(name.centredIn(new Box(0, y, 1200, below - y - 56)), Paint.of(ink));
    if (plan.tagline().isPresent()) {
      String line = upper(plan.tagline().get());
      TextLayout.Block words =
          TextLayout.of(face(line, Typeface.OSWALD, Typeface.INTER_BOLD), 1)
              .withTracking(0.2)
              .fit(line, 640, 60, 1, 40);
      Outline placed = words.centredIn(new Box(0, below - 14, 1200, 60));
      Box box = placed.bounds();
      canvas.fill(placed, Paint.of(letters(accent, paper)));
      if (box.x() - 40 > 200) {
        rule(canvas, box.x() - 36, Math.max(180, box.x() - 220), box.centreY());
        rule(canvas, box.right() + 36, Math.min(1020, box.right() + 220), box.centreY());
      }
    } else {
      rule(canvas, 560, 330, 724);
      rule(canvas, 640, 870, 724);
      canvas.fill(Outline.star(600, 724, 22, 9, 5), Paint.of(accent));
    }
  }

  /** A rule that begins with a diamond. */
  private void rule(Canvas canvas, double from, double to, double y) {
    canvas.fill(Outline.polygon(from - 9, y, from, y - 9, from + 9, y, from, y + 9), Paint.of(ink));
    double gap = from < to ? 16 : -16;
    canvas.stroke(Outline.line(from + gap, y - 3, to, y - 3), Pen.sharp(2), Paint.of(ink));
    canvas.stroke(Outline.line(from + gap, y + 3, to, y + 3), Pen.sharp(2), Paint.of(ink));
  }

  private static Outline frame(double inset, double cut) {
    double right = 1200 - inset;
    double bottom = 860 - inset;
    double k = cut * 0.5523;
    return Outline.builder()
        .moveTo(inset + cut, inset)
        .lineTo(right - cut, inset)
        .curveTo(right - cut, inset + k, right - k, inset + cut, right, inset + cut)
        .lineTo(right, bottom - cut)
        .curveTo(right - k, bottom - cut, right - cut, bottom - k, right - cut, bottom)
        .lineTo(inset + cut, bottom)
        .curveTo(inset + cut, bottom - k, inset + k, bottom - cut, inset, bottom - cut)
        .lineTo(inset, inset + cut)
        .curveTo(inset + k, inset + cut, inset + cut, inset + k, inset + cut, inset)
        .close()
        .build();
  }
}
