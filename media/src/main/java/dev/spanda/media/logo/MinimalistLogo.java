package dev.spanda.media.logo;

import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Canvas.Pen;
import dev.spanda.media.canvas.Outline;
import dev.spanda.media.canvas.Outline.Box;
import dev.spanda.media.canvas.Paint;
import dev.spanda.media.canvas.TextLayout;
import dev.spanda.media.canvas.Typeface;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Thin letters, thin lines, much room. */
final class MinimalistLogo extends Drawing {

  /** Ink, accent, ground. */
  private static final int[][] PALETTES = {
    {0xFF1A1A1A, 0xFFA07C48, 0xFFFFFFFF},
    {0xFF22302B, 0xFF5F8A74, 0xFFFAFAF7},
    {0xFF2B2B33, 0xFFC0603A, 0xFFFBF9F6},
    {0xFF14213D, 0xFF6F7F9E, 0xFFFFFFFF},
  };

  private final int ink;
  private final int accent;
  private final int ground;
  private final Typeface face;

  MinimalistLogo(LogoPlan plan) {
    super(plan);
    int[] palette = PALETTES[choose(1, PALETTES.length)];
    List<Integer> inks = inks();
    ground = ground(palette[2]);
    ink = letters(inks.isEmpty() ? palette[0] : inks.get(0), ground);
    accent =
        readable(
            inks.size() > 1 ? inks.get(1) : inks.isEmpty() ? palette[1] : ink,
            ground,
            MARK_CONTRAST);
    face = face(plan.text(), Typeface.INTER_LIGHT);
  }

  @Override
  Logo draw() {
    int variation = variation(4);
    Canvas canvas = variation == 2 ? Canvas.of(1400, 700) : Canvas.of(1000, 1000);
    if (!plan.transparent()) {
      canvas.background(Paint.of(ground));
    }
    switch (variation) {
      case 0 -> tall(canvas);
      case 1 -> ruled(canvas);
      case 2 -> dotted(canvas);
      default -> framed(canvas);
    }
    boolean none = variation == 2 && plan.icon().isEmpty();
    return finish(canvas, none ? Optional.empty() : Optional.of(icon.orElse(Icon.MONOGRAM)));
  }

  private TextLayout.Block spaced(double width, double height, double largest) {
    return TextLayout.of(face, 1)
        .withTracking(0.22)
        .withLeading(1.5)
        .fit(upper(plan.text()), width, height, 2, largest);
  }

  private Optional<TextLayout.Block> tagline(double width) {
    return plan.tagline()
        .map(
            line ->
                TextLayout.of(face(line, Typeface.INTER_LIGHT), 1)
                    .withTracking(0.08)
                    .withLeading(1.5)
                    .fit(line, width, 80, 2, 34));
  }

  /** The icon, or the initials in a thin circle. */
  private void sign(Canvas canvas, double x, double y, double size, double pen) {
    if (icon.orElse(Icon.MONOGRAM) == Icon.MONOGRAM) {
      canvas.stroke(Outline.circle(x, y, size / 2), Pen.sharp(pen), Paint.of(accent));
      String initials = initials();
      canvas.fill(
          letters(face(initials, Typeface.INTER_LIGHT), initials, x, y, size * 0.46, size * 0.28),
          Paint.of(ink));
    } else {
      emblem(canvas, x, y, size, pen, accent, Typeface.INTER_LIGHT);
    }
  }

  /** Sign, name, short hairline, tagline, one under the other. */
  private void tall(Canvas canvas) {
    TextLayout.Block name = spaced(800, 170, 82);
    Box box = name.outline().bounds();
    Optional<TextLayout.Block> below = tagline(620);
    double size = 230;
    double total = size + 104 + box.height();
    if (below.isPresent()) {
      total += 112 + below.get().outline().bounds().height();
    }
    double y = (1000 - total) / 2;
    sign(canvas, 500, y + size / 2, size, 4.5);
    y += size + 104;
    canvas.fill(name.centredIn(new Box(0, y, 1000, box.height())), Paint.of(ink));
    y += box.height() + 56;
    if (below.isPresent()) {
      canvas.stroke(Outline.line(464, y, 536, y), Pen.sharp(2.5), Paint.of(accent));
      y += 56;
      Box line = below.get().outline().bounds();
      canvas.fill(
          below.get().centredIn(new Box(0, y, 1000, line.height())),
          Paint.of(letters(Paint.mix(ink, ground, 0.2), ground)));
    }
  }

  /** The name between two hairlines, the sign small above. */
  private void ruled(Canvas canvas) {
    TextLayout.Block name = spaced(760, 190, 96);
    Box box = name.outline().bounds();
    Optional<TextLayout.Block> below = tagline(620);
    double size = 130;
    double room = 62;
    double total = size + 70 + box.height() + 2 * room;
    if (below.isPresent()) {
      total += 60 + below.get().outline().bounds().height();
    }
    double y = (1000 - total) / 2;
    sign(canvas, 500, y + size / 2, size, 3.5);
    y += size + 70;
    double half = Math.max(240, box.width() / 2 + 30);
    canvas.stroke(Outline.line(500 - half, y, 500 + half, y), Pen.sharp(2), Paint.of(ink));
    canvas.fill(name.centredIn(new Box(0, y + room, 1000, box.height())), Paint.of(ink));
    y += box.height() + 2 * room;
    canvas.stroke(Outline.line(500 - half, y, 500 + half, y), Pen.sharp(2), Paint.of(ink));
    if (below.isPresent()) {
      Box line = below.get().outline().bounds();
      canvas.fill(
          below.get().centredIn(new Box(0, y + 60, 1000, line.height())),
          Paint.of(letters(Paint.mix(ink, ground, 0.2), ground)));
    }
  }

  /** Small letters and a dot of colour at their end. */
  private void dotted(Canvas canvas) {
    String text = plan.text().toLowerCase(Locale.ROOT);
    TextLayout.Block name =
        TextLayout.of(face, 1)
            .withTracking(-0.01)
            .withLeading(1.15)
            .withAlign(TextLayout.Align.LEFT)
            .fit(text, 1060, 300, 2, 210);
    Box box = name.outline().bounds();
    Optional<TextLayout.Block> below = tagline(900);
    double total = box.height();
    if (below.isPresent()) {
      total += 60 + below.get().outline().bounds().height();
    }
    double dot = name.size() * 0.075;
    TextLayout line =
        TextLayout.of(face, name.size()).withTracking(-0.01).withAlign(TextLayout.Align.LEFT);
    int last = name.lines().size() - 1;
    double end = line.line(name.lines().get(last)).bounds().right();
    double width = Math.max(box.right(), end + dot * 3) - box.x();
    double sign = plan.icon().isPresent() ? 150 : 0;
    double signGap = plan.icon().isPresent() ? 64 : 0;
    double x = (1400 - width - sign - signGap) / 2;
    double y = (700 - total) / 2;
    if (plan.icon().isPresent()) {
      sign(canvas, x + sign / 2, y + box.height() / 2, sign, 4);
      x += sign + signGap;
    }
    canvas.fill(name.outline().translate(x - box.x(), y - box.y()), Paint.of(ink));
    double baseline = y - box.y() + last * 1.15 * name.size();
    canvas.fill(Outline.circle(x - box.x() + end + dot * 2, baseline - dot, dot), Paint.of(accent));
    if (below.isPresent()) {
      Outline words = below.get().outline();
      Box own = words.bounds();
      canvas.fill(
          words.translate(x - own.x(), y + total - own.height() - own.y()),
          Paint.of(letters(Paint.mix(ink, ground, 0.2), ground)));
    }
  }

  /** A thin square that the sign interrupts. */
  private void framed(Canvas canvas) {
    double left = 150;
    double right = 850;
    double gap = 112;
    canvas.stroke(
        Outline.builder()
            .moveTo(500 - gap, left)
            .lineTo(left, left)
            .lineTo(left, right)
            .lineTo(right, right)
            .lineTo(right, left)
            .lineTo(500 + gap, left)
            .build(),
        Pen.sharp(3),
        Paint.of(ink));
    sign(canvas, 500, left, 140, 3.5);
    TextLayout.Block name = spaced(560, 240, 86);
    Box box = name.outline().bounds();
    Optional<TextLayout.Block> below = tagline(520);
    double total =
        box.height() + below.map(block -> 64 + block.outline().bounds().height()).orElse(0.0);
    double y = 512 - total / 2;
    canvas.fill(name.centredIn(new Box(0, y, 1000, box.height())), Paint.of(ink));
    if (below.isPresent()) {
      Box line = below.get().outline().bounds();
      canvas.fill(
          below.get().centredIn(new Box(0, y + total - line.height(), 1000, line.height())),
          Paint.of(letters(Paint.mix(ink, ground, 0.2), ground)));
    }
  }
}
