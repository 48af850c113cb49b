package dev.spanda.media.canvas;

import com.pngencoder.PngEncoder;
import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of shapes to draw, one over the other, and what comes of it: pixels, PNG, SVG or PDF. The
 * pixels of the same shapes are equal on every machine and Java release. A canvas measures in its
 * own units from the left upper corner; pictures of any size are made of it. Not thread-safe.
 */
public final class Canvas {

  /** The longest side of a picture, in pixels. */
  public static final int LONGEST = 8000;

  private static final double TOLERANCE = 0.05;

  /**
   * How lines are drawn.
   *
   * @param width in units of the canvas, above 0
   * @param round whether ends and bends are round; otherwise ends are cut and bends are pointed
   */
  public record Pen(double width, boolean round) {
    /** Checks the width. */
    public Pen {
      Failure.requireInRange("width", "Width of the pen", width, 1e-9, 1e9, "");
    }

    /** A pen with round ends and bends. */
    public static Pen round(double width) {
      return new Pen(width, true);
    }

    /** A pen with straight ends and pointed bends. */
    public static Pen sharp(double width) {
      return new Pen(width, false);
    }
  }

  /** One thing to draw. */
  sealed interface Item {}

  /** Whole says that the outline is the canvas itself, which needs no sums of its borders. */
  record Fill(Outline outline, Paint paint, boolean whole) implements Item {}

  record Stroke(Outline outline, Pen pen, Paint paint) implements Item {}

  record Shadow(Outline outline, double blur, int argb) implements Item {}

  private final double width;
  private final double height;
  private final List<Item> items = new ArrayList<>();

  private Canvas(double width, double height) {
    this.width = width;
    this.height = height;
  }

  /**
   * An empty, transparent canvas.
   *
   * @param width in units of the canvas, from 1 to 100 000
   * @param height in units of the canvas, from 1 to 100 000
   */
  public static Canvas of(double width, double height) {
    return new Canvas(
        Failure.requireInRange("width", "Width", width, 1, 100_000, "units"),
        Failure.requireInRange("height", "Height", height, 1, 100_000, "units"));
  }

  /** The width in units. */
  public double width() {
    return width;
  }

  /** The height in units. */
  public double height() {
    return height;
  }

  List<Item> items() {
    return items;
  }

  /** Fills the whole canvas. */
  public Canvas background(Paint paint) {
    items.add(new Fill(Outline.rectangle(0, 0, width, height), paint, true));
    return this;
  }

  /** Fills a shape; open contours are closed. */
  public Canvas fill(Outline outline, Paint paint) {
    if (!outline.isEmpty()) {
      items.add(new Fill(outline, paint, false));
    }
    return this;
  }

  /** Draws along the contours of a shape, half of the pen on each side. */
  public Canvas stroke(Outline outline, Pen pen, Paint paint) {
    if (!outline.isEmpty()) {
      items.add(new Stroke(outline, pen, paint));
    }
    return this;
  }

  /**
   * A soft copy of a shape, for what is drawn over it next. In PDF its edge is hard.
   *
   * @param outline the shape, where the shadow falls
   * @param blur standard deviation of the softness in units, from 0
   * @param argb the colour of the shadow
   */
  public Canvas shadow(Outline outline, double blur, int argb) {
    Failure.requireInRange("blur", "Blur", blur, 0, 10_000, "units");
    if (!outline.isEmpty()) {
      items.add(new Shadow(outline, blur, argb));
    }
    return this;
  }

  /**
   * The picture in a width; the height follows.
   *
   * @param widthPx from 1; both sides at most {@value #LONGEST}
   * @return a new image of {@link BufferedImage#TYPE_INT_ARGB}
   */
  public BufferedImage image(int widthPx) {
    long heightPx = Math.max(1, Math.round(widthPx * height / width));
    if (widthPx < 1 || widthPx > LONGEST || heightPx > LONGEST) {
      throw Failure.outOfRange("size", "Each side", Math.max(widthPx, heightPx), 1, LONGEST, "px");
    }
    BufferedImage image = new BufferedImage(widthPx, (int) heightPx, BufferedImage.TYPE_INT_ARGB);
    paintOn(image);
    return image;
  }

  /**
   * Draws everything over a picture, stretched to its sides.
   *
   * @param image of {@link BufferedImage#TYPE_INT_ARGB}; modified
   */
  public void paintOn(BufferedImage image) {
    if (image.getType() != BufferedImage.TYPE_INT_ARGB) {
      throw new IllegalArgumentException("The picture must be of TYPE_INT_ARGB.");
    }
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    double scaleX = image.getWidth() / width;
    double scaleY = image.getHeight() / height;
    double scale = Math.sqrt(scaleX * scaleY);
    for (Item item : items) {
      if (item instanceof Fill fill && fill.whole) {
        Brush.cover(pixels, image.getWidth(), image.getHeight(), fill.paint, scaleX, scaleY);
      } else if (item instanceof Fill fill) {
        Outline outline = fill.outline.transform(scaleX, 0, 0, scaleY, 0, 0);
        Brush.paint(
            pixels,
            image.getWidth(),
            image.getHeight(),
            Flattener.flatten(outline, TOLERANCE),
            fill.paint,
            scaleX,
            scaleY);
      } else if (item instanceof Stroke stroke) {
        Outline outline = stroke.outline.transform(scaleX, 0, 0, scaleY, 0, 0);
        Brush.paint(
            pixels,
            image.getWidth(),
            image.getHeight(),
            Stroker.stroke(
                Flattener.flatten(outline, TOLERANCE),
                stroke.pen.width * scale,
                stroke.pen.round,
                TOLERANCE),
            stroke.paint,
            scaleX,
            scaleY);
      } else if (item instanceof Shadow shadow) {
        Outline outline = shadow.outline.transform(scaleX, 0, 0, scaleY, 0, 0);
        Brush.shadow(
            pixels,
            image.getWidth(),
            image.getHeight(),
            Flattener.flatten(outline, TOLERANCE),
            shadow.blur * scale,
            shadow.argb);
      }
    }
  }

  /** The picture as a PNG file, transparent where nothing is drawn. See {@link #image}. */
  public byte[] png(int widthPx) {
    return png(image(widthPx));
  }

  /** Any picture as a PNG file. */
  public static byte[] png(BufferedImage image) {
    return new PngEncoder()
        .withBufferedImage(image)
        .withCompressionLevel(6)
        .withPredictorEncoding(true)
        .withMultiThreadedCompressionEnabled(true)
        .toBytes();
  }

  /**
   * A complete SVG document with shapes only, no fonts.
   *
   * @param title what the picture shows, for those who hear it
   */
  public String svg(String title) {
    return SvgWriter.write(this, title, width, height);
  }

  /**
   * A complete SVG document that says of itself how large it is.
   *
   * @param title what the picture shows, for those who hear it
   * @param widthPx its width, from 1 to {@value #LONGEST}; the height follows
   */
  public String svg(String title, int widthPx) {
    Failure.requireInRange("size", "Size", widthPx, 1, LONGEST, "px");
    return SvgWriter.write(this, title, widthPx, widthPx * height / width);
  }

  /**
   * A PDF of one page with the same shapes, one point a unit.
   *
   * @param title what the page shows
   * @throws Failure FAILED when it cannot be written
   */
  public byte[] pdf(String title) {
    return PdfWriter.write(this, title);
  }
}
