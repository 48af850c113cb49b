package dev.spanda.biofield.series;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** The recorded series and what other packages say about them. */
final class ReferenceSeries {

  static final List<String> NAMES =
      List.of(
          "white_1000",
          "fgn03_1000",
          "fgn07_1000",
          "lorenz_x_1000",
          "logistic4_1000",
          "sine_1000",
          "white_4000",
          "fgn03_4000",
          "fgn07_4000",
          "lorenz_x_4000",
          "logistic4_4000",
          "sine_4000");

  private static final Properties GOLDEN = golden();

  private ReferenceSeries() {}

  static double[] read(String name) {
    try (InputStream in = open(name + ".f64")) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      double[] series = new double[bytes.remaining() / Double.BYTES];
      bytes.asDoubleBuffer().get(series);
      return series;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean has(String key) {
    return GOLDEN.containsKey(key);
  }

  static String text(String key) {
    String value = GOLDEN.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("no golden value " + key);
    }
    return value;
  }

  static double number(String key) {
    return Double.parseDouble(text(key));
  }

  static double[] numbers(String key) {
    return Arrays.stream(text(key).split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  static long[] integers(String key) {
    return Arrays.stream(text(key).split(" ")).mapToLong(Long::parseLong).toArray();
  }

  private static InputStream open(String file) {
    InputStream in = ReferenceSeries.class.getResourceAsStream("/reference/series/" + file);
    if (in == null) {
      throw new IllegalStateException("no resource " + file);
    }
    return in;
  }

  private static Properties golden() {
    Properties golden = new Properties();
    try (InputStream in = open("golden.properties")) {
      golden.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return golden;
  }
}
