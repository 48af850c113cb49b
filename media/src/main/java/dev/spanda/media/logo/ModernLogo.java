package dev.spanda.media.logo;

import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Canvas.Pen;
import dev.spanda.media.canvas.Outline;
import dev.spanda.media.canvas.Outline.Box;
import dev.spanda.media.canvas.Paint;
import dev.spanda.media.canvas.TextLayout;
import dev.spanda.media.canvas.TextLayout.Align;
import dev.spanda.media.canvas.Typeface;
import java.util.List;
import java.util.Optional;

/** Strong letters beside or under a bright mark. */
final class ModernLogo extends Drawing {

  /** First and second colour of the mark, and the letters. */
  private static final int[][] PALETTES = {
    {0xFF5B3DF5, 0xFF00B8D9, 0xFF17142E},
    {0xFFF2385A, 0xFFFF9F1C, 0xFF241B2F},
    {0xFF00916E, 0xFF8BD450, 0xFF0C2B24},
    {0xFF0B5FFF, 0xFF00C2FF, 0xFF0B1A38},
    {0xFF7B2FF7, 0xFFF72585, 0xFF1D1033},
  };

  private final int first;
  private final int second;
  private final int third;
  private final int ink;
  private final int ground;

  ModernLogo(LogoPlan plan) {
    super(plan);
    int[] palette = PALETTES[choose(1, PALETTES.length)];
    List<Integer> inks = inks();
    ground = ground(0xFFFFFFFF);
    first = readable(inks.isEmpty() ? palette[0] : inks.get(0), ground, MARK_CONTRAST);
    second =
        inks.size() > 1
            ? inks.get(1)
            : inks.isEmpty() ? palette[1] : Paint.mix(first, 0xFFFFFFFF, 0.35);
    third = inks.size() > 2 ? inks.get(2) : Paint.mix(first, second, 0.5);
    ink = letters(inks.isEmpty() ? palette[2] : Paint.mix(first, 0xFF101018, 0.72), ground);
  }

  @Override
  Logo draw() {
    boolean beside = variation(4) % 2 == 1 && plan.text().length() <= 28;
    Canvas canvas = beside ? Canvas.of(1600, 640) : Canvas.of(1000, 1000);
    if (!plan.transparent()) {
      canvas.background(Paint.of(ground));
    }
    if (beside) {
      beside(canvas);
    } else {
      stacked(canvas);
    }
    return finish(canvas, shown());
  }

  private Optional<Icon> shown() {
    return icon.or(() -> geometric() ? Optional.empty() : Optional.of(Icon.MONOGRAM));
  }

  /** Whether the mark is pure geometry: no word names an icon, and the seed says so. */
  private boolean geometric() {
    return icon.isEmpty() && variation(4) >= 2;
  }

  private TextLayout words(boolean beside) {
    Typeface face = face(plan.text(), Typeface.INTER_BOLD);
    return TextLayout.of(face, 1)
        .withTracking(-0.025)
        .withLeading(1.06)
        .withAlign(beside ? Align.LEFT : Align.CENTRE);
  }

  private TextLayout.Block tagline(double width, boolean beside) {
    String line = upper(plan.tagline().orElse(""));
    return TextLayout.of(face(line, Typeface.OSWALD, Typeface.INTER_BOLD), 1)
        .withTracking(0.16)
        .withAlign(beside ? Align.LEFT : Align.CENTRE)
        .fit(line, width, 60, 1, 40);
  }

  private void stacked(Canvas canvas) {
    double markSize = 400;
    TextLayout.Block name = words(false).fit(plan.text(), 840, 230, 2, 150);
    Box nameBox = name.outline().bounds();
    double gap = 76;
    double total = markSize + gap + nameBox.height();
    Optional<TextLayout.Block> below =
        plan.tagline().map(line -> tagline(Math.max(520, nameBox.width()), false));
    double belowGap = 46;
    if (below.isPresent()) {
      total += belowGap + below.get().outline().bounds().height();
    }
    double y = (1000 - total) / 2;
    mark(canvas, 500, y + markSize / 2, markSize);
    y += markSize + gap;
    name(canvas, name, name.centredIn(new Box(0, y, 1000, nameBox.height())));
    y += nameBox.height() + belowGap;
    if (below.isPresent()) {
      canvas.fill(
          below.get().centredIn(new Box(0, y, 1000, below.get().outline().bounds().height())),
          Paint.of(letters(first, ground)));
    }
  }

  private void beside(Canvas canvas) {
    double markSize = 340;
    TextLayout.Block name = words(true).fit(plan.text(), 1000, 240, 2, 170);
    Box nameBox = name.outline().bounds();
    Optional<TextLayout.Block> below =
        plan.tagline().map(line -> tagline(Math.max(460, nameBox.width()), true));
    double gap = 84;
    double belowGap = 44;
    double wordsWidth =
        Math.max(nameBox.width(), below.map(block -> block.outline().bounds().width()).orElse(0.0));
    double wordsHeight =
        nameBox.height()
            + below.map(block -> belowGap + block.outline().bounds().height()).orElse(0.0);
    double x = (1600 - markSize - gap - wordsWidth) / 2;
    mark(canvas, x + markSize / 2, 320, markSize);
    x += markSize + gap;
    double y = 320 - wordsHeight / 2;
    name(canvas, name, name.outline().translate(x - nameBox.x(), y - nameBox.y()));
    if (below.isPresent()) {
      Outline line = below.get().outline();
      Box box = line.bounds();
      canvas.fill(
          line.translate(x - box.x(), y + wordsHeight - box.height() - box.y()),
          Paint.of(letters(first, ground)));
    }
  }

  /** The name, its second word in colour where it has two on one line. */
  private void name(Canvas canvas, TextLayout.Block block, Outline placed) {
    String[] words = plan.text().split(" ");
    if (block.lines().size() != 1 || words.length != 2 || choose(3, 2) == 0) {
      canvas.fill(placed, Paint.of(ink));
      return;
    }
    TextLayout layout = words(false).withSize(block.size()).withAlign(Align.LEFT);
    Box own = layout.line(plan.text()).bounds();
    Box there = placed.bounds();
    double x = there.x() - own.x();
    double y = there.y() - own.y();
    canvas.fill(layout.line(words[0]).translate(x, y), Paint.of(ink));
    double step = layout.width(plan.text()) - layout.width(words[1]);
    canvas.fill(layout.line(words[1]).translate(x + step, y), Paint.of(letters(first, ground)));
  }

  private Paint gradient(double x, double y, double size) {
    double half = size / 2;
    return new Paint.Linear(x - half, y - half, x + half, y + half, first, second);
  }

  private void mark(Canvas canvas, double x, double y, double size) {
    if (geometric()) {
      switch (choose(4, 4)) {
        case 0 -> tiles(canvas, x, y, size);
        case 1 -> circles(canvas, x, y, size);
        case 2 -> arcs(canvas, x, y, size);
        default -> petals(canvas, x, y, size);
      }
      return;
    }
    // What stands in the middle is read against the lighter end of the gradient.
    double half = size / 2;
    Outline shape =
        switch (choose(5, 3)) {
          case 0 -> Outline.rounded(new Box(x - half, y - half, size, size), size * 0.26);
          case 1 -> Outline.circle(x, y, half);
          default -> Outline.regular(x, y, half * 0.96, 6, Math.PI / 6);
        };
    canvas.fill(shape, gradient(x, y, size));
    if (choose(5, 3) == 2) {
      canvas.stroke(shape, Pen.round(size * 0.1), gradient(x, y, size));
    }
    int light = 0xFFFFFFFF;
    int middle = Paint.mix(first, second, 0.5);
    int shown =
        Paint.contrast(light, middle) >= 2.2 ? light : readable(first, middle, MARK_CONTRAST);
    if (icon.orElse(Icon.MONOGRAM) == Icon.MONOGRAM) {
      emblem(canvas, x, y, size * 0.5, 0, shown, Typeface.INTER_BOLD);
    } else {
      emblem(canvas, x, y, size * 0.52, size * 0.045, shown, Typeface.INTER_BOLD);
    }
  }

  /** Four tiles, each a quarter circle turned by the seed. */
  private void tiles(Canvas canvas, double x, double y, double size) {
    double gap = size * 0.025;
    double tile = (size - gap) / 2;
    int[] colours = {first, second, third, first};
    for (int at = 0; at < 4; at++) {
      double left = x - size / 2 + (at % 2) * (tile + gap);
      double top = y - size / 2 + (at / 2) * (tile + gap);
      double middleX = left + tile / 2;
      double middleY = top + tile / 2;
      Outline leaf =
          Outline.builder()
              .moveTo(left, top + tile)
              .lineTo(left, top)
              .curveTo(
                  left + tile * 0.5523,
                  top,
                  left + tile,
                  top + tile * 0.4477,
                  left + tile,
                  top + tile)
              .close()
              .build();
      int turn = (at + choose(6 + at, 2) * 2) % 4;
      canvas.fill(
          at == choose(11, 4) && turn % 2 == 0
              ? Outline.circle(middleX, middleY, tile / 2)
              : leaf.rotate(turn * Math.PI / 2, middleX, middleY),
          Paint.of(colours[at]));
    }
  }

  /** Three discs that shine through one another. */
  private void circles(Canvas canvas, double x, double y, double size) {
    double radius = size * 0.29;
    double away = size * 0.205;
    int[] colours = {first, second, third};
    for (int at = 0; at < 3; at++) {
      double angle = -Math.PI / 2 + at * 2 * Math.PI / 3;
      canvas.fill(
          Outline.circle(
              x + away * StrictMath.cos(angle),
              y + size * 0.04 + away * StrictMath.sin(angle),
              radius),
          Paint.of(Paint.fade(colours[at], 0.82)));
    }
  }

  /** Rings within rings, each open to another side. */
  private void arcs(Canvas canvas, double x, double y, double size) {
    double pen = size * 0.105;
    int[] colours = {first, third, second};
    for (int at = 0; at < 3; at++) {
      double radius = size / 2 - pen / 2 - at * pen * 1.52;
      double from = Math.PI * (0.5 * choose(12, 4) + 0.5 * at);
      canvas.stroke(
          Outline.arc(x, y, radius, from, from + Math.PI * 1.5),
          Pen.round(pen),
          Paint.of(colours[at]));
    }
    canvas.fill(Outline.circle(x, y, pen * 0.62), Paint.of(first));
  }

  /** Leaves around a middle. */
  private void petals(Canvas canvas, double x, double y, double size) {
    int count = 5 + choose(13, 4);
    double half = size / 2;
    double wide = size * (0.95 / count + 0.02);
    Outline petal =
        Outline.builder()
            .moveTo(x, y - size * 0.07)
            .curveTo(x + wide, y - half * 0.45, x + wide, y - half * 0.8, x, y - half)
            .curveTo(x - wide, y - half * 0.8, x - wide, y - half * 0.45, x, y - size * 0.07)
            .close()
            .build();
    for (int at = 0; at < count; at++) {
      canvas.fill(
          petal.rotate(2 * Math.PI * at / count, x, y),
          Paint.of(Paint.fade(Paint.mix(first, second, at / (count - 1.0)), 0.92)));
    }
  }
}
