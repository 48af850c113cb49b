package dev.spanda.media.thumbnail;

import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Outline;
import dev.spanda.media.canvas.Paint;
import dev.spanda.media.canvas.Resizer;
import dev.spanda.media.canvas.Typeface;
import dev.spanda.media.rothko.Rothko;
import dev.spanda.media.rothko.RothkoPlan;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Draws the contact sheet of the page: {@code ThumbnailSheet FILE CELL_WIDTH_PX}. */
final class ThumbnailSheet {

  private ThumbnailSheet() {}

  static List<ThumbnailPlan> plans() {
    BufferedImage picture = Rothko.paint(RothkoPlan.of(RothkoPlan.Palette.DAWN).withSize(900, 700));
    return List.of(
        ThumbnailPlan.of("100 days in one block", Template.GAMING)
            .withSubtitle("You won't believe this!")
            .withBadge("EP 12"),
        ThumbnailPlan.of("A week in Lisbon", Template.VLOG).withSubtitle("on 30 euros a day"),
        ThumbnailPlan.of("Build a REST API in 20 minutes", Template.TUTORIAL)
            .withSubtitle("Java 17, no framework")
            .withBadge("PART 1"),
        ThumbnailPlan.of("I can't believe this worked", Template.REACTION).withPerson(person()),
        ThumbnailPlan.of("Ten quiet minutes", Template.CUSTOM).withSubtitle("a guided session"),
        ThumbnailPlan.of(
            "Epic Gaming Moments",
            Template.GAMING
                .withScenery(Template.Scenery.GRADIENT)
                .withColors(List.of("#ff0000", "#0000ff"))),
        ThumbnailPlan.over(picture, "Colours that calm", Template.VLOG)
            .withSubtitle("with the research"),
        ThumbnailPlan.of(
                "Вечерняя музыка",
                Template.TUTORIAL
                    .withTypeface(Typeface.PLAYFAIR_BOLD)
                    .withGround(
                        Template.Scenery.GRADIENT,
                        new Template.Pair("#2D6A4F", "#081C15"),
                        "#D8F3DC"))
            .withBadge("LIVE"),
        ThumbnailPlan.of(
            "Plain words",
            Template.REACTION.withScenery(Template.Scenery.SOLID).withColors(List.of("#1b998b"))));
  }

  /** Stands for somebody who was cut out of a picture. */
  private static BufferedImage person() {
    return Canvas.of(500, 600)
        .fill(
            Outline.parse("M40 600C40 440 140 390 200 372V330H300V372C360 390 460 440 460 600Z"),
            new Paint.Linear(0, 330, 0, 600, 0xFF2E86AB, 0xFF123C5A))
        .fill(
            Outline.circle(250, 200, 140), new Paint.Radial(220, 160, 260, 0xFFF2C9A1, 0xFFB9805A))
        .fill(
            Outline.parse(
                "M112 190C100 60 200 30 260 40C360 40 410 110 388 200C370 130 330 120 250 125"
                    + "C180 125 130 130 112 190Z"),
            Paint.of(0xFF3A2418))
        .image(500);
  }

  public static void main(String[] arguments) throws Exception {
    int wide = Integer.parseInt(arguments[1]);
    int high = wide * 9 / 16;
    List<ThumbnailPlan> plans = plans();
    BufferedImage sheet = new BufferedImage(3 * wide, 3 * high, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < plans.size(); at++) {
      BufferedImage one =
          Resizer.scale(
              ThumbnailMaker.draw(plans.get(at)),
              Resizer.Plan.of(wide, high).withMode(Resizer.Mode.STRETCH));
      sheet.setRGB(
          at % 3 * wide,
          at / 3 * high,
          wide,
          high,
          one.getRGB(0, 0, wide, high, null, 0, wide),
          0,
          wide);
    }
    Files.write(Path.of(arguments[0]), Canvas.png(sheet));
  }
}
