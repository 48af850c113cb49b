package dev.spanda.biofield.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.core.Failure;
import java.awt.Polygon;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenCvSegmenterTest {

  /** Drawn by hand around the woman, her suit and the helmet that she leans on. */
  private static final int[] OUTLINE = {
    155, 60, 175, 25, 240, 15, 295, 45, 300, 95, 275, 115, 255, 180, 300, 220, 305, 245, 350, 275,
    365, 345, 420, 345, 475, 380, 500, 430, 508, 511, 25, 511, 22, 430, 30, 340, 40, 280, 70, 235,
    112, 210, 122, 165, 185, 170, 178, 115, 155, 95
  };

  private static Frame astronaut = Frame.of(1, 1, new int[1]);
  private static OpenCvSegmenter segmenter = OpenCvSegmenter.open();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            OpenCvSegmenterTest.class.getResourceAsStream(
                "/reference/pictures/photo_astronaut.png"))) {
      astronaut = Pictures.decode(in.readAllBytes()).frame();
    }
  }

  /** The frame with as much black beside it as the arguments say. */
  private static Frame widened(int left, int above, int right, int below) {
    int width = 512 + left + right;
    int[] pixels = new int[width * (512 + above + below)];
    for (int y = 0; y < 512; y++) {
      System.arraycopy(astronaut.pixels(), 512 * y, pixels, (y + above) * width + left, 512);
    }
    return Frame.of(width, 512 + above + below, pixels);
  }

  @Test
  void theFaceIsWhereItIs() {
    Segmenter.Box box = segmenter.face(astronaut).orElseThrow();
    // Eyes, nose and mouth, seen by eye; hair and ears may lie outside.
    for (int[] part : new int[][] {{204, 101}, {246, 101}, {223, 122}, {222, 146}}) {
      assertThat(part[0]).isBetween(box.x(), box.x() + box.width() - 1);
      assertThat(part[1]).isBetween(box.y(), box.y() + box.height() - 1);
    }
    assertThat(box.width()).isBetween(75, 125);
    assertThat(box.height()).isBetween(75, 145);
    assertThat(box.score()).isBetween(0.8, 1.0);
  }

  @Test
  void theFaceMovesWithThePicture() {
    Segmenter.Box box = segmenter.face(astronaut).orElseThrow();
    for (int[] margin : new int[][] {{200, 0, 0, 0}, {0, 100, 0, 150}, {64, 32, 128, 32}}) {
      Frame wide = widened(margin[0], margin[1], margin[2], margin[3]);
      Segmenter.Box moved = segmenter.face(wide).orElseThrow();
      // The network sees 128 pixels of a frame that has grown around the face; three of them.
      int near = 3 * Math.max(wide.width(), wide.height()) / 128;
      assertThat(moved.x() - margin[0]).isBetween(box.x() - near, box.x() + near);
      assertThat(moved.y() - margin[1]).isBetween(box.y() - near, box.y() + near);
    }
  }

  @Test
  void theBodyIsTheOutlineDrawnByHand() {
    Polygon outline = new Polygon();
    for (int i = 0; i < OUTLINE.length; i += 2) {
      outline.addPoint(OUTLINE[i], OUTLINE[i + 1]);
    }
    Mask mask = segmenter.body(astronaut);
    int both = 0;
    int either = 0;
    for (int y = 0; y < 512; y++) {
      for (int x = 0; x < 512; x++) {
        boolean drawn = outline.contains(x, y);
        both += drawn && mask.contains(x, y) ? 1 : 0;
        either += drawn || mask.contains(x, y) ? 1 : 0;
      }
    }
    assertThat((double) both / either).isGreaterThan(0.9);
  }

  @Test
  void anEmptyPictureHasNeitherFaceNorBody() {
    for (Frame frame :
        new Frame[] {Frame.of(640, 360, new int[640 * 360]), Frame.of(1, 1, new int[1])}) {
      assertThat(segmenter.face(frame)).isEmpty();
      assertThat(segmenter.body(frame).count()).isLessThan(frame.area() / 100 + 1);
    }
  }

  @Test
  void selectionsOfThePhotographAreNested() {
    Optional<Segmenter> finder = OpenCvSegmenter.find().map(found -> found);
    int body = Selection.parse("segmented", "full").mask(astronaut, finder).count();
    int face = Selection.parse("segmented", "face").mask(astronaut, finder).count();
    int box = Selection.parse("face", "full").mask(astronaut, finder).count();
    int around = Selection.parse("fullBody", "body").mask(astronaut, finder).count();
    assertThat(face).isLessThanOrEqualTo(box);
    assertThat(face).isGreaterThan(box / 2);
    assertThat(body).isGreaterThan(box).isLessThan(around);
    assertThat(around).isLessThan(astronaut.area());
  }

  @Test
  void anchorsAreTheMiddlesOfTwoGrids() {
    assertThat(Anchors.count()).isEqualTo(896);
    assertThat(Anchors.centre(0, true)).isEqualTo(0.5 / 16);
    assertThat(Anchors.centre(1, true)).isEqualTo(0.5 / 16);
    assertThat(Anchors.centre(2, true)).isEqualTo(1.5 / 16);
    assertThat(Anchors.centre(511, false)).isEqualTo(15.5 / 16);
    assertThat(Anchors.centre(512, false)).isEqualTo(0.5 / 8);
    assertThat(Anchors.centre(895, true)).isEqualTo(7.5 / 8);
  }

  @Test
  void withoutOpenCvNothingIsFoundAndTheFailureSaysWhatToAdd() throws Exception {
    URL[] rooms = new URL[4];
    Class<?>[] samples = {OpenCvSegmenter.class, Failure.class, NullMarked.class, getClass()};
    for (int i = 0; i < rooms.length; i++) {
      rooms[i] = samples[i].getProtectionDomain().getCodeSource().getLocation();
    }
    try (URLClassLoader without = new URLClassLoader(rooms, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = without.loadClass(OpenCvSegmenter.class.getName());
      assertThat(type.getClassLoader()).isSameAs(without);
      assertThat((Optional<?>) type.getMethod("find").invoke(null)).isEmpty();
      Throwable failure = null;
      try {
        type.getMethod("open").invoke(null);
      } catch (InvocationTargetException e) {
        failure = e.getCause();
      }
      assertThat(failure)
          .isNotNull()
          .hasMessage(
              "Faces and bodies are found by OpenCV; add org.openpnp:opencv:4.9.0-0 to the class"
                  + " path");
    }
  }
}
