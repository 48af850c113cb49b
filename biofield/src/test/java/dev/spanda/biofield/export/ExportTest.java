package dev.spanda.biofield.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.biofield.Databases;
import dev.spanda.biofield.Samples;
import dev.spanda.biofield.StoredTest;
import dev.spanda.biofield.archive.Analyses;
import dev.spanda.biofield.archive.FieldSession;
import dev.spanda.biofield.archive.FieldSessions;
import dev.spanda.biofield.archive.StoredAnalysis;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.segment.Selection;
import dev.spanda.core.Failure.Reason;
import dev.spanda.core.store.Store;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ExportTest extends StoredTest {

  private FieldSessions sessions;

  private String session(int frames) {
    Store store = store(Databases.SQLITE);
    sessions = closing(new FieldSessions(store, clock, ids, clock.executor()));
    String id =
        sessions
            .start(
                "ann",
                new FieldSession.Settings(
                    Selection.Mode.FULL_BODY,
                    Selection.Region.FULL,
                    30,
                    Optional.empty(),
                    PipSettings.DEFAULT))
            .id();
    for (int i = 0; i < frames; i++) {
      sessions.append(
          id, i, Instant.ofEpochMilli(1706280123456L + 33L * i), Samples.analysis(50 + i % 10));
      clock.advance(Duration.ofMillis(33));
    }
    sessions.end("ann", id);
    return id;
  }

  @Test
  void textThatASpreadsheetWouldRunIsMadeHarmlessAndNumbersStayNumbers() {
    for (String text :
        List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1")) {
      assertThat(Cells.text(text)).isEqualTo("'" + text);
    }
    for (String text : List.of("", "plain", "a=b", "frame_1", "5 - 3", " ", "é")) {
      assertThat(Cells.text(text)).isEqualTo(text);
    }
    assertThat(Cells.number(-12.5)).isEqualTo("-12.5");
    assertThat(Cells.number(921600)).isEqualTo("921600");
    assertThat(Cells.number(2.34e12)).isEqualTo("2340000000000");
    assertThat(Cells.number(1e-5)).isEqualTo("1.0E-5");
    assertThat(Cells.number(Double.NaN)).isEmpty();
  }

  @Test
  void aSessionAsCsvHasARowForEachFrame() {
    String id = session(3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SessionExport(sessions).csv("ann", id, true, out);
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\r\n");
    assertThat(lines).hasSize(4);
    String[] names = lines[0].split(",", -1);
    assertThat(names).hasSize(3 + 6 + 34).startsWith("frame_id", "timestamp", "received", "energy");
    String[] cells = lines[2].split(",", -1);
    assertThat(cells).hasSize(names.length);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      row.put(names[i], cells[i]);
    }
    assertThat(row)
        .containsEntry("frame_id", "frame_1")
        .containsEntry("timestamp", "2024-01-26T14:42:03.489Z")
        .containsEntry("energy", "51")
        .containsEntry("complexity", "")
        .containsEntry("orientation", "-12.5")
        .containsEntry("imageArea", "921600")
        .containsEntry("lyapunovExponent", "");
    ByteArrayOutputStream brief = new ByteArrayOutputStream();
    new SessionExport(sessions).csv("ann", id, false, brief);
    assertThat(brief.toString(StandardCharsets.UTF_8).split("\r\n")[0])
        .isEqualTo(
            "frame_id,timestamp,received,energy,symmetry,coherence,complexity,regulation,"
                + "colorBalance");
    assertFails(
        Reason.NOT_FOUND,
        "session",
        () -> new SessionExport(sessions).csv("bob", id, true, OutputStream.nullOutputStream()));
  }

  private Map<String, byte[]> unzip(byte[] file) throws Exception {
    Path path = Files.write(folder.resolve("session.xlsx"), file);
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return parts;
  }

  /** Cells by reference such as B2, with the type mark in front: {@code inlineStr:frame_0}. */
  private static Map<String, String> cells(byte[] sheet) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(sheet));
    Map<String, String> cells = new LinkedHashMap<>();
    NodeList all = document.getElementsByTagName("c");
    for (int i = 0; i < all.getLength(); i++) {
      Element cell = (Element) all.item(i);
      cells.put(cell.getAttribute("r"), cell.getAttribute("t") + ":" + cell.getTextContent());
    }
    assertThat(document.getElementsByTagName("f").getLength()).isZero();
    return cells;
  }

  @Test
  void aSessionAsXlsxHoldsTheSameValues() throws Exception {
    String id = session(600);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SessionExport(sessions).xlsx("ann", id, true, out);
    Map<String, byte[]> parts = unzip(out.toByteArray());
    Map<String, String> frames = cells(parts.get("xl/worksheets/sheet2.xml"));
    assertThat(frames).containsEntry("A1", "inlineStr:frame_id");
    assertThat(frames).containsEntry("A2", "inlineStr:frame_0");
    assertThat(frames).containsEntry("A601", "inlineStr:frame_599");
    assertThat(frames).doesNotContainKey("A602");
    assertThat(frames).containsEntry("D1", "inlineStr:energy");
    for (int i = 0; i < 600; i++) {
      assertThat(number(frames.get("D" + (i + 2)))).isEqualTo(50 + i % 10);
    }
    assertThat(frames).doesNotContainKey("G2");
    // Excel counts days from the end of 1899; 2024-01-26 is day 45317.
    assertThat(number(frames.get("B2")))
        .isCloseTo(45317 + (14 * 3600 + 42 * 60 + 3.456) / 86400, within(1e-8));
    Map<String, String> summary = cells(parts.get("xl/worksheets/sheet1.xml"));
    assertThat(summary).containsEntry("B1", "inlineStr:" + id);
    assertThat(summary).containsEntry("A10", "inlineStr:Energy");
    assertThat(number(summary.get("B10"))).isCloseTo(54.5, within(1e-9));
    assertThat(summary).containsEntry("F10", "inlineStr:stable");
  }

  private static double number(String cell) {
    assertThat(cell).matches("n?:.*");
    return Double.parseDouble(cell.substring(cell.indexOf(':') + 1));
  }

  @Test
  void tenThousandRowsDoNotGrowTheMemory() {
    String id = session(10_000);
    SessionExport export = new SessionExport(sessions);
    export.xlsx("ann", id, true, OutputStream.nullOutputStream());
    long[] bytes = {0};
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    long[] peak = {0};
    OutputStream watching =
        new OutputStream() {
          @Override
          public void write(int b) {
            bytes[0]++;
          }

          @Override
          public void write(byte[] b, int from, int length) {
            if (bytes[0] / (1 << 20) != (bytes[0] + length) / (1 << 20)) {
              System.gc();
              peak[0] = Math.max(peak[0], runtime.totalMemory() - runtime.freeMemory());
            }
            bytes[0] += length;
          }
        };
    export.xlsx("ann", id, true, watching);
    assertThat(bytes[0]).isGreaterThan(1 << 20);
    // All cells at once would be some 40 MB; 500 rows and one reading are about 3.
    assertThat(peak[0] - before).isLessThan(16L << 20);
  }

  private StoredAnalysis saved(Analyses analyses, int history) throws Exception {
    byte[] photograph;
    try (var in = getClass().getResourceAsStream("/reference/pictures/photo_astronaut.png")) {
      photograph = in.readAllBytes();
    }
    for (int i = 0; i < history; i++) {
      analyses.save("ann", Samples.draft(Samples.png(32, 24, i), Samples.analysis(48 + i * 1.7)));
      clock.advance(Duration.ofDays(2));
    }
    return analyses.save("ann", Samples.measured(photograph));
  }

  @Test
  void theReportShowsPicturesScoresTrendAndMetrics() throws Exception {
    Analyses analyses = new Analyses(store(Databases.SQLITE), blobs(), clock, ids);
    StoredAnalysis analysis = saved(analyses, 11);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AnalysisReport(analyses).pdf("ann", analysis.id(), true, out);
    Path target = Path.of("target", "report.pdf");
    Files.write(target, out.toByteArray());
    try (PDDocument document = Loader.loadPDF(out.toByteArray())) {
      assertThat(document.getNumberOfPages()).isEqualTo(2);
      String text = new PDFTextStripper().getText(document);
      assertThat(text)
          .contains("IMAGE FIELD REPORT", "17 February 2026", analysis.id(), "512 × 512 pixels")
          .contains("Energy", "Colour balance", "Trend", "12 analyses")
          .contains("Signal to noise", "dB", "Sample entropy", "bits")
          .contains("no medical meaning");
      PDFRenderer renderer = new PDFRenderer(document);
      for (int page = 0; page < 2; page++) {
        BufferedImage image = renderer.renderImageWithDPI(page, 110);
        ImageIO.write(image, "png", Path.of("target", "report-" + page + ".png").toFile());
        assertThat(darkPixels(image)).isGreaterThan(3000);
      }
    }
  }

  private static int darkPixels(BufferedImage image) {
    int dark = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        dark += (image.getRGB(x, y) >> 8 & 0xFF) < 100 ? 1 : 0;
      }
    }
    return dark;
  }

  @Test
  void withoutPicturesAndHistoryTheReportLeavesThemOut() throws Exception {
    Analyses analyses = new Analyses(store(Databases.SQLITE), blobs(), clock, ids);
    StoredAnalysis analysis = saved(analyses, 0);
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    new AnalysisReport(analyses).pdf("ann", analysis.id(), false, first);
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    new AnalysisReport(analyses).pdf("ann", analysis.id(), false, second);
    assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
    try (PDDocument document = Loader.loadPDF(first.toByteArray())) {
      assertThat(new PDFTextStripper().getText(document))
          .contains("Scores")
          .doesNotContain("Trend", "Processed picture");
    }
    assertFails(
        Reason.NOT_FOUND,
        "analysis",
        () ->
            new AnalysisReport(analyses)
                .pdf("bob", analysis.id(), true, OutputStream.nullOutputStream()));
  }

  @Test
  void anAnalysisAsCsvNamesEveryValueWithItsUnit() {
    Analyses analyses = new Analyses(store(Databases.SQLITE), blobs(), clock, ids);
    String id =
        analyses.save("ann", Samples.draft(Samples.png(32, 24, 1), Samples.analysis(60))).id();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AnalysisReport(analyses).csv("ann", id, out);
    assertThat(out.toString(StandardCharsets.UTF_8).split("\r\n"))
        .hasSize(1 + 3 + 6 + 34)
        .contains(
            "group,name,value,unit",
            "Analysis,id," + id + ",",
            "Scores,energy,60,0–100",
            "Scores,complexity,,0–100",
            "Geometry,orientation,-12.5,°",
            "Brightness,signalNoiseRatio,15.83,dB");
  }

  @Test
  void numbersAreShownWithFourDigits() {
    assertThat(ReportPages.shown(128.456)).isEqualTo("128.5");
    assertThat(ReportPages.shown(0.42349)).isEqualTo("0.423");
    assertThat(ReportPages.shown(-0.08)).isEqualTo("−0.080");
    assertThat(ReportPages.shown(47)).isEqualTo("47");
    assertThat(ReportPages.shown(921600)).isEqualTo("921 600");
    assertThat(ReportPages.shown(2.34e12)).isEqualTo("2.340 × 10¹²");
    assertThat(ReportPages.shown(3284.5)).matches("3 28[45]");
  }
}
