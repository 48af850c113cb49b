package dev.spanda.biofield.export;

import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** One A4 page to draw on; lengths in points, y from the top edge downwards. */
final class Sheet implements AutoCloseable {

  static final float WIDTH = PDRectangle.A4.getWidth();
  static final float HEIGHT = PDRectangle.A4.getHeight();

  /** How far the control points of a quarter circle lie, as a share of its radius. */
  private static final float CIRCLE = 0.5523f;

  private final PDPageContentStream out;

  Sheet(PDDocument document) throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    out = new PDPageContentStream(document, page);
  }

  private void fill(int rgb) throws IOException {
    out.setNonStrokingColor(
        (rgb >> 16 & 0xFF) / 255f, (rgb >> 8 & 0xFF) / 255f, (rgb & 0xFF) / 255f);
  }

  private void stroke(int rgb, float width) throws IOException {
    out.setStrokingColor((rgb >> 16 & 0xFF) / 255f, (rgb >> 8 & 0xFF) / 255f, (rgb & 0xFF) / 255f);
    out.setLineWidth(width);
  }

  static float width(Pen pen, String text) throws IOException {
    return pen.font().getStringWidth(text) / 1000 * pen.size();
  }

  /** Text whose baseline begins at a point. */
  void text(Pen pen, float x, float y, String text) throws IOException {
    fill(pen.rgb());
    out.beginText();
    out.setFont(pen.font(), pen.size());
    out.newLineAtOffset(x, HEIGHT - y);
    out.showText(text);
    out.endText();
  }

  /** Text whose baseline ends at a point. */
  void textTo(Pen pen, float x, float y, String text) throws IOException {
    text(pen, x - width(pen, text), y, text);
  }

  /** Text broken at spaces; returns the baseline after the last line. */
  float paragraph(Pen pen, float x, float y, float width, float leading, String text)
      throws IOException {
    StringBuilder line = new StringBuilder();
    float at = y;
    for (String word : text.split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(pen, longer) > width) {
        text(pen, x, at, line.toString());
        at += leading;
        line.setLength(0);
        line.append(word);
      } else {
        line.setLength(0);
        line.append(longer);
      }
    }
    text(pen, x, at, line.toString());
    return at + leading;
  }

  void line(int rgb, float thickness, float x1, float y1, float x2, float y2) throws IOException {
    stroke(rgb, thickness);
    out.moveTo(x1, HEIGHT - y1);
    out.lineTo(x2, HEIGHT - y2);
    out.stroke();
  }

  /** A line through points with round corners. */
  void polyline(int rgb, float thickness, float[] x, float[] y) throws IOException {
    stroke(rgb, thickness);
    out.setLineJoinStyle(1);
    out.setLineCapStyle(1);
    out.moveTo(x[0], HEIGHT - y[0]);
    for (int i = 1; i < x.length; i++) {
      out.lineTo(x[i], HEIGHT - y[i]);
    }
    out.stroke();
    out.setLineCapStyle(0);
  }

  /** A filled rectangle with round corners. */
  void box(int rgb, float x, float y, float width, float height, float radius) throws IOException {
    fill(rgb);
    float r = Math.min(radius, Math.min(width, height) / 2);
    float k = r * CIRCLE;
    float left = x;
    float right = x + width;
    float top = HEIGHT - y;
    float bottom = HEIGHT - y - height;
    out.moveTo(left + r, top);
    out.lineTo(right - r, top);
    out.curveTo(right - r + k, top, right, top - r + k, right, top - r);
    out.lineTo(right, bottom + r);
    out.curveTo(right, bottom + r - k, right - r + k, bottom, right - r, bottom);
    out.lineTo(left + r, bottom);
    out.curveTo(left + r - k, bottom, left, bottom + r - k, left, bottom + r);
    out.lineTo(left, top - r);
    out.curveTo(left, top - r + k, left + r - k, top, left + r, top);
    out.closePath();
    out.fill();
  }

  void dot(int rgb, float x, float y, float radius) throws IOException {
    box(rgb, x - radius, y - radius, 2 * radius, 2 * radius, radius);
  }

  void picture(PDImageXObject picture, float x, float y, float width, float height)
      throws IOException {
    out.drawImage(picture, x, HEIGHT - y - height, width, height);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** A font in a size and colour. */
  record Pen(PDFont font, float size, int rgb) {}
}
