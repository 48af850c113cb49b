package dev.spanda.media.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ThumbnailMakerTest {

  @Test
  void everyTemplateGivesAPictureOf1280By720() throws Exception {
    for (String name : List.of("gaming", "vlog", "tutorial", "reaction", "custom")) {
      ThumbnailPlan plan =
          ThumbnailPlan.of("How it was made, and why", Template.parse(name)).withBadge("EP 1");
      for (byte[] file : List.of(ThumbnailMaker.png(plan), ThumbnailMaker.jpeg(plan))) {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(read.getWidth()).isEqualTo(1280);
        assertThat(read.getHeight()).isEqualTo(720);
      }
    }
  }

  /** The same on JDK 17 and 25. */
  @Test
  void thePixelsAreTheSameEverywhere() throws Exception {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (String name : List.of("gaming", "vlog", "tutorial", "reaction", "custom")) {
      BufferedImage image =
          ThumbnailMaker.draw(
              ThumbnailPlan.of("Same words", Template.parse(name))
                  .withSubtitle("everywhere")
                  .withBadge("EP 1"));
      int[] pixels = image.getRGB(0, 0, 1280, 720, null, 0, 1280);
      ByteBuffer bytes = ByteBuffer.allocate(4 * pixels.length);
      bytes.asIntBuffer().put(pixels);
      all.update(bytes.array());
    }
    assertThat(HexFormat.of().formatHex(all.digest()))
        .isEqualTo("989b9bac86c01366f83593fc668c1692e2cbfd6b4bb05bab01e145bb72ce3233");
  }

  @Test
  void aGivenPictureIsSeenAboveTheTitle() {
    BufferedImage picture = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < 90_000; at++) {
      picture.setRGB(at % 300, at / 300, 0x22AA44);
    }
    BufferedImage image =
        ThumbnailMaker.draw(ThumbnailPlan.of("Green", Template.VLOG).withPicture(picture));
    assertThat(image.getRGB(20, 20)).isEqualTo(0xFF22AA44);
    assertThat(image.getRGB(20, 700) & 0xFF00).isLessThan(0x6000);
  }

  @Test
  void aPersonStandsOnTheRightWithALineAround() {
    BufferedImage person = new BufferedImage(200, 300, BufferedImage.TYPE_INT_ARGB);
    for (int y = 100; y < 300; y++) {
      for (int x = 50; x < 150; x++) {
        person.setRGB(x, y, 0xFF10C020);
      }
    }
    BufferedImage image =
        ThumbnailMaker.draw(
            ThumbnailPlan.of("Look", Template.GAMING)
                .withSubtitle("who is here")
                .withPerson(person));
    int left = 0;
    while (left < 1280 && (image.getRGB(left, 500) & 0xFFFFFF) != 0x10C020) {
      left++;
    }
    // 330 px wide, since 660 px high, and within the right half.
    assertThat(left).isBetween(700, 960);
    assertThat(image.getRGB(left - 5, 500)).isEqualTo(0xFFFFFFFF);
    assertThat(image.getRGB(left + 300, 700) & 0xFFFFFF).isEqualTo(0x10C020);
    // Nothing of what was transparent is seen, and an empty cutout changes nothing.
    assertThat(image.getRGB(60, 500) & 0xFFFFFF).isNotEqualTo(0x10C020);
    BufferedImage nobody = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
    assertThat(
            ThumbnailMaker.draw(ThumbnailPlan.of("Look", Template.VLOG).withPerson(nobody))
                .getWidth())
        .isEqualTo(1280);
  }

  @Test
  void coloursGoWhereTheyAreSaidToGo() {
    Template solid =
        Template.REACTION
            .withScenery(Template.Scenery.parse("Solid"))
            .withColors(List.of("#204060", "#111", "#abcdef", "#ffffff"));
    assertThat(solid.ground().first()).isEqualTo("#204060");
    assertThat(solid.accent()).isEqualTo("#abcdef");
    // White letters had a red line; it can be told from white and stays.
    assertThat(solid.stroke().color()).isEqualTo("#B00020");
    assertThat(solid.withColors(List.of("#fff", "#fff", "#fff", "#a02020")).stroke().color())
        .isEqualTo("#FFFFFF");
    BufferedImage image = ThumbnailMaker.draw(ThumbnailPlan.of("Mid", solid));
    assertThat(image.getRGB(640, 40) >> 16 & 0xFF).isBetween(0x14, 0x20);
    assertThatThrownBy(() -> solid.withColors(List.of())).hasMessageContaining("between 1 and 4");
    assertThatThrownBy(() -> solid.withColors(List.of("red"))).hasMessageContaining("#RRGGBB");
    assertThatThrownBy(() -> Template.Scenery.parse("moon")).hasMessageContaining("gradient");
  }

  @Test
  void aSubtitleAloneMayLieOverAPicture() {
    BufferedImage picture = new BufferedImage(1280, 720, BufferedImage.TYPE_INT_RGB);
    BufferedImage image =
        ThumbnailMaker.draw(
            ThumbnailPlan.over(picture, "", Template.TUTORIAL).withSubtitle("only this"));
    int accented = 0;
    for (int x = 0; x < 1280; x += 2) {
      for (int y = 300; y < 720; y += 2) {
        accented += (image.getRGB(x, y) & 0xFFFFFF) == 0x3DDC97 ? 1 : 0;
      }
    }
    assertThat(accented).isGreaterThan(1000);
    assertThatThrownBy(() -> ThumbnailPlan.of("", Template.VLOG)).hasMessageContaining("between 1");
    assertThatThrownBy(() -> ThumbnailPlan.of("x", Template.VLOG).withSubtitle("y".repeat(121)))
        .hasMessageContaining("120");
  }

  @Test
  void lettersThatTheTemplateLacksComeFromInterOrAreNamed() {
    assertThat(ThumbnailMaker.draw(ThumbnailPlan.of("Привет, мир", Template.GAMING)).getWidth())
        .isEqualTo(1280);
    assertThatThrownBy(() -> ThumbnailMaker.draw(ThumbnailPlan.of("東京", Template.GAMING)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("東");
    assertThatThrownBy(() -> ThumbnailPlan.of(" ", Template.GAMING)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Template.parse("horror")).hasMessageContaining("reaction");
  }
}
