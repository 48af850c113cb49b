package dev.spanda.media.canvas;

import dev.spanda.core.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBoolean;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.function.PDFunctionType2;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShading;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShadingType2;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShadingType3;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;

/**
 * Writes a canvas as one page of shapes. Gradients keep their colours; their alpha is that of the
 * first colour.
 */
final class PdfWriter {

  private final PDPageContentStream page;

  private PdfWriter(PDPageContentStream page) {
    this.page = page;
  }

  static byte[] write(Canvas canvas, String title) {
    try (PDDocument document = new PDDocument()) {
      // The file's identity is made of this number and not of the time, so that it never changes.
      document.setDocumentId(1L);
      document.getDocumentInformation().setTitle(title);
      PDPage sheet = new PDPage(new PDRectangle((float) canvas.width(), (float) canvas.height()));
      document.addPage(sheet);
      try (PDPageContentStream page = new PDPageContentStream(document, sheet)) {
        page.transform(new Matrix(1, 0, 0, -1, 0, (float) canvas.height()));
        PdfWriter writer = new PdfWriter(page);
        for (Canvas.Item item : canvas.items()) {
          page.saveGraphicsState();
          writer.draw(item);
          page.restoreGraphicsState();
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes, CompressParameters.NO_COMPRESSION);
      return bytes.toByteArray();
    } catch (IOException broken) {
      throw Failure.of(Failure.Reason.FAILED, "pdf", "The PDF could not be written")
          .causedBy(broken);
    }
  }

  private void draw(Canvas.Item item) throws IOException {
    if (item instanceof Canvas.Fill fill) {
      fill(fill.outline(), fill.paint());
    } else if (item instanceof Canvas.Shadow shadow) {
      fill(shadow.outline(), Paint.of(shadow.argb()));
    } else if (item instanceof Canvas.Stroke stroke) {
      int argb = firstColour(stroke.paint());
      alpha(argb);
      page.setStrokingColor(red(argb), green(argb), blue(argb));
      page.setLineWidth((float) stroke.pen().width());
      page.setLineCapStyle(stroke.pen().round() ? 1 : 0);
      page.setLineJoinStyle(stroke.pen().round() ? 1 : 0);
      page.setMiterLimit(4);
      path(stroke.outline());
      page.stroke();
    }
  }

  private void fill(Outline outline, Paint paint) throws IOException {
    int argb = firstColour(paint);
    alpha(argb);
    path(outline);
    if (paint instanceof Paint.Solid) {
      page.setNonStrokingColor(red(argb), green(argb), blue(argb));
      page.fill();
    } else {
      page.clip();
      page.shadingFill(shading(paint));
    }
  }

  private static int firstColour(Paint paint) {
    if (paint instanceof Paint.Solid solid) {
      return solid.argb();
    }
    return paint instanceof Paint.Linear linear
        ? linear.from()
        : paint instanceof Paint.Radial radial ? radial.from() : 0;
  }

  private void alpha(int argb) throws IOException {
    if (argb >>> 24 != 255) {
      PDExtendedGraphicsState state = new PDExtendedGraphicsState();
      state.setNonStrokingAlphaConstant((argb >>> 24) / 255f);
      state.setStrokingAlphaConstant((argb >>> 24) / 255f);
      page.setGraphicsStateParameters(state);
    }
  }

  private static PDShading shading(Paint paint) {
    COSArray coordinates = new COSArray();
    COSDictionary change = new COSDictionary();
    change.setInt(COSName.FUNCTION_TYPE, 2);
    change.setItem(COSName.DOMAIN, array(0, 1));
    change.setInt(COSName.N, 1);
    PDShadingType2 shading;
    if (paint instanceof Paint.Radial radial) {
      PDShadingType3 circles = new PDShadingType3(new COSDictionary());
      circles.setShadingType(PDShading.SHADING_TYPE3);
      coordinates = array(radial.x(), radial.y(), 0, radial.x(), radial.y(), radial.radius());
      change.setItem(COSName.C0, colour(radial.from()));
      change.setItem(COSName.C1, colour(radial.to()));
      shading = circles;
    } else {
      shading = new PDShadingType2(new COSDictionary());
      shading.setShadingType(PDShading.SHADING_TYPE2);
      if (paint instanceof Paint.Linear linear) {
        coordinates = array(linear.fromX(), linear.fromY(), linear.toX(), linear.toY());
        change.setItem(COSName.C0, colour(linear.from()));
        change.setItem(COSName.C1, colour(linear.to()));
      }
    }
    shading.setColorSpace(PDDeviceRGB.INSTANCE);
    shading.setCoords(coordinates);
    shading.setFunction(new PDFunctionType2(change));
    COSArray extend = new COSArray();
    extend.add(COSBoolean.TRUE);
    extend.add(COSBoolean.TRUE);
    shading.setExtend(extend);
    return shading;
  }

  private static COSArray array(double... numbers) {
    COSArray array = new COSArray();
    for (double number : numbers) {
      array.add(
          number == Math.rint(number) && Math.abs(number) < 1e9
              ? COSInteger.get((long) number)
              : new COSFloat((float) number));
    }
    return array;
  }

  private static COSArray colour(int argb) {
    return array(red(argb), green(argb), blue(argb));
  }

  private static float red(int argb) {
    return (argb >> 16 & 0xFF) / 255f;
  }

  private static float green(int argb) {
    return (argb >> 8 & 0xFF) / 255f;
  }

  private static float blue(int argb) {
    return (argb & 0xFF) / 255f;
  }

  private void path(Outline outline) throws IOException {
    // The pen cannot throw: it keeps the first complaint for later.
    IOException[] complaint = new IOException[1];
    outline.trace(
        new Outline.Pen() {
          private double atX;
          private double atY;

          private void go(Step step, double x, double y) {
            atX = x;
            atY = y;
            try {
              step.write();
            } catch (IOException broken) {
              complaint[0] = broken;
            }
          }

          @Override
          public void moveTo(double x, double y) {
            go(() -> page.moveTo((float) x, (float) y), x, y);
          }

          @Override
          public void lineTo(double x, double y) {
            go(() -> page.lineTo((float) x, (float) y), x, y);
          }

          @Override
          public void quadTo(double controlX, double controlY, double x, double y) {
            curveTo(
                atX + 2.0 / 3 * (controlX - atX),
                atY + 2.0 / 3 * (controlY - atY),
                x + 2.0 / 3 * (controlX - x),
                y + 2.0 / 3 * (controlY - y),
                x,
                y);
          }

          @Override
          public void curveTo(
              double firstX, double firstY, double secondX, double secondY, double x, double y) {
            go(
                () ->
                    page.curveTo(
                        (float) firstX,
                        (float) firstY,
                        (float) secondX,
                        (float) secondY,
                        (float) x,
                        (float) y),
                x,
                y);
          }

          @Override
          public void close() {
            go(page::closePath, atX, atY);
          }
        });
    if (complaint[0] != null) {
      throw complaint[0];
    }
  }

  /** One operator of the page. */
  private interface Step {
    void write() throws IOException;
  }
}
