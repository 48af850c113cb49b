package dev.spanda.audio.play;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;

/**
 * The sound card, through {@code javax.sound.sampled}. Samples are sent as integers of 16 or 24
 * bits, since ALSA lines refuse floats; rounding is that of {@link WavFormat}. The line buffers a
 * tenth of a second. Immutable and thread-safe.
 */
public final class JavaSoundOutput implements AudioOutput {

  private static final String INSTALL =
      "Connect a sound card and, on Linux, install libasound2 and a JDK that is not headless; or"
          + " choose the virtual output, which is silent and needs no device.";

  private final @Nullable String mixer;
  private final WavFormat format;

  private JavaSoundOutput(@Nullable String mixer, WavFormat format) {
    this.mixer = mixer;
    this.format = format;
  }

  /** The mixer that the platform prefers, 16 bits. */
  public static JavaSoundOutput ofDefaultMixer() {
    return new JavaSoundOutput(null, WavFormat.PCM16);
  }

  /**
   * The first mixer whose name contains the given words, 16 bits; {@link #mixers()} lists them.
   * That there is no such mixer is found out when a line is opened.
   *
   * @param name case does not matter
   */
  public static JavaSoundOutput ofMixer(String name) {
    return new JavaSoundOutput(Objects.requireNonNull(name), WavFormat.PCM16);
  }

  /**
   * A copy that sends samples of another width.
   *
   * @param bitsPerSample 16 or 24
   * @throws Failure INVALID when it is another number
   */
  public JavaSoundOutput withBitsPerSample(int bitsPerSample) {
    return switch (bitsPerSample) {
      case 16 -> new JavaSoundOutput(mixer, WavFormat.PCM16);
      case 24 -> new JavaSoundOutput(mixer, WavFormat.PCM24);
      default ->
          throw Failure.invalid(
              "bits_per_sample",
              bitsPerSample,
              "Sound cards take 16 or 24 bits; " + bitsPerSample + " were asked for");
    };
  }

  /**
   * The names of the mixers that can play on this machine, best first; empty when there is none.
   */
  public static List<String> mixers() {
    List<String> names = new ArrayList<>();
    try {
      for (Mixer.Info info : AudioSystem.getMixerInfo()) {
        if (plays(info)) {
          names.add(info.getName());
        }
      }
    } catch (LinkageError | RuntimeException noSoundHere) {
      return List.of();
    }
    return List.copyOf(names);
  }

  private static boolean plays(Mixer.Info info) {
    for (javax.sound.sampled.Line.Info line : AudioSystem.getMixer(info).getSourceLineInfo()) {
      if (line.getLineClass() == SourceDataLine.class) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Opening open(SampleRate rate, int channels) {
    int bytes = channels * format.bytesPerSample();
    AudioFormat wanted =
        new AudioFormat(
            AudioFormat.Encoding.PCM_SIGNED,
            rate.hz(),
            format.bitsPerSample(),
            channels,
            bytes,
            rate.hz(),
            false);
    String sought =
        (mixer == null ? "a line of the default mixer" : "a line of mixer \"" + mixer + "\"")
            + String.format(
                Locale.ROOT,
                " for %d Hz, %d bits, %d channels",
                rate.hz(),
                format.bitsPerSample(),
                channels);
    SourceDataLine line = null;
    try {
      line = find(wanted);
      if (line == null) {
        List<String> present = mixers();
        return new NoDevice(
            "Looked for " + sought + "; the mixers here are " + present,
            present.isEmpty() ? INSTALL : "Choose one of these mixers, or the virtual output.");
      }
      line.open(wanted, bytes * Math.max(1, rate.hz() / 10));
      line.start();
      return new Opened(new JavaSoundLine(line, format, channels));
    } catch (LineUnavailableException busy) {
      return new NoDevice(
          "Looked for " + sought + "; it is busy or cannot be opened: " + busy.getMessage(),
          "Close the program that uses the device, choose another mixer, or the virtual output.");
    } catch (IllegalArgumentException | SecurityException none) {
      return new NoDevice("Looked for " + sought + "; " + none.getMessage(), INSTALL);
    } catch (LinkageError none) {
      return new NoDevice(
          "Looked for " + sought + "; this JDK was built without sound: " + none.getMessage(),
          INSTALL);
    }
  }

  private @Nullable SourceDataLine find(AudioFormat wanted) throws LineUnavailableException {
    DataLine.Info info = new DataLine.Info(SourceDataLine.class, wanted);
    if (mixer == null) {
      return (SourceDataLine) AudioSystem.getLine(info);
    }
    String words = mixer.toLowerCase(Locale.ROOT);
    for (Mixer.Info candidate : AudioSystem.getMixerInfo()) {
      if (candidate.getName().toLowerCase(Locale.ROOT).contains(words) && plays(candidate)) {
        return (SourceDataLine) AudioSystem.getMixer(candidate).getLine(info);
      }
    }
    return null;
  }

  /** One open line of the sound card. */
  private static final class JavaSoundLine implements Line {

    private final SourceDataLine line;
    private final WavFormat format;
    private final int channels;
    private final AtomicLong played = new AtomicLong();
    private byte[] bytes = {};
    private volatile boolean closed;

    JavaSoundLine(SourceDataLine line, WavFormat format, int channels) {
      this.line = line;
      this.format = format;
      this.channels = channels;
    }

    @Override
    public String device() {
      return line.getLineInfo().toString();
    }

    @Override
    public void write(float[][] samples, int count) {
      int length = count * channels * format.bytesPerSample();
      if (bytes.length < length) {
        bytes = new byte[length];
      }
      format.encode(samples, 0, count, bytes, 0);
      int taken = line.write(bytes, 0, length);
      if (taken < length && !closed && !line.isOpen()) {
        throw Failure.of(
            Failure.Reason.UNAVAILABLE, "audio_device", "The sound device has vanished");
      }
    }

    @Override
    public long played() {
      return closed
          ? played.get()
          : played.accumulateAndGet(line.getLongFramePosition(), Math::max);
    }

    @Override
    public void pause() {
      line.stop();
    }

    @Override
    public void resume() {
      line.start();
    }

    @Override
    public void flush() {
      line.flush();
    }

    @Override
    public void close() {
      closed = true;
      line.stop();
      line.flush();
      line.close();
    }
  }
}
