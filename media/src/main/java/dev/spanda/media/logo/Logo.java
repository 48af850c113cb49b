package dev.spanda.media.logo;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Canvas;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** A logo that was drawn. The same plan gives the same picture on every machine. */
public final class Logo {

  private final Canvas canvas;
  private final LogoPlan plan;
  private final Optional<Icon> icon;
  private final double contrast;

  Logo(Canvas canvas, LogoPlan plan, Optional<Icon> icon, double contrast) {
    this.canvas = canvas;
    this.plan = plan;
    this.icon = icon;
    this.contrast = contrast;
  }

  /** The width in units; SVG and PDF have it as their size. */
  public double width() {
    return canvas.width();
  }

  /** The height in units. */
  public double height() {
    return canvas.height();
  }

  /** What was asked for. */
  public LogoPlan plan() {
    return plan;
  }

  /** The icon that was chosen or given; none for a geometric mark. */
  public Optional<Icon> icon() {
    return icon;
  }

  /** The least contrast between letters and what they stand on, by WCAG 2.2; at least 4.5. */
  public double contrast() {
    return contrast;
  }

  /**
   * The picture as a PNG file.
   *
   * @param size its longer side in px, from 16 to 8000
   */
  public byte[] png(int size) {
    return Canvas.png(image(size));
  }

  /**
   * The picture as pixels.
   *
   * @param size its longer side in px, from 16 to 8000
   */
  public BufferedImage image(int size) {
    Failure.requireInRange("size", "Size", size, 16, Canvas.LONGEST, "px");
    double share = width() >= height() ? 1 : width() / height();
    return canvas.image((int) Math.max(1, Math.round(size * share)));
  }

  /** The picture as a complete SVG document, letters as shapes. */
  public String svg() {
    return canvas.svg(plan.text());
  }

  /** The picture as a PDF of one page, letters as shapes. */
  public byte[] pdf() {
    return canvas.pdf(plan.text());
  }
}
