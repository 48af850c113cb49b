package dev.spanda.media.canvas;

import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pixels as picture files. */
final class PictureWriter {

  private PictureWriter() {}

  static byte[] write(BufferedImage image, Resizer.Format format, Resizer.Plan plan) {
    if (format == Resizer.Format.PNG) {
      return Canvas.png(opaque(image) ? solid(image, plan.background()) : image);
    }
    if (format == Resizer.Format.WEBP) {
      return WebpWriter.write(PictureReader.pixels(image), image.getWidth(), image.getHeight());
    }
    BufferedImage solid = solid(image, plan.background());
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format.name()).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (format == Resizer.Format.JPEG) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality((float) plan.quality());
      }
      writer.write(null, new IIOImage(solid, null, null), parameters);
    } catch (IOException broken) {
      throw Failure.of(Failure.Reason.FAILED, "picture", "The picture could not be written")
          .causedBy(broken);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static boolean opaque(BufferedImage image) {
    int and = -1;
    for (int pixel : PictureReader.pixels(image)) {
      and &= pixel;
    }
    return and >>> 24 == 255;
  }

  /** The picture over its background without alpha; white where that is transparent too. */
  private static BufferedImage solid(BufferedImage image, int background) {
    int paper = Brush.over(0xFFFFFFFF, background, 1);
    int width = image.getWidth();
    int[] pixels = PictureReader.pixels(image);
    int[] row = new int[width];
    BufferedImage solid = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        row[x] = Brush.over(paper, pixels[y * width + x], 1);
      }
      solid.getRaster().setDataElements(0, y, width, 1, row);
    }
    return solid;
  }
}
