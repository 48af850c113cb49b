package dev.spanda.media.logo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Paint;
import dev.spanda.media.canvas.Pixels;
import dev.spanda.media.logo.LogoPlan.Style;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogoMakerTest {

  @ParameterizedTest
  @EnumSource(Style.class)
  void theSamePlanGivesTheSamePictureAndAnotherSeedAnother(Style style) {
    LogoPlan plan = LogoPlan.of("Quiet River", style).withTagline("Since always");
    assertThat(LogoMaker.draw(plan).svg()).isEqualTo(LogoMaker.draw(plan).svg());
    Set<String> drawings = new LinkedHashSet<>();
    for (int seed = 0; seed < 8; seed++) {
      drawings.add(LogoMaker.draw(plan.withSeed(seed)).svg());
    }
    assertThat(drawings).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void pixelsOfTheSheetAreTheSameOnEveryMachineAndRelease() throws Exception {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (LogoPlan plan : LogoSheet.plans()) {
      all.update(HexFormat.of().parseHex(Pixels.sha256(LogoMaker.draw(plan).image(300))));
    }
    assertThat(HexFormat.of().formatHex(all.digest()))
        .isEqualTo("91dea5b58808d3d4e8fbe97f4290e20b356290ba3874527eef1db7517aab55f6");
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void nothingRunsOutOfThePicture(Style style) throws Exception {
    for (String text :
        List.of(
            "W",
            "Il",
            "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
            "The quick brown fox jumps over the lazy dog and runs on home")) {
      for (int seed = 0; seed < 4; seed++) {
        Logo logo =
            LogoMaker.draw(
                LogoPlan.of(text, style)
                    .withSeed(seed)
                    .withTagline("A line of words that goes on and on until it must end soon")
                    .withTransparent(true));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(logo.png(300)));
        for (int x = 0; x < image.getWidth(); x++) {
          assertThat(image.getRGB(x, 0) >>> 24).as(text + seed).isZero();
          assertThat(image.getRGB(x, image.getHeight() - 1) >>> 24).isZero();
        }
        for (int y = 0; y < image.getHeight(); y++) {
          assertThat(image.getRGB(0, y) >>> 24).as(text + seed).isZero();
          assertThat(image.getRGB(image.getWidth() - 1, y) >>> 24).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void lettersCanBeReadWhateverColoursAreGiven(Style style) {
    for (List<String> colors :
        List.of(
            List.<String>of(),
            List.of("#FFFF00"),
            List.of("#FFFFFF", "#EEEEEE", "#DDDDDD"),
            List.of("#000000"),
            List.of("#808080", "#7F7F7F", "#FF0000", "#00FF00", "#0000FF"))) {
      for (int seed = 0; seed < 4; seed++) {
        Logo logo =
            LogoMaker.draw(
                LogoPlan.of("Plain Words", style)
                    .withColors(colors)
                    .withTagline("and more")
                    .withSeed(seed));
        assertThat(logo.contrast()).isGreaterThanOrEqualTo(4.5);
      }
    }
  }

  @Test
  void contrastOfBlackAndWhiteIs21() {
    assertThat(Paint.contrast(0xFF000000, 0xFFFFFFFF)).isCloseTo(21, within(1e-6));
  }

  @Test
  void theWordsOfTheNameChooseTheIcon() {
    assertThat(LogoMaker.draw(LogoPlan.of("Mountain Coffee", Style.VINTAGE)).icon())
        .contains(Icon.COFFEE);
    assertThat(Icon.of("Blue Wave")).contains(Icon.WAVE);
    assertThat(Icon.of("Xyzzy")).isEmpty();
    assertThat(
            LogoMaker.draw(
                    LogoPlan.of("Mountain Coffee", Style.VINTAGE).withIcon(Icon.parse("leaf")))
                .icon())
        .contains(Icon.LEAF);
  }

  @Test
  void longerSideIsAsAskedAndGroundIsLeftOutOnDemand() {
    Logo wide = LogoMaker.draw(LogoPlan.of("Harvest", Style.MODERN).withSeed(1));
    assertThat(wide.image(400).getWidth()).isEqualTo(400);
    assertThat(wide.image(400).getHeight()).isEqualTo(160);
    assertThat(wide.image(400).getRGB(0, 0) >>> 24).isEqualTo(255);
    assertThat(LogoMaker.draw(wide.plan().withTransparent(true)).image(400).getRGB(0, 0) >>> 24)
        .isZero();
  }

  @Test
  void whatCannotBeDrawnIsRefusedWithItsReason() {
    assertThatThrownBy(() -> LogoPlan.of("  ", Style.MODERN)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> LogoPlan.of("x".repeat(61), Style.MODERN))
        .hasMessageContaining("between 1 and 60");
    assertThatThrownBy(() -> LogoPlan.of("x", Style.MODERN).withColors(List.of("blue")))
        .hasMessageContaining("#RRGGBB");
    assertThatThrownBy(
            () ->
                LogoPlan.of("x", Style.MODERN)
                    .withColors(List.of("#000", "#000", "#000", "#000", "#000", "#000")))
        .hasMessageContaining("between 0 and 5");
    assertThatThrownBy(() -> Style.parse("gothic")).hasMessageContaining("vintage");
    assertThatThrownBy(() -> LogoMaker.draw(LogoPlan.of("東京", Style.MODERN)))
        .hasMessageContaining("東 京");
  }
}
