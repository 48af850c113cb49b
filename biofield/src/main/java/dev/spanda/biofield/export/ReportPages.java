package dev.spanda.biofield.export;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.archive.Analyses;
import dev.spanda.biofield.archive.StoredAnalysis;
import dev.spanda.biofield.baseline.Trend;
import dev.spanda.biofield.capture.Pictures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** The pages of one report. */
final class ReportPages {

  private static final int INK = 0x1A2229;
  private static final int MUTED = 0x66727C;
  private static final int RULE = 0xDDE3E7;
  private static final int TRACK = 0xEAEEF1;
  private static final int BAND = 0xF5F7F8;
  private static final int ACCENT = 0x1F7A8C;
  private static final int SOFT = 0x8FBCC6;

  private static final float MARGIN = 48;
  private static final float RIGHT = Sheet.WIDTH - MARGIN;
  private static final float INNER = Sheet.WIDTH - 2 * MARGIN;
  private static final float GAP = 16;
  private static final int PICTURE_SIDE = 1000;
  private static final double PICTURE_QUALITY = 0.9;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHORT_DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final StoredAnalysis analysis;
  private final Optional<byte[]> picture;
  private final Optional<byte[]> processed;
  private final List<Analyses.Summary> history;

  ReportPages(
      StoredAnalysis analysis,
      Optional<byte[]> picture,
      Optional<byte[]> processed,
      List<Analyses.Summary> history) {
    this.analysis = analysis;
    this.picture = picture;
    this.processed = processed;
    this.history = history;
  }

  void write(OutputStream out) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDDocumentInformation about = new PDDocumentInformation();
      about.setTitle("Image field report " + analysis.id());
      about.setCreator("Spanda");
      GregorianCalendar at = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
      at.setTimeInMillis(analysis.at().toEpochMilli());
      about.setCreationDate(at);
      document.setDocumentInformation(about);
      document.setDocumentId(analysis.at().toEpochMilli());
      document.getDocumentCatalog().setLanguage("en");
      Pens pens = Pens.load(document);
      writeFirst(document, pens);
      writeSecond(document, pens);
      document.save(out);
    }
  }

  private void writeFirst(PDDocument document, Pens pens) throws IOException {
    try (Sheet sheet = new Sheet(document)) {
      float y = heading(sheet, pens);
      if (picture.isPresent() && processed.isPresent()) {
        y = pictures(document, sheet, pens, y, picture.get(), processed.get());
      }
      y = scores(sheet, pens, y);
      y = trends(sheet, pens, y);
      sheet.paragraph(
          pens.note(),
          MARGIN,
          y + 4,
          INNER,
          12.5f,
          AnalysisReport.NO_MEDICAL_MEANING
              + " Each score sums measured properties of the picture, such as brightness, colour"
              + " variety, mirror symmetry and regularity, to a value from 0 to 100. Light, camera,"
              + " clothing and background change them, so compare only pictures taken alike.");
      footer(sheet, pens, 1);
    }
  }

  private float heading(Sheet sheet, Pens pens) throws IOException {
    sheet.text(pens.kicker(), MARGIN, 56, "IMAGE FIELD REPORT");
    sheet.text(pens.title(), MARGIN, 82, DAY.format(analysis.at()));
    sheet.textTo(pens.small(), RIGHT, 56, TIME.format(analysis.at()));
    sheet.textTo(
        pens.small(),
        RIGHT,
        69,
        "Mode: "
            + SessionExport.mode(analysis.mode())
            + ", region: "
            + analysis.region().name().toLowerCase(Locale.ROOT));
    sheet.textTo(pens.small(), RIGHT, 82, analysis.id());
    sheet.line(RULE, 0.75f, MARGIN, 96, RIGHT, 96);
    return 112;
  }

  private float pictures(
      PDDocument document, Sheet sheet, Pens pens, float y, byte[] original, byte[] made)
      throws IOException {
    float width = (INNER - GAP) / 2;
    Frame first = Pictures.thumbnail(Pictures.decode(original).frame(), PICTURE_SIDE);
    Frame second = Pictures.thumbnail(Pictures.decode(made).frame(), PICTURE_SIDE);
    float height = Math.min(182, width * first.height() / first.width());
    height = Math.max(height, 60);
    place(document, sheet, first, MARGIN, y, width, height);
    place(document, sheet, second, MARGIN + width + GAP, y, width, height);
    float below = y + height + 14;
    sheet.text(
        pens.small(),
        MARGIN,
        below,
        "Picture, " + analysis.width() + " × " + analysis.height() + " pixels");
    sheet.text(pens.small(), MARGIN + width + GAP, below, "Processed picture");
    return below + 26;
  }

  private static void place(
      PDDocument document, Sheet sheet, Frame frame, float x, float y, float width, float height)
      throws IOException {
    sheet.box(BAND, x, y, width, height, 0);
    float scale = Math.min(width / frame.width(), height / frame.height());
    float w = frame.width() * scale;
    float h = frame.height() * scale;
    PDImageXObject image =
        JPEGFactory.createFromByteArray(document, Pictures.jpeg(frame, PICTURE_QUALITY));
    sheet.picture(image, x + (width - w) / 2, y + (height - h) / 2, w, h);
  }

  private float scores(Sheet sheet, Pens pens, float top) throws IOException {
    sheet.text(pens.section(), MARGIN, top, "Scores");
    sheet.textTo(pens.small(), RIGHT, top, "0 to 100");
    Map<String, Double> values = analysis.analysis().scores().values();
    float from = MARGIN + 98;
    float to = RIGHT - 42;
    float y = top + 22;
    for (Quantity score : Quantity.SCORES) {
      sheet.text(pens.strong(), MARGIN, y, score.label());
      sheet.box(TRACK, from, y - 8, to - from, 9, 4.5f);
      Double value = values.get(score.name());
      if (value == null) {
        sheet.textTo(pens.small(), RIGHT, y, "undefined");
      } else {
        float length = (float) ((to - from) * value / 100);
        sheet.box(ACCENT, from, y - 8, Math.max(9, length), 9, 4.5f);
        sheet.textTo(pens.number(), RIGHT, y, String.format(Locale.ROOT, "%.1f", value));
      }
      sheet.text(pens.tiny(), from, y + 10, score.meaning());
      y += 29;
    }
    return y + 8;
  }

  private float trends(Sheet sheet, Pens pens, float top) throws IOException {
    if (history.size() < AnalysisReport.LEAST_HISTORY) {
      return top;
    }
    sheet.text(pens.section(), MARGIN, top, "Trend");
    sheet.textTo(
        pens.small(),
        RIGHT,
        top,
        history.size()
            + " analyses, "
            + SHORT_DAY.format(history.get(0).at())
            + " to "
            + SHORT_DAY.format(history.get(history.size() - 1).at()));
    float width = (INNER - 2 * GAP) / 3;
    float height = 62;
    for (int i = 0; i < Quantity.SCORES.size(); i++) {
      float x = MARGIN + (i % 3) * (width + GAP);
      float y = top + 12 + (i / 3) * (height + 10);
      trend(sheet, pens, Quantity.SCORES.get(i), new Area(x, y, width, height));
    }
    return top + 12 + 2 * (height + 10) + 14;
  }

  private record Area(float x, float y, float width, float height) {}

  private void trend(Sheet sheet, Pens pens, Quantity score, Area area) throws IOException {
    sheet.box(BAND, area.x, area.y, area.width, area.height, 4);
    List<Double> seconds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    long start = history.get(0).at().toEpochMilli();
    for (Analyses.Summary one : history) {
      Double value = one.scores().values().get(score.name());
      if (value != null) {
        seconds.add((one.at().toEpochMilli() - start) / 1000.0);
        values.add(value);
      }
    }
    sheet.text(pens.label(), area.x + 8, area.y + 14, score.label());
    if (values.size() < 2) {
      sheet.textTo(pens.tiny(), area.x + area.width - 8, area.y + 14, "too few values");
      return;
    }
    Trend trend = Trend.of(array(seconds), array(values));
    sheet.textTo(
        pens.tiny(), area.x + area.width - 8, area.y + 14, AnalysisReport.word(trend.direction()));
    double low = values.stream().mapToDouble(v -> v).min().orElse(0);
    double high = values.stream().mapToDouble(v -> v).max().orElse(1);
    // At least ten points high, so that noise does not look like a mountain range.
    double middle = (low + high) / 2;
    double half = Math.max(5, (high - low) / 2);
    low = middle - half;
    high = middle + half;
    float left = area.x + 28;
    float right = area.x + area.width - 10;
    float top = area.y + 24;
    float bottom = area.y + area.height - 10;
    sheet.line(RULE, 0.5f, left, top, right, top);
    sheet.line(RULE, 0.5f, left, bottom, right, bottom);
    sheet.textTo(pens.tiny(), left - 5, top + 2.5f, String.format(Locale.ROOT, "%.0f", high));
    sheet.textTo(pens.tiny(), left - 5, bottom + 2.5f, String.format(Locale.ROOT, "%.0f", low));
    float[] x = new float[values.size()];
    float[] y = new float[values.size()];
    double span = Math.max(1e-3, seconds.get(seconds.size() - 1));
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (left + (right - left) * seconds.get(i) / span);
      y[i] = (float) (bottom - (bottom - top) * (values.get(i) - low) / (high - low));
    }
    sheet.polyline(SOFT, 1.1f, x, y);
    sheet.dot(ACCENT, x[x.length - 1], y[y.length - 1], 2.2f);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }

  private void writeSecond(PDDocument document, Pens pens) throws IOException {
    try (Sheet sheet = new Sheet(document)) {
      sheet.text(pens.kicker(), MARGIN, 56, "METRICS");
      sheet.textTo(pens.small(), RIGHT, 56, analysis.id());
      sheet.line(RULE, 0.75f, MARGIN, 66, RIGHT, 66);
      Map<String, Double> values = analysis.analysis().metrics().values();
      float valueAt = MARGIN + 232;
      float unitAt = valueAt + 10;
      float meaningAt = unitAt + 74;
      float y = 72;
      String group = "";
      boolean shaded = false;
      for (Quantity metric : Quantity.METRICS) {
        if (!metric.group().equals(group)) {
          group = metric.group();
          y += 18;
          sheet.text(pens.label(), MARGIN, y, group);
          y += 5;
          shaded = true;
        }
        if (shaded) {
          sheet.box(BAND, MARGIN, y, INNER, 15.5f, 2);
        }
        shaded = !shaded;
        float base = y + 11;
        sheet.text(pens.body(), MARGIN + 6, base, metric.label());
        Double value = values.get(metric.name());
        if (value == null) {
          sheet.textTo(pens.small(), valueAt, base, "undefined");
        } else {
          sheet.textTo(pens.figure(), valueAt, base, shown(value));
        }
        sheet.text(pens.small(), unitAt, base, metric.unit());
        sheet.text(pens.small(), meaningAt, base, metric.meaning());
        y += 15.5f;
      }
      footer(sheet, pens, 2);
    }
  }

  /** Four digits; whole numbers whole, very large ones with a power of ten. */
  static String shown(double value) {
    double size = Math.abs(value);
    if (size >= 1e7) {
      int power = (int) Math.floor(Math.log10(size));
      StringBuilder raised = new StringBuilder();
      for (char digit : Integer.toString(power).toCharArray()) {
        raised.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
      }
      return String.format(Locale.ROOT, "%.3f × 10%s", value / Math.pow(10, power), raised)
          .replace('-', '−');
    }
    if (value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ').replace('-', '−');
    }
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value)
        .replace(',', ' ')
        .replace('-', '−');
  }

  private static void footer(Sheet sheet, Pens pens, int page) throws IOException {
    float y = Sheet.HEIGHT - 30;
    sheet.line(RULE, 0.5f, MARGIN, y - 12, RIGHT, y - 12);
    sheet.text(pens.tiny(), MARGIN, y, "Image statistics, no medical meaning");
    sheet.textTo(pens.tiny(), RIGHT, y, "Page " + page + " of 2");
  }

  /** The pens of a report. */
  private record Pens(PDFont regular, PDFont semiBold) {

    static Pens load(PDDocument document) throws IOException {
      return new Pens(font(document, "Inter-Regular.ttf"), font(document, "Inter-SemiBold.ttf"));
    }

    private static PDFont font(PDDocument document, String name) throws IOException {
      try (InputStream in = ReportPages.class.getResourceAsStream(name)) {
        return PDType0Font.load(document, Objects.requireNonNull(in, name), true);
      }
    }

    Sheet.Pen kicker() {
      return new Sheet.Pen(semiBold, 8.5f, ACCENT);
    }

    Sheet.Pen title() {
      return new Sheet.Pen(semiBold, 22, INK);
    }

    Sheet.Pen section() {
      return new Sheet.Pen(semiBold, 12, INK);
    }

    Sheet.Pen strong() {
      return new Sheet.Pen(semiBold, 9.5f, INK);
    }

    Sheet.Pen label() {
      return new Sheet.Pen(semiBold, 8.5f, INK);
    }

    Sheet.Pen number() {
      return new Sheet.Pen(semiBold, 11, INK);
    }

    Sheet.Pen body() {
      return new Sheet.Pen(regular, 8.5f, INK);
    }

    Sheet.Pen figure() {
      return new Sheet.Pen(semiBold, 8.5f, INK);
    }

    Sheet.Pen note() {
      return new Sheet.Pen(regular, 8.5f, MUTED);
    }

    Sheet.Pen small() {
      return new Sheet.Pen(regular, 8.5f, MUTED);
    }

    Sheet.Pen tiny() {
      return new Sheet.Pen(regular, 7, MUTED);
    }
  }
}
