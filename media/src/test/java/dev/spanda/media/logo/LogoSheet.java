package dev.spanda.media.logo;

import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Resizer;
import dev.spanda.media.logo.LogoPlan.Style;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Draws the contact sheet of the page: {@code LogoSheet FILE CELL_PX}. */
final class LogoSheet {

  private LogoSheet() {}

  static List<LogoPlan> plans() {
    return List.of(
        LogoPlan.of("Nimbus Cloud", Style.MODERN),
        LogoPlan.of("Harvest", Style.MODERN).withSeed(3).withTagline("Finance for farms"),
        LogoPlan.of("Blue Wave Audio", Style.MODERN).withSeed(2),
        LogoPlan.of("Kite & Co", Style.MODERN).withSeed(2).withTagline("Design studio"),
        LogoPlan.of("Café Örebro", Style.MODERN)
            .withSeed(1)
            .withColors(List.of("#8B4513", "#FFB347")),
        LogoPlan.of("Lumen", Style.MODERN).withSeed(6),
        LogoPlan.of("Old Harbour Coffee", Style.VINTAGE).withTagline("Small batch roasters"),
        LogoPlan.of("Bramble & Oak", Style.VINTAGE).withSeed(1).withTagline("Fine preserves"),
        LogoPlan.of("Northern Peak", Style.VINTAGE).withSeed(2),
        LogoPlan.of("The Velvet Camera", Style.VINTAGE).withSeed(3).withTagline("Portraits"),
        LogoPlan.of("Чайная Роза", Style.VINTAGE).withSeed(4).withTagline("кофе и книги"),
        LogoPlan.of("Saint Elmo Brewing Company of the North", Style.VINTAGE)
            .withSeed(6)
            .withColors(List.of("#1B4332", "#D4A373")),
        LogoPlan.of("Atelier", Style.MINIMALIST).withTagline("Architecture and interiors"),
        LogoPlan.of("Moon Garden", Style.MINIMALIST).withSeed(1),
        LogoPlan.of("Plain", Style.MINIMALIST).withSeed(2).withTagline("less of everything"),
        LogoPlan.of("Lotus Yoga", Style.MINIMALIST).withSeed(3).withTagline("Breathe"),
        LogoPlan.of("Θάλασσα", Style.MINIMALIST).withSeed(4).withIcon(Icon.WAVE),
        LogoPlan.of("Juniper Press", Style.MINIMALIST)
            .withSeed(5)
            .withColors(List.of("#2F3E46", "#CA6702")));
  }

  public static void main(String[] arguments) throws Exception {
    int cell = Integer.parseInt(arguments[1]);
    int columns = 6;
    List<LogoPlan> plans = plans();
    int rows = (plans.size() + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(columns * cell, rows * cell, BufferedImage.TYPE_INT_RGB);
    Resizer.Plan size = Resizer.Plan.of(cell, cell).withMode(Resizer.Mode.PAD);
    for (int at = 0; at < plans.size(); at++) {
      BufferedImage drawn = LogoMaker.draw(plans.get(at)).image(2 * cell);
      BufferedImage logo = Resizer.scale(drawn, size.withBackground(drawn.getRGB(0, 0)));
      sheet.setRGB(
          at % columns * cell,
          at / columns * cell,
          cell,
          cell,
          logo.getRGB(0, 0, cell, cell, null, 0, cell),
          0,
          cell);
    }
    Files.write(Path.of(arguments[0]), Canvas.png(sheet));
  }
}
