package dev.spanda.audio.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlacTest {

  @TempDir Path folder;

  private static byte[] bytes(FlacWriter writer, Sound sound) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(sound, out);
    return out.toByteArray();
  }

  private static int[] integers(Pcm sound, int channel, int bits) {
    float[] samples = sound.channel(channel);
    int[] integers = new int[samples.length];
    double scale = 1L << (bits - 1);
    for (int i = 0; i < samples.length; i++) {
      integers[i] = (int) Math.max(-scale, Math.min(scale - 1, Math.rint(samples[i] * scale)));
    }
    return integers;
  }

  static Stream<Arguments> sounds() {
    Pcm bowl = Signals.bowl(30_000, 1);
    Pcm left = Signals.bowl(20_000, 1);
    float[] half = left.channel(0);
    for (int i = 0; i < half.length; i++) {
      half[i] *= 0.5f;
    }
    float[] extremes = new float[9000];
    for (int i = 0; i < extremes.length; i++) {
      extremes[i] = i % 2 == 0 ? 1 : -1;
    }
    float[] click = new float[8192];
    click[4000] = 1;
    return Stream.of(
        Arguments.of("bowl", bowl),
        Arguments.of("stereo bowl", Signals.bowl(30_000, 2)),
        Arguments.of("three channels", Signals.bowl(10_000, 3)),
        Arguments.of("one channel twice", Pcm.of(SampleRate.CD, half, half)),
        Arguments.of("left louder", Pcm.of(SampleRate.CD, left.channel(0), half)),
        Arguments.of("right alone", Pcm.of(SampleRate.CD, new float[20_000], half)),
        Arguments.of("noise", Signals.noise(10_000, 2)),
        Arguments.of("low noise", Signals.lowNoise(10_000, 2)),
        Arguments.of("speech", Signals.speech(30_000, 2)),
        Arguments.of("silence", Signals.constant(10_000, 0)),
        Arguments.of("constant", Signals.constant(10_000, -0.3f)),
        Arguments.of("wasted bits", Signals.coarse(10_000)),
        Arguments.of("extremes", Pcm.of(SampleRate.CD, extremes, extremes)),
        Arguments.of(
            "opposite extremes",
            Pcm.of(SampleRate.CD, extremes, Arrays.copyOfRange(extremes, 1, 9001))),
        Arguments.of("click", Pcm.of(SampleRate.CD, click)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sounds")
  void everySampleComesBack(String name, Pcm sound) throws Exception {
    for (int bits : new int[] {16, 24}) {
      FlacDecoder back = FlacDecoder.decode(bytes(FlacWriter.of(bits), sound));
      assertThat(back.rate).isEqualTo(44_100);
      assertThat(back.bits).isEqualTo(bits);
      for (int channel = 0; channel < sound.channels(); channel++) {
        assertThat(back.samples[channel]).isEqualTo(integers(sound, channel, bits));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 15, 16, 31, 32, 33, 255, 256, 257, 4095, 4096, 4097, 8192})
  void everyLengthComesBack(int frames) throws Exception {
    Pcm sound = Signals.bowl(frames, 2);
    FlacDecoder back = FlacDecoder.decode(bytes(FlacWriter.of(16), sound));
    assertThat(back.frames).isEqualTo(frames);
    assertThat(back.samples[1]).isEqualTo(integers(sound, 1, 16));
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11_025, 44_101, 48_000, 65_537, 96_000, 250_000, 352_800, 384_000})
  void everyRateIsNamedInEveryFrame(int hz) throws Exception {
    Pcm sound = Pcm.of(new SampleRate(hz), Signals.bowl(5000, 1).channel(0));
    assertThat(FlacDecoder.decode(bytes(FlacWriter.of(16), sound)).rate).isEqualTo(hz);
  }

  @Test
  void frameNumbersOfTwoAndThreeBytesAreRead() throws Exception {
    Signals.Endless sound = new Signals.Endless(1, 4096L * 2100);
    assertThat(FlacDecoder.decode(bytes(FlacWriter.of(16), sound)).frames).isEqualTo(4096L * 2100);
  }

  @Test
  void eachKindOfSubframeAndStereoIsUsedWhereItIsShorter() throws Exception {
    assertThat(FlacDecoder.decode(bytes(FlacWriter.of(16), Signals.constant(5000, 0.1f))).seen)
        .containsExactly(true, false, false, false);
    assertThat(FlacDecoder.decode(bytes(FlacWriter.of(16), Signals.noise(8192, 1))).seen)
        .containsExactly(false, true, false, false);
    assertThat(FlacDecoder.decode(bytes(FlacWriter.of(16), Signals.bowl(8192, 1))).seen[3])
        .isTrue();
    assertThat(FlacDecoder.decode(bytes(FlacWriter.of(16), Signals.bowl(20, 1))).seen[2]).isTrue();
    float[] noise = Signals.noise(8192, 1).channel(0);
    Pcm same = Pcm.of(SampleRate.CD, noise, noise);
    assertThat(FlacDecoder.decode(bytes(FlacWriter.of(16), same)).assignments[8]).isTrue();
  }

  @Test
  void theFileTheStreamAndTheCountAgree() throws IOException {
    Pcm sound = Signals.bowl(30_000, 2);
    Path file = folder.resolve("bowl.flac");
    FlacWriter.of(24).write(sound, file);
    byte[] stream = bytes(FlacWriter.of(24), sound);
    assertThat(Files.readAllBytes(file)).isEqualTo(stream);
    assertThat(FlacWriter.of(24).lengthInBytes(sound)).isEqualTo(stream.length);
    try (var names = Files.list(folder)) {
      assertThat(names).containsExactly(file);
    }
  }

  @Test
  void ditheredSamplesAreThoseOfTheWavFile() throws Exception {
    Pcm sound = Signals.bowl(9000, 2);
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    WavWriter.of(WavFormat.PCM16).withDither(77).write(sound, wav);
    Pcm back = WavReader.read(new java.io.ByteArrayInputStream(wav.toByteArray()), 1 << 20);
    FlacDecoder flac = FlacDecoder.decode(bytes(FlacWriter.of(16).withDither(77), sound));
    assertThat(flac.samples[1]).isEqualTo(integers(back, 1, 16));
  }

  @Test
  void aWidthOrANumberOfChannelsThatIsNotWrittenIsRefused() {
    assertThatThrownBy(() -> FlacWriter.of(20)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> FlacWriter.of(16).lengthInBytes(Signals.noise(5, 9)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("9");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sounds")
  void theReferenceDecoderReadsTheSameSamples(String name, Pcm sound) throws Exception {
    requireFlac();
    for (int bits : new int[] {16, 24}) {
      Path file = folder.resolve("ours.flac");
      FlacWriter.of(bits).write(sound, file);
      run("flac", "-s", "-t", "--warnings-as-errors", file.toString());
      Path decoded = folder.resolve("decoded.wav");
      run("flac", "-s", "-d", "-f", file.toString(), "-o", decoded.toString());
      Pcm back = WavReader.read(decoded);
      for (int channel = 0; channel < sound.channels(); channel++) {
        assertThat(integers(back, channel, bits)).isEqualTo(integers(sound, channel, bits));
      }
    }
  }

  @Test
  void theSizeIsWithinOnePercentOfTheReferenceEncoder() throws Exception {
    requireFlac();
    List<Pcm> sounds =
        List.of(
            Signals.bowl(441_000, 1),
            Signals.bowl(441_000, 2),
            Signals.noise(100_000, 2),
            Signals.noise(100_000, 1),
            Signals.lowNoise(200_000, 1),
            Signals.lowNoise(200_000, 2),
            Signals.speech(441_000, 1),
            Signals.speech(441_000, 2));
    for (Pcm sound : sounds) {
      for (int bits : new int[] {16, 24}) {
        Path wav = folder.resolve("in.wav");
        WavWriter.of(bits == 16 ? WavFormat.PCM16 : WavFormat.PCM24).write(sound, wav);
        Path reference = folder.resolve("reference.flac");
        run("flac", "-s", "-5", "-f", "--no-padding", wav.toString(), "-o", reference.toString());
        assertThat((double) FlacWriter.of(bits).lengthInBytes(sound))
            .isLessThan(1.01 * Files.size(reference));
      }
    }
  }

  private static void requireFlac() {
    boolean present;
    try {
      present = new ProcessBuilder("flac", "--version").start().waitFor(20, TimeUnit.SECONDS);
    } catch (IOException | InterruptedException e) {
      present = false;
    }
    if (!present) {
      System.err.println("SKIPPED: the flac tool is not installed; our own decoder has checked");
    }
    Assumptions.assumeTrue(present, "the flac tool is not installed (apt-get install flac)");
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
