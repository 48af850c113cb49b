package dev.spanda.audio.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavReader;
import dev.spanda.audio.file.WavWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays through ALSA's file plugin, which writes down what a sound card would have received. */
class AlsaPlaybackTest {

  @TempDir Path folder;

  private static Pcm sound() {
    float[] left = new float[100_003];
    float[] right = new float[100_003];
    for (int i = 0; i < left.length; i++) {
      left[i] = (float) (0.5 * Math.sin(i * 0.02) + 0.3 * Math.sin(i * 0.31));
      right[i] = (i * 7919 % 65_536 - 32_768) / 32768f;
    }
    return Pcm.of(SampleRate.STUDIO, left, right);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24})
  void theDeviceReceivesEveryBit(int bits) throws Exception {
    Path sent = folder.resolve("sent.wav");
    Path capture = folder.resolve("capture.wav");
    WavWriter.of(bits == 16 ? WavFormat.PCM16 : WavFormat.PCM24).write(sound(), sent);
    int exit =
        play(
            sent,
            bits,
            "</usr/share/alsa/alsa.conf>\npcm.!default { type file slave.pcm \"null\" file \""
                + capture
                + "\" format \"wav\" }\n");
    boolean played = exit != AlsaPlayback.NO_DEVICE;
    if (!played) {
      System.err.println(
          "SKIPPED: no ALSA here; bit-exact playback was not tested"
              + " (apt-get install libasound2 libasound2-plugins, and a JDK that is not headless)");
    }
    Assumptions.assumeTrue(played, "no ALSA file plugin");
    assertThat(exit).isZero();
    // The plugin's header counts whole buffers, so the bytes after it are compared.
    byte[] expected = data(sent);
    byte[] received = data(capture);
    assertThat(received.length).isGreaterThanOrEqualTo(expected.length);
    assertThat(java.util.Arrays.copyOf(received, expected.length)).isEqualTo(expected);
    for (int i = expected.length; i < received.length; i++) {
      assertThat(received[i]).isZero();
    }
    assertThat(WavReader.read(sent).channels()).isEqualTo(2);
  }

  @Test
  void withoutADeviceThePlayerSaysSo() throws Exception {
    Path sent = folder.resolve("sent.wav");
    WavWriter.of(WavFormat.PCM16).write(sound(), sent);
    // A configuration that defines no device at all.
    assertThat(play(sent, 16, "pcm.none { type null }\n")).isEqualTo(AlsaPlayback.NO_DEVICE);
  }

  private static byte[] data(Path wav) throws Exception {
    byte[] all = Files.readAllBytes(wav);
    for (int i = 12; i < all.length - 8; i++) {
      if (all[i] == 'd' && all[i + 1] == 'a' && all[i + 2] == 't' && all[i + 3] == 'a') {
        return java.util.Arrays.copyOfRange(all, i + 8, all.length);
      }
    }
    throw new AssertionError("no data chunk in " + wav);
  }

  private int play(Path wav, int bits, String configuration) throws Exception {
    Path alsa = folder.resolve("alsa.conf");
    Files.writeString(alsa, configuration);
    ProcessBuilder child =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AlsaPlayback.class.getName(),
                wav.toString(),
                Integer.toString(bits)));
    child.environment().put("ALSA_CONFIG_PATH", alsa.toString());
    child.redirectErrorStream(true).redirectOutput(folder.resolve("child.log").toFile());
    Process process = child.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    System.out.print(Files.readString(folder.resolve("child.log")));
    return process.exitValue();
  }
}
