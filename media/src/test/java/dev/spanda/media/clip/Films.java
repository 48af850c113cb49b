package dev.spanda.media.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Small films that ffmpeg draws, and what ffmpeg itself says about films: the outside view. */
final class Films {

  static final int WIDTH = 320;
  static final int HEIGHT = 180;
  static final int FRAME_BYTES = WIDTH * HEIGHT * 3 / 2;
  static final int SECONDS = 6;

  /** How each film is made, by name. */
  private static final Map<String, List<String>> RECIPES = new TreeMap<>();

  private static final List<String> AAC = List.of("-c:a", "aac", "-b:a", "96k");

  static {
    film("closed-30", "30", "keyint=30:bframes=3:open-gop=0", AAC);
    film("open-30", "30", "keyint=30:bframes=3:open-gop=1", AAC);
    film("pyramid-30", "30", "keyint=45:bframes=7:b-pyramid=normal:ref=4:b-adapt=0", AAC);
    film("plain-30", "30", "keyint=60:bframes=0", AAC);
    film("long-30", "30", "keyint=250:bframes=3", AAC);
    film("film-23.976", "24000/1001", "keyint=48:bframes=3", AAC);
    film("ntsc-29.97", "30000/1001", "keyint=30:bframes=2", AAC);
    film("fast-60", "60", "keyint=60:bframes=3", AAC);
    film("opus-30", "30", "keyint=30:bframes=3", List.of("-c:a", "libopus", "-b:a", "64k"));
    film("silent-25", "25", "keyint=25:bframes=3", List.of("-an"));
    film("rotated-30", "30", "keyint=30:bframes=3", AAC);
    film("variable", "30", "keyint=30:bframes=3", AAC);
  }

  private static void film(String name, String rate, String x264, List<String> sound) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=" + WIDTH + "x" + HEIGHT + ":rate=" + rate + ":duration=" + SECONDS));
    if (!sound.contains("-an")) {
      command.addAll(
          List.of("-f", "lavfi", "-i", "aevalsrc=0.3*sin(2*PI*(300+40*t)*t):s=48000:d=" + SECONDS));
    }
    if (name.equals("variable")) {
      // Frames fall out and the others come early or late, as in a recording of a screen.
      command.addAll(
          List.of(
              "-vf",
              "select='mod(n,5)*mod(n,7)',setpts='PTS+mod(N*7,5)*0.004/TB'",
              "-fps_mode",
              "passthrough",
              "-enc_time_base",
              "1/90000",
              "-video_track_timescale",
              "90000"));
    }
    command.addAll(
        List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"));
    command.addAll(List.of("-x264-params", x264 + ":scenecut=0"));
    command.addAll(sound);
    RECIPES.put(name, List.copyOf(command));
  }

  private static final Map<String, Path> MADE = new TreeMap<>();

  private Films() {}

  static List<String> names() {
    return List.copyOf(RECIPES.keySet());
  }

  /** Skips a test where there is no ffmpeg, or none that draws these films. */
  static Ffmpeg requireFfmpeg() {
    try {
      Ffmpeg ffmpeg = Ffmpeg.find(java.util.Optional.empty());
      Assumptions.assumeTrue(
          ffmpeg.encoders().contains("libx264"), "needs an ffmpeg with libx264 to draw films");
      return ffmpeg;
    } catch (dev.spanda.core.Failure e) {
      Assumptions.abort("needs ffmpeg: " + e.getMessage());
      throw e;
    }
  }

  /** The film of that name, which is made once. */
  static synchronized Path film(String name) throws Exception {
    Path known = MADE.get(name);
    if (known == null) {
      Path folder = folder();
      Path file = folder.resolve(name + ".mp4");
      List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
      command.addAll(RECIPES.get(name));
      command.add(file.toString());
      run(command);
      if (name.startsWith("rotated")) {
        Path turned = folder.resolve(name + "-turned.mp4");
        run(
            List.of(
                "ffmpeg",
                "-v",
                "error",
                "-y",
                "-i",
                file.toString(),
                "-c",
                "copy",
                "-metadata:s:v:0",
                "rotate=90",
                turned.toString()));
        file = turned;
      }
      known = file;
      MADE.put(name, known);
    }
    return known;
  }

  /** A new folder, which the build throws away. */
  static Path folder() throws IOException {
    return Files.createTempDirectory(
        Files.createDirectories(Path.of("target", "films")).toAbsolutePath(), "films");
  }

  /** Runs a program and gives what it printed. */
  static byte[] run(List<String> command) throws Exception {
    Path errors = Files.createTempFile("films", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = process.getInputStream()) {
      in.transferTo(out);
    }
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, Files.readString(errors)).isZero();
    Files.delete(errors);
    return out.toByteArray();
  }

  /**
   * What ffprobe says of the pictures.
   *
   * @param times when each frame is shown, in µs from the start of the file, in rising order
   * @param seconds how long they are shown
   */
  record Told(long[] times, double seconds) {}

  static Told told(Path file) throws Exception {
    String text =
        new String(
            run(
                List.of(
                    "ffprobe",
                    "-v",
                    "error",
                    "-select_streams",
                    "v:0",
                    "-show_entries",
                    "format=start_time:stream=duration:frame=pts_time",
                    "-of",
                    "flat",
                    file.toString())),
            StandardCharsets.UTF_8);
    long origin = 0;
    double seconds = Double.NaN;
    List<Long> times = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      String value = line.substring(equals + 1).replace("\"", "");
      if (line.startsWith("format.start_time")) {
        origin = Math.round(Double.parseDouble(value) * 1e6);
      } else if (line.startsWith("streams.stream.0.duration")) {
        seconds = Double.parseDouble(value);
      } else if (line.contains(".pts_time")) {
        times.add(Math.round(Double.parseDouble(value) * 1e6));
      }
    }
    long first = origin;
    return new Told(times.stream().mapToLong(time -> time - first).sorted().toArray(), seconds);
  }

  /** Every frame as ffmpeg decodes it: planes Y, U and V of 8 bits. */
  static byte[][] frames(Path file) throws Exception {
    byte[] all =
        run(
            List.of(
                "ffmpeg",
                "-v",
                "error",
                "-noautorotate",
                "-i",
                file.toString(),
                "-map",
                "0:v:0",
                "-fps_mode",
                "passthrough",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-"));
    assertThat(all.length % FRAME_BYTES).isZero();
    byte[][] frames = new byte[all.length / FRAME_BYTES][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = Arrays.copyOfRange(all, i * FRAME_BYTES, (i + 1) * FRAME_BYTES);
    }
    return frames;
  }

  /** The sound as ffmpeg decodes it: one channel, 16 bits, 48 kHz. */
  static short[] sound(Path file) throws Exception {
    byte[] all =
        run(
            List.of(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-map",
                "0:a:0",
                "-f",
                "s16le",
                "-ac",
                "1",
                "-ar",
                "48000",
                "-"));
    short[] samples = new short[all.length / 2];
    java.nio.ByteBuffer.wrap(all)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .get(samples);
    return samples;
  }

  static boolean hasSound(String name) {
    return !RECIPES.get(name).contains("-an");
  }

  /** Peak signal to noise, in dB over all planes; infinite for equal frames. */
  static double psnr(byte[] one, byte[] two) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = (one[i] & 255) - (two[i] & 255);
      sum += difference * difference;
    }
    return sum == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(255.0 * 255 * one.length / sum);
  }
}
