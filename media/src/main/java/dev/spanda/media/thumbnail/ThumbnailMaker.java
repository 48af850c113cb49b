package dev.spanda.media.thumbnail;

import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Canvas.Pen;
import dev.spanda.media.canvas.Outline;
import dev.spanda.media.canvas.Outline.Box;
import dev.spanda.media.canvas.Paint;
import dev.spanda.media.canvas.Resizer;
import dev.spanda.media.canvas.TextLayout;
import dev.spanda.media.canvas.TextLayout.Align;
import dev.spanda.media.canvas.Typeface;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Draws thumbnails. Thread-safe. */
public final class ThumbnailMaker {

  /** The width in px. */
  public static final int WIDTH = 1280;

  /** The height in px. */
  public static final int HEIGHT = 720;

  private ThumbnailMaker() {}

  /**
   * The picture of a plan.
   *
   * @return a new image of {@link BufferedImage#TYPE_INT_ARGB}, {@value #WIDTH} by {@value #HEIGHT}
   *     px, opaque
   * @throws dev.spanda.core.Failure INVALID that names the characters for which there is no letter
   */
  public static BufferedImage draw(ThumbnailPlan plan) {
    Template template = plan.template();
    int first = Paint.colour(template.ground().first());
    int second = Paint.colour(template.ground().second());
    int accent = Paint.colour(template.accent());
    BufferedImage image = ground(plan, first, second, accent);
    int right = WIDTH - 60;
    if (plan.person().isPresent()) {
      right = Math.max(560, Cutout.draw(image, plan.person().get(), accent) - 16);
    }
    Canvas canvas = Canvas.of(WIDTH, HEIGHT);
    boolean beside = plan.person().isPresent();
    boolean panel = plan.picture().isEmpty() && template.scenery() == Template.Scenery.PANEL;
    Align align = panel ? Align.LEFT : Align.CENTRE;
    Box box;
    if (beside) {
      box = new Box(56, 70, right - 56.0, 580);
    } else if (plan.picture().isPresent()) {
      box = new Box(60, 320, 1160, 350);
    } else {
      box =
          switch (template.scenery()) {
            case SUNSET -> new Box(80, 60, 1120, 400);
            case PANEL -> new Box(90, 130, 720, 440);
            default -> new Box(70, 70, 1140, 580);
          };
    }
    boolean cornered = beside ? right > WIDTH - 360 : align == Align.CENTRE;
    if (plan.badge().isPresent() && plan.picture().isEmpty() && cornered) {
      box = new Box(box.x(), box.y() + 60, box.width(), box.height() - 60);
    }
    words(canvas, plan, box, align, accent);
    plan.badge().ifPresent(words -> badge(canvas, words, accent));
    canvas.paintOn(image);
    return image;
  }

  private static BufferedImage ground(ThumbnailPlan plan, int first, int second, int accent) {
    Canvas canvas = Canvas.of(WIDTH, HEIGHT);
    if (plan.picture().isPresent()) {
      BufferedImage image =
          Resizer.scale(
              plan.picture().get(), Resizer.Plan.of(WIDTH, HEIGHT).withMode(Resizer.Mode.FILL));
      if (plan.person().isPresent()) {
        // What is behind the person steps back.
        canvas.background(
            new Paint.Linear(0, 0, WIDTH, 0, Paint.fade(second, 0.86), Paint.fade(second, 0.5)));
      } else if (!plan.title().isEmpty() || plan.subtitle().isPresent()) {
        // The lower half grows dark, so that letters can be read on every picture.
        canvas.background(
            new Paint.Linear(0, 200, 0, HEIGHT, Paint.fade(second, 0), Paint.fade(second, 0.86)));
      }
      canvas.paintOn(image);
      return image;
    }
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    canvas.background(new Paint.Linear(0, 0, WIDTH, HEIGHT, first, second));
    switch (plan.template().scenery()) {
      case BLADES -> blades(canvas, first, accent);
      case SUNSET -> sunset(canvas, first, second, accent);
      case PANEL -> panel(canvas, accent, plan.person().isEmpty());
      case RAYS -> rays(canvas, first, second, accent);
      case GRADIENT -> gradient(canvas, first, accent);
      case SOLID -> {
        canvas.background(Paint.of(first));
        canvas.background(new Paint.Radial(640, 330, 860, 0x00000000, 0x59000000));
      }
    }
    canvas.paintOn(image);
    return image;
  }

  /** The picture as a PNG file. */
  public static byte[] png(ThumbnailPlan plan) {
    return Canvas.png(draw(plan));
  }

  /** The picture as a JPEG file of quality 0.9. */
  public static byte[] jpeg(ThumbnailPlan plan) {
    return Resizer.encode(
        draw(plan), Resizer.Plan.of(WIDTH, HEIGHT).withFormat(Resizer.Format.JPEG));
  }

  /** The picture as a lossless WebP file. */
  public static byte[] webp(ThumbnailPlan plan) {
    return Resizer.encode(
        draw(plan), Resizer.Plan.of(WIDTH, HEIGHT).withFormat(Resizer.Format.WEBP));
  }

  private static Typeface face(Typeface wanted, String text) {
    return wanted.missing(text.replace("\n", " ")).isEmpty() ? wanted : Typeface.INTER_BOLD;
  }

  /** Title and subtitle in a box, the subtitle on a strip of its own. */
  private static void words(Canvas canvas, ThumbnailPlan plan, Box box, Align align, int accent) {
    if (plan.subtitle().isEmpty()) {
      if (!plan.title().isEmpty()) {
        title(canvas, plan, box, align, accent);
      }
      return;
    }
    double strip = 78;
    Box lower = new Box(box.x(), box.bottom() - strip, box.width(), strip);
    if (!plan.title().isEmpty()) {
      Box upper = new Box(box.x(), box.y(), box.width(), box.height() - strip - 30);
      Box seen = title(canvas, plan, upper, align, accent);
      double gap = plan.template().stroke().widthPx() + (align == Align.LEFT ? 44 : 26);
      lower = new Box(box.x(), Math.min(lower.y(), seen.bottom() + gap), box.width(), strip);
    }
    subtitle(canvas, plan.subtitle().get(), plan.template(), lower, align, accent);
  }

  private static void subtitle(
      Canvas canvas, String words, Template template, Box box, Align align, int accent) {
    Typeface typeface =
        template.typeface() == Typeface.INTER_BOLD ? Typeface.INTER_BOLD : Typeface.OSWALD;
    TextLayout.Block block =
        TextLayout.of(face(typeface, words), 1)
            .withTracking(0.01)
            .fit(words, box.width() - 52, box.height() - 34, 1, 50);
    Box seen = block.outline().bounds();
    double width = seen.width() + 52;
    double x = align == Align.LEFT ? box.x() : box.centreX() - width / 2;
    Box strip = new Box(x, box.y(), width, box.height());
    double angle = -Math.toRadians(template.slantDeg());
    Outline plate =
        Outline.rounded(strip, template.slantDeg() == 0 ? 16 : 6)
            .rotate(angle, box.centreX(), box.centreY());
    canvas.shadow(plate.translate(0, 6), 9, 0x80000000);
    canvas.fill(plate, Paint.of(accent));
    canvas.fill(
        block.centredIn(strip).rotate(angle, box.centreX(), box.centreY()), Paint.of(ink(accent)));
  }

  /** From baseline to baseline in em; fonts whose capitals fill less of the em stand closer. */
  private static double leading(Template template) {
    return template.typeface() == Typeface.BEBAS ? 0.98 : 1.15;
  }

  /** Black or white, whichever is read better on a colour. */
  private static int ink(int ground) {
    return Paint.contrast(ground, 0xFF111111) >= 5 ? 0xFF111111 : 0xFFFFFFFF;
  }

  private static Box title(Canvas canvas, ThumbnailPlan plan, Box box, Align align, int accent) {
    Template template = plan.template();
    String words = template.capitals() ? plan.title().toUpperCase(Locale.ROOT) : plan.title();
    double margin = template.stroke().widthPx();
    double angle = -Math.toRadians(template.slantDeg());
    // A turned block needs more height; room is left for the line around the letters.
    double room = Math.abs(StrictMath.sin(angle)) * box.width() * 0.6;
    TextLayout.Block block =
        TextLayout.of(face(template.typeface(), words), 1)
            .withTracking(0.01)
            .withLeading(leading(template))
            .withAlign(align)
            .fit(
                words,
                box.width() - 2 * margin - room / 3,
                box.height() - 2 * margin - room,
                4,
                270);
    Outline letters = block.centredIn(box);
    if (align == Align.LEFT) {
      letters = letters.translate(box.x() - letters.bounds().x(), 0);
    }
    letters = letters.rotate(angle, box.centreX(), box.centreY());
    double size = block.size();
    Box seen = letters.bounds();
    double pen = Math.min(2 * margin, size * 0.28);
    canvas.shadow(letters.translate(size * 0.03, size * 0.06), size * 0.05, 0x99000000);
    if (pen > 0) {
      canvas.shadow(letters.translate(0, size * 0.02), size * 0.16, Paint.fade(accent, 0.55));
      canvas.stroke(letters, Pen.round(pen), Paint.of(Paint.colour(template.stroke().color())));
    }
    canvas.fill(
        letters,
        new Paint.Linear(
            0,
            seen.y(),
            0,
            seen.bottom(),
            Paint.colour(template.title().first()),
            Paint.colour(template.title().second())));
    if (align == Align.LEFT && plan.subtitle().isEmpty()) {
      canvas.fill(
          Outline.rounded(new Box(seen.x(), seen.bottom() + 36, 180, 14), 7), Paint.of(accent));
    }
    return seen;
  }

  private static void badge(Canvas canvas, String words, int accent) {
    TextLayout layout = TextLayout.of(face(Typeface.OSWALD, words), 48).withTracking(0.03);
    double width = layout.width(words) + 56;
    Box box = new Box(WIDTH - width - 36, 36, width, 84);
    canvas.shadow(Outline.rounded(box, 18).translate(0, 6), 8, 0x66000000);
    canvas.fill(Outline.rounded(box, 18), Paint.of(accent));
    canvas.fill(layout.block(words).centredIn(box), Paint.of(ink(accent)));
  }

  private static void blades(Canvas canvas, int first, int accent) {
    canvas.background(
        new Paint.Radial(
            WIDTH / 2.0, HEIGHT / 2.0, 760, Paint.fade(accent, 0.34), Paint.fade(first, 0)));
    double[] starts = {-160, 90, 260, 900, 1040, 1290};
    double[] widths = {150, 40, 14, 16, 52, 180};
    for (int at = 0; at < starts.length; at++) {
      double x = starts[at];
      double wide = widths[at];
      canvas.fill(
          Outline.polygon(x + 190, 0, x + 190 + wide, 0, x - 60 + wide, HEIGHT, x - 60, HEIGHT),
          new Paint.Linear(
              0,
              0,
              0,
              HEIGHT,
              Paint.fade(accent, at % 2 == 0 ? 0.5 : 0.2),
              Paint.fade(0xFFFF2E9A, at % 2 == 0 ? 0.22 : 0.55)));
    }
    for (int row = 0; row < 6; row++) {
      for (int column = 0; column < 10 - row; column++) {
        canvas.fill(
            Outline.circle(44 + column * 30, 690 - row * 30, 5.5 - row * 0.7),
            Paint.of(Paint.fade(accent, 0.55 - row * 0.07)));
        canvas.fill(
            Outline.circle(WIDTH - 44 - column * 30, 30 + row * 30, 5.5 - row * 0.7),
            Paint.of(Paint.fade(0xFFFF2E9A, 0.55 - row * 0.07)));
      }
    }
    canvas.stroke(
        Outline.polygon(26, 26, WIDTH - 26, 26, WIDTH - 26, HEIGHT - 26, 26, HEIGHT - 26),
        Pen.sharp(6),
        Paint.of(Paint.fade(accent, 0.85)));
  }

  private static void sunset(Canvas canvas, int first, int second, int accent) {
    canvas.background(new Paint.Linear(0, 0, 0, 620, second, first));
    canvas.fill(
        Outline.circle(640, 560, 420),
        new Paint.Radial(640, 560, 420, Paint.fade(accent, 0.75), Paint.fade(accent, 0)));
    canvas.fill(Outline.circle(640, 560, 150), Paint.of(accent));
    String[] hills = {
      "M0 560C160 480 300 500 440 556C620 620 760 520 900 500C1060 478 1180 520 1280 560V720H0Z",
      "M0 640C200 560 360 600 560 640C760 680 940 590 1280 620V720H0Z"
    };
    for (int at = 0; at < hills.length; at++) {
      canvas.fill(
          Outline.parse(hills[at]), Paint.of(Paint.mix(second, 0xFF2B0A2E, 0.35 + 0.4 * at)));
    }
    for (double[] bird : new double[][] {{930, 470, 1}, {1010, 440, 0.7}, {300, 480, 0.8}}) {
      canvas.stroke(
          Outline.parse("M-26 0Q-14 -16 0 0Q14 -16 26 0")
              .scale(bird[2])
              .translate(bird[0], bird[1]),
          Pen.round(5),
          Paint.of(0xFF4A1436));
    }
  }

  /** A light from above and slanted sheens, dots in two corners, dark edges. */
  private static void gradient(Canvas canvas, int first, int accent) {
    canvas.background(
        new Paint.Radial(
            330, 120, 760, Paint.fade(Paint.mix(first, 0xFFFFFFFF, 0.55), 0.55), 0x00FFFFFF));
    double[][] sheens = {{-80, 210}, {360, 90}, {760, 300}, {1180, 120}};
    for (double[] sheen : sheens) {
      canvas.fill(
          Outline.polygon(
              sheen[0] + 240,
              0,
              sheen[0] + 240 + sheen[1],
              0,
              sheen[0] + sheen[1] - 120,
              HEIGHT,
              sheen[0] - 120,
              HEIGHT),
          new Paint.Linear(0, 0, 0, HEIGHT, 0x1FFFFFFF, 0x05FFFFFF));
    }
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 9 - row; column++) {
        canvas.fill(
            Outline.circle(WIDTH - 40 - column * 28, 680 - row * 28, 5.2 - row * 0.8),
            Paint.of(Paint.fade(accent, 0.75 - row * 0.11)));
      }
    }
    canvas.background(new Paint.Radial(640, 330, 900, 0x00000000, 0x73000000));
    canvas.fill(Outline.rectangle(0, HEIGHT - 14, WIDTH, 14), Paint.of(accent));
  }

  private static void panel(Canvas canvas, int accent, boolean window) {
    for (int line = 0; line <= 32; line++) {
      canvas.stroke(
          Outline.line(line * 40.0, 0, line * 40.0, HEIGHT), Pen.sharp(1), Paint.of(0x12FFFFFF));
      canvas.stroke(
          Outline.line(0, line * 40.0, WIDTH, line * 40.0), Pen.sharp(1), Paint.of(0x12FFFFFF));
    }
    canvas.fill(Outline.rectangle(0, 0, 18, HEIGHT), Paint.of(accent));
    if (window) {
      window(canvas, accent);
    }
  }

  private static void window(Canvas canvas, int accent) {
    Box window = new Box(870, 170, 340, 380);
    canvas.shadow(Outline.rounded(window, 22).translate(0, 16), 22, 0x80000000);
    canvas.fill(Outline.rounded(window, 22), Paint.of(0xFFF6F9FC));
    canvas.fill(
        Outline.parse("M870 230V192Q870 170 892 170H1188Q1210 170 1210 192V230Z"),
        Paint.of(0xFFDCE5EF));
    int[] dots = {0xFFFF5F57, 0xFFFEBC2E, accent};
    for (int at = 0; at < 3; at++) {
      canvas.fill(Outline.circle(902 + at * 30.0, 200, 9), Paint.of(dots[at]));
    }
    double[] widths = {190, 240, 150, 210};
    for (int at = 0; at < widths.length; at++) {
      double y = 268 + at * 62.0;
      canvas.fill(Outline.circle(916, y + 14, 16), Paint.of(at < 3 ? accent : 0xFFC9D5E2));
      if (at < 3) {
        canvas.stroke(
            Outline.builder().moveTo(908, y + 14).lineTo(914, y + 20).lineTo(925, y + 8).build(),
            Pen.round(4),
            Paint.of(0xFFFFFFFF));
      }
      canvas.fill(Outline.rounded(new Box(948, y + 4, widths[at], 20), 10), Paint.of(0xFFC9D5E2));
    }
  }

  private static void rays(Canvas canvas, int first, int second, int accent) {
    canvas.background(new Paint.Radial(640, 360, 760, first, second));
    for (int ray = 0; ray < 18; ray++) {
      double angle = Math.PI * ray / 9;
      double half = Math.PI / 36;
      canvas.fill(
          Outline.polygon(
              640,
              360,
              640 + 900 * StrictMath.cos(angle - half),
              360 + 900 * StrictMath.sin(angle - half),
              640 + 900 * StrictMath.cos(angle + half),
              360 + 900 * StrictMath.sin(angle + half)),
          Paint.of(0x59FFFFFF));
    }
    double dot = 26;
    for (int row = 0; row < 6; row++) {
      for (int column = 0; column < 12 - 2 * row; column++) {
        double x = column * dot * 1.5 + row % 2 * dot * 0.75;
        double size = dot * 0.5 * (1 - row / 6.5);
        canvas.fill(Outline.circle(x, HEIGHT - row * dot * 1.2, size), Paint.of(accent));
        canvas.fill(Outline.circle(WIDTH - x, row * dot * 1.2, size), Paint.of(accent));
      }
    }
    canvas.stroke(
        Outline.rectangle(12, 12, WIDTH - 24.0, HEIGHT - 24.0), Pen.sharp(24), Paint.of(accent));
  }
}
