package dev.spanda.media.thumbnail;

import dev.spanda.media.canvas.Canvas;
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
        ThumbnailPlan.of("100 days in one block", Template.GAMING).withBadge("EP 12"),
        ThumbnailPlan.of("A week in Lisbon", Template.VLOG),
        ThumbnailPlan.of("Build a REST API in 20 minutes", Template.TUTORIAL).withBadge("PART 1"),
        ThumbnailPlan.of("I can't believe this worked", Template.REACTION),
        ThumbnailPlan.of("Colours that calm", Template.VLOG).withPicture(picture),
        ThumbnailPlan.of(
                "Вечерняя музыка",
                Template.TUTORIAL
                    .withTypeface(Typeface.PLAYFAIR_BOLD)
                    .withGround(
                        Template.Scenery.GRADIENT,
                        new Template.Pair("#2D6A4F", "#081C15"),
                        "#D8F3DC"))
            .withBadge("LIVE"));
  }

  public static void main(String[] arguments) throws Exception {
    int wide = Integer.parseInt(arguments[1]);
    int high = wide * 9 / 16;
    List<ThumbnailPlan> plans = plans();
    BufferedImage sheet = new BufferedImage(3 * wide, 2 * high, BufferedImage.TYPE_INT_RGB);
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
