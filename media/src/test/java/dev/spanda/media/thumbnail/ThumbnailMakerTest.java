package dev.spanda.media.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ThumbnailMakerTest {

  @Test
  void everyTemplateGivesAPictureOf1280By720() throws Exception {
    for (String name : List.of("gaming", "vlog", "tutorial", "reaction")) {
      ThumbnailPlan plan =
          ThumbnailPlan.of("How it was made, and why", Template.parse(name)).withBadge("EP 1");
      for (byte[] file : List.of(ThumbnailMaker.png(plan), ThumbnailMaker.jpeg(plan))) {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(read.getWidth()).isEqualTo(1280);
        assertThat(read.getHeight()).isEqualTo(720);
      }
    }
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
