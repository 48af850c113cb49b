package dev.spanda.media.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanvasTest {

  @TempDir private Path folder;

  private static double ink(BufferedImage image) {
    double sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        sum += (image.getRGB(x, y) >>> 24) / 255.0;
      }
    }
    return sum;
  }

  @Test
  void everyPixelHoldsExactlyTheAreaThatIsCovered() {
    // A quarter of one pixel, half of its neighbours.
    BufferedImage image =
        Canvas.of(4, 4).fill(Outline.rectangle(0.5, 0.5, 2, 2), Paint.of(0xFF000000)).image(4);
    assertThat(image.getRGB(0, 0) >>> 24).isEqualTo(64);
    assertThat(image.getRGB(1, 0) >>> 24).isEqualTo(128);
    assertThat(image.getRGB(1, 1) >>> 24).isEqualTo(255);
    assertThat(image.getRGB(3, 3) >>> 24).isZero();
  }

  @Test
  void theInkOfACircleIsItsArea() {
    Canvas canvas = Canvas.of(200, 200).fill(Outline.circle(101.3, 99.1, 80), Paint.of(-1));
    // Beziers stray from the circle by 0.03 percent of the radius, chords by 0.05 px.
    assertThat(ink(canvas.image(200))).isCloseTo(Math.PI * 6400, within(30.0));
  }

  @Test
  void whatStandsOutOfThePictureIsCut() {
    Canvas canvas = Canvas.of(100, 100).fill(Outline.circle(0, 50, 40), Paint.of(0xFF000000));
    BufferedImage image = canvas.image(100);
    assertThat(ink(image)).isCloseTo(Math.PI * 1600 / 2, within(10.0));
    assertThat(image.getRGB(0, 50) >>> 24).isEqualTo(255);
    Canvas right = Canvas.of(100, 100).fill(Outline.circle(100, 50, 40), Paint.of(0xFF000000));
    assertThat(ink(right.image(100))).isCloseTo(Math.PI * 1600 / 2, within(10.0));
  }

  @Test
  void aRingHasAHole() {
    BufferedImage image =
        Canvas.of(100, 100).fill(Outline.ring(50, 50, 40, 20), Paint.of(-1)).image(100);
    assertThat(image.getRGB(50, 50) >>> 24).isZero();
    assertThat(ink(image)).isCloseTo(Math.PI * 1200, within(12.0));
  }

  @Test
  void aStrokeIsAsWideAsItsPen() {
    BufferedImage image =
        Canvas.of(100, 100)
            .stroke(Outline.line(10, 20, 90, 60), Canvas.Pen.sharp(6), Paint.of(-1))
            .image(100);
    assertThat(ink(image)).isCloseTo(6 * Math.hypot(80, 40), within(2.0));
    BufferedImage square =
        Canvas.of(100, 100)
            .stroke(Outline.rectangle(20, 20, 60, 60), Canvas.Pen.sharp(10), Paint.of(-1))
            .image(100);
    assertThat(ink(square)).isCloseTo(70.0 * 70 - 50 * 50, within(1.0));
  }

  @Test
  void letterPairsMoveTogether() {
    TextLayout layout = TextLayout.of(Typeface.INTER_BOLD, 100);
    assertThat(layout.width("AV")).isLessThan(layout.width("A") + layout.width("V") - 3);
    assertThat(layout.width("HH")).isCloseTo(2 * layout.width("H"), within(1e-9));
  }

  @Test
  void fittedWordsStayInTheirBoxAndTouchOneSide() {
    TextLayout layout = TextLayout.of(Typeface.ANTON, 10).withLeading(1.1);
    for (String text :
        List.of("A", "How to bake bread at home", "line one\nline two", "Ångström")) {
      TextLayout.Block block = layout.fit(text, 400, 150, 3, 1000);
      Outline.Box box = block.outline().bounds();
      assertThat(box.width()).isLessThanOrEqualTo(400.0001);
      assertThat(box.height()).isLessThanOrEqualTo(150.0001);
      assertThat(Math.max(box.width() / 400, box.height() / 150)).isGreaterThan(0.999);
    }
  }

  @Test
  void lettersThatAFontLacksAreNamed() {
    assertThat(Typeface.INTER_LIGHT.missing("Žluťoučký кінь Καλημέρα")).isEmpty();
    assertThatThrownBy(() -> TextLayout.of(Typeface.BEBAS, 10).line("go 東京 東"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.details().get("missing_characters")).isEqualTo(List.of("東", "京"));
            })
        .hasMessageContaining("東 京");
  }

  @Test
  void accentsWrittenApartAreJoined() {
    TextLayout layout = TextLayout.of(Typeface.PLAYFAIR_BOLD, 50);
    assertThat(layout.line("cafe\u0301").toString()).isEqualTo(layout.line("café").toString());
  }

  @Test
  void everyBundledFontHasAccentedLatin() {
    for (Typeface face : Typeface.all()) {
      assertThat(face.missing("ÀÉÎÕÜßçñøåőžłŞ &!?0123456789")).as(face.name()).isEmpty();
    }
  }

  @Test
  void boundsHoldEveryPointOfTheCurves() {
    Outline shape = Outline.parse("M10 10C40 -30 80 90 60 20Q0 80 10 10Z").rotate(0.4, 3, 7);
    Outline.Box box = shape.bounds();
    double[] edges = {1e9, -1e9, 1e9, -1e9};
    for (Flattener.Contour contour : Flattener.flatten(shape, 1e-6)) {
      for (int at = 0; at < contour.count(); at++) {
        edges[0] = Math.min(edges[0], contour.points()[2 * at]);
        edges[1] = Math.max(edges[1], contour.points()[2 * at]);
        edges[2] = Math.min(edges[2], contour.points()[2 * at + 1]);
        edges[3] = Math.max(edges[3], contour.points()[2 * at + 1]);
      }
    }
    assertThat(box.x()).isCloseTo(edges[0], within(1e-5));
    assertThat(box.right()).isCloseTo(edges[1], within(1e-5));
    assertThat(box.y()).isCloseTo(edges[2], within(1e-5));
    assertThat(box.bottom()).isCloseTo(edges[3], within(1e-5));
  }

  @Test
  void pathDataReadBackAreTheSame() {
    String path = "M10 10C40-30.5 80 90 60 20Q0 80 10 10ZM1 2L3.125-4Z";
    assertThat(Outline.parse(path).toString()).isEqualTo(path);
    assertThat(Outline.parse("m1 2h3v4l-1-1z").toString()).isEqualTo("M1 2L4 2L4 6L3 5Z");
    assertThatThrownBy(() -> Outline.parse("M1 2A3 4 5")).isInstanceOf(Failure.class);
  }

  private static Canvas sample() {
    Canvas canvas = Canvas.of(300, 120).background(new Paint.Linear(0, 0, 300, 0, -1, 0xFF3366AA));
    Outline words = TextLayout.of(Typeface.BANGERS, 60).line("Wow & <ok>").translate(10, 80);
    return canvas
        .shadow(words.translate(3, 3), 4, 0x80000000)
        .stroke(words, Canvas.Pen.round(8), Paint.of(0xFF000000))
        .fill(words, new Paint.Radial(150, 60, 120, 0xFFFFEE00, 0xFFFF3300));
  }

  @Test
  void pixelsAreTheSameOnEveryMachineAndRelease() {
    assertThat(Pixels.sha256(sample().image(300)))
        .isEqualTo("9af04f7dc8c3948343018eb4168c74981391fdf7acf2260daaf467928863ff7e");
  }

  @Test
  void pngKeepsEveryPixel() throws Exception {
    BufferedImage image = sample().image(451);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Canvas.png(image)));
    assertThat(Pixels.sha256(read)).isEqualTo(Pixels.sha256(image));
  }

  @Test
  void svgIsWellFormedAndHoldsOnlyShapes() throws Exception {
    String svg = sample().svg("Wow & <ok>");
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(4);
    assertThat(document.getElementsByTagName("text").getLength()).isZero();
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Wow & <ok>");
  }

  @Test
  void pdfHasOnePageOfTheSameSizeAndNoFonts() throws Exception {
    byte[] pdf = sample().pdf("Wow");
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      assertThat(document.getPage(0).getMediaBox().getWidth()).isEqualTo(300);
      assertThat(document.getPage(0).getResources().getFontNames()).isEmpty();
    }
    assertThat(sample().pdf("Wow")).isEqualTo(pdf);
  }

  @Test
  void noFontOfTheMachineIsEverTouched() throws Exception {
    Path log = folder.resolve("classes.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.spanda.media.logo.Everything")
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "output.txt"))
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("output.txt"))).isZero();
    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded).anyMatch(line -> line.contains("dev.spanda.media.canvas.Typeface "));
    assertThat(loaded)
        .noneMatch(line -> line.contains(" java.awt.Font "))
        .noneMatch(line -> line.contains(" sun.font."))
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("fontconfig"));
  }
}
