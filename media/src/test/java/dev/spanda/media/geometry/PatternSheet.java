package dev.spanda.media.geometry;

import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.geometry.GeometryPlan.Pattern;
import dev.spanda.media.geometry.GeometryPlan.Scheme;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws the patterns of the page: {@code PatternSheet FILE CELL_PX}. */
final class PatternSheet {

  private PatternSheet() {}

  static List<GeometryPlan> plans() {
    return List.of(
        GeometryPlan.of(Pattern.SRI_YANTRA),
        GeometryPlan.of(Pattern.SRI_YANTRA).withComplexity(1).withScheme(Scheme.CHAKRA),
        GeometryPlan.of(Pattern.FLOWER_OF_LIFE).withComplexity(5).withScheme(Scheme.CHAKRA),
        GeometryPlan.of(Pattern.METATRONS_CUBE).withScheme(Scheme.AURORA),
        GeometryPlan.of(Pattern.GOLDEN_SPIRAL),
        GeometryPlan.of(Pattern.TORUS).withScheme(Scheme.CHAKRA));
  }

  public static void main(String[] arguments) throws Exception {
    int cell = Integer.parseInt(arguments[1]);
    BufferedImage sheet = new BufferedImage(3 * cell, 2 * cell, BufferedImage.TYPE_INT_ARGB);
    int[] pixels = ((DataBufferInt) sheet.getRaster().getDataBuffer()).getData();
    for (int at = 0; at < plans().size(); at++) {
      int[] one = new int[cell * cell];
      BufferedImage image =
          ImageIO.read(new ByteArrayInputStream(SacredGeometry.draw(plans().get(at)).png(cell)));
      image.getRGB(0, 0, cell, cell, one, 0, cell);
      for (int y = 0; y < cell; y++) {
        System.arraycopy(
            one, y * cell, pixels, (at / 3 * cell + y) * 3 * cell + at % 3 * cell, cell);
      }
    }
    Files.write(Path.of(arguments[0]), Canvas.png(sheet));
  }
}
