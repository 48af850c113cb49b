package dev.spanda.biofield.capture;

import dev.spanda.biofield.Frame;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures made here, and files of them written by the JDK. */
final class Samples {

  private Samples() {}

  /** A smooth picture with some structure in every channel. */
  static BufferedImage scene(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 255 * x / Math.max(1, width - 1);
        int green = 255 * y / Math.max(1, height - 1);
        int blue = (int) (127 + 127 * StrictMath.sin((x + 2.0 * y) / 7));
        image.setRGB(x, y, 0xFF << 24 | red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  static Frame frame(BufferedImage image) {
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    return Frame.of(width, image.getHeight(), pixels);
  }

  static int[] readByTheJdk(byte[] bytes) {
    try {
      return frame(Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes)))).pixels();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] write(String format, BufferedImage image, Consumer<ImageWriteParam> settings) {
    return write(format, new IIOImage(image, null, null), settings);
  }

  /** The bands as they are, without colour conversion. */
  static byte[] writeBands(Raster raster) {
    return write(
        "jpeg",
        new IIOImage(raster, null, null),
        param -> {
          param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          param.setCompressionQuality(1);
        });
  }

  private static byte[] write(String format, IIOImage image, Consumer<ImageWriteParam> settings) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      settings.accept(param);
      writer.setOutput(out);
      writer.write(null, image, param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The JPEG with one more segment right after its start. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    byte[] longer = new byte[jpeg.length + 4 + content.length];
    longer[0] = (byte) 0xFF;
    longer[1] = (byte) 0xD8;
    longer[2] = (byte) 0xFF;
    longer[3] = (byte) marker;
    longer[4] = (byte) (content.length + 2 >> 8);
    longer[5] = (byte) (content.length + 2);
    System.arraycopy(content, 0, longer, 6, content.length);
    System.arraycopy(jpeg, 2, longer, 6 + content.length, jpeg.length - 2);
    return longer;
  }

  static Frame astronaut() {
    try (InputStream in =
        Objects.requireNonNull(
            Samples.class.getResourceAsStream("/reference/pictures/photo_astronaut.png"))) {
      return Pictures.decode(in.readAllBytes()).frame();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
