package dev.spanda.audio.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.core.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WavTest {

  @TempDir Path folder;

  private static byte[] bytes(WavWriter writer, dev.spanda.audio.Sound sound) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(sound, out);
    return out.toByteArray();
  }

  private static Pcm read(byte[] file) throws IOException {
    return WavReader.read(new ByteArrayInputStream(file), 1 << 24);
  }

  private static void assertRefused(byte[] file, Failure.Reason reason, String words) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason))
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @EnumSource(WavFormat.class)
  void everyFormatComesBackWithinHalfAStep(WavFormat format) throws IOException {
    for (int channels = 1; channels <= 3; channels++) {
      Pcm sound = Signals.bowl(20_001, channels);
      byte[] file = bytes(WavWriter.of(format), sound);
      assertThat(file).hasSize((int) WavWriter.of(format).lengthInBytes(sound));
      Pcm back = read(file);
      assertThat(back.channels()).isEqualTo(channels);
      assertThat(back.sampleRate()).isEqualTo(SampleRate.CD);
      assertThat(back.frames()).isEqualTo(20_001);
      double half = format == WavFormat.FLOAT32 ? 0 : Math.scalb(0.5, 1 - format.bitsPerSample());
      // 32 bits are finer than a float of this size.
      double tolerance = Math.max(half, format == WavFormat.FLOAT32 ? 0 : 0x1p-25);
      for (int channel = 0; channel < channels; channel++) {
        float[] before = sound.channel(channel);
        float[] after = back.channel(channel);
        for (int i = 0; i < before.length; i++) {
          assertThat(Math.abs(after[i] - before[i])).isLessThanOrEqualTo((float) tolerance);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WavFormat.class)
  void whatWasReadIsWrittenBackBitForBit(WavFormat format) throws IOException {
    byte[] file = bytes(WavWriter.of(format), Signals.bowl(9001, 2));
    assertThat(bytes(WavWriter.of(format), read(file))).isEqualTo(file);
  }

  @Test
  void samplesAreRoundedToTheNearestStepAndClipped() throws IOException {
    float step = 1 / 32768f;
    Pcm sound =
        Pcm.of(
            SampleRate.CD,
            new float[] {
              0,
              step,
              1.49f * step,
              1.51f * step,
              2.5f * step,
              -1.51f * step,
              1,
              -1,
              7,
              -7,
              Float.NaN,
              Float.POSITIVE_INFINITY,
              Float.NEGATIVE_INFINITY,
              0.99999f
            });
    ByteBuffer file =
        ByteBuffer.wrap(bytes(WavWriter.of(WavFormat.PCM16), sound)).order(ByteOrder.LITTLE_ENDIAN);
    short[] values = new short[14];
    file.position(44).asShortBuffer().get(values);
    assertThat(values)
        .containsExactly(0, 1, 1, 2, 2, -2, 32767, -32768, 32767, -32768, 0, 32767, -32768, 32767);
  }

  @Test
  void theHeaderOfASmallFileIsTheCanonical44Bytes() throws IOException {
    byte[] file = bytes(WavWriter.of(WavFormat.PCM16), Signals.constant(2, 0.5f));
    assertThat(file)
        .containsExactly(
            'R',
            'I',
            'F',
            'F',
            40,
            0,
            0,
            0,
            'W',
            'A',
            'V',
            'E',
            'f',
            'm',
            't',
            ' ',
            16,
            0,
            0,
            0,
            1,
            0,
            1,
            0,
            0x44,
            (byte) 0xac,
            0,
            0,
            (byte) 0x88,
            0x58,
            1,
            0,
            2,
            0,
            16,
            0,
            'd',
            'a',
            't',
            'a',
            4,
            0,
            0,
            0,
            0,
            0x40,
            0,
            0x40);
  }

  @Test
  void anOddNumberOfDataBytesIsPadded() throws IOException {
    byte[] file = bytes(WavWriter.of(WavFormat.PCM24), Signals.constant(3, 0.25f));
    assertThat(file.length % 2).isZero();
    assertThat(file[file.length - 1]).isZero();
    assertThat(read(file).channel(0)).containsExactly(0.25f, 0.25f, 0.25f);
  }

  @Test
  void anEmptySoundIsAFileOfNoFrames() throws IOException {
    assertThat(read(bytes(WavWriter.of(WavFormat.PCM16), Signals.constant(0, 0))).frames())
        .isZero();
  }

  @Test
  void everyRangeIsThatPartOfTheWholeFile() throws IOException {
    for (WavWriter writer :
        new WavWriter[] {
          WavWriter.of(WavFormat.PCM24), WavWriter.of(WavFormat.PCM16).withDither(5)
        }) {
      Pcm sound = Signals.bowl(40_001, 1);
      byte[] whole = bytes(writer, sound);
      Random random = new Random(1);
      for (int i = 0; i < 200; i++) {
        int first = i < 50 ? i : random.nextInt(whole.length);
        int count = random.nextInt(whole.length - first + 1);
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        writer.write(sound, first, count, part);
        assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(whole, first, first + count));
      }
    }
  }

  @Test
  void aRangeBeyondTheEndIsRefused() {
    Pcm sound = Signals.constant(10, 0);
    assertThatThrownBy(
            () -> WavWriter.of(WavFormat.PCM16).write(sound, 60, 5, new ByteArrayOutputStream()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void ditherIsTheSameForTheSameSeedAndWithinThreeHalvesOfAStep() throws IOException {
    Pcm sound = Signals.bowl(30_000, 2);
    byte[] first = bytes(WavWriter.of(WavFormat.PCM16).withDither(1), sound);
    assertThat(bytes(WavWriter.of(WavFormat.PCM16).withDither(1), sound)).isEqualTo(first);
    assertThat(bytes(WavWriter.of(WavFormat.PCM16).withDither(2), sound)).isNotEqualTo(first);
    float[] before = sound.channel(1);
    float[] after = read(first).channel(1);
    for (int i = 0; i < before.length; i++) {
      assertThat(Math.abs(after[i] - before[i])).isLessThanOrEqualTo(1.5f / 32768);
    }
  }

  @Test
  void ditherIsTriangularWithMeanZeroAndVarianceASixth() {
    double sum = 0;
    double squares = 0;
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      double value = Quantizer.triangle(42, i);
      sum += value;
      squares += value * value;
    }
    // Five standard errors of the mean and of the mean square.
    assertThat(sum / n).isBetween(-0.0046, 0.0046);
    assertThat(squares / n).isBetween(1 / 6.0 - 0.0023, 1 / 6.0 + 0.0023);
  }

  @Test
  void aFileAbove4GibIsRf64WithTheTrueSizes() throws IOException {
    Signals.Endless sound = new Signals.Endless(2, 1_500_000_000L);
    WavWriter writer = WavWriter.of(WavFormat.PCM16);
    assertThat(writer.lengthInBytes(sound)).isEqualTo(6_000_000_080L);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(sound, 0, 84, out);
    ByteBuffer head = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(out.toByteArray(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RF64");
    assertThat(head.getInt(4)).isEqualTo(-1);
    assertThat(new String(out.toByteArray(), 12, 4, StandardCharsets.US_ASCII)).isEqualTo("ds64");
    assertThat(head.getInt(16)).isEqualTo(28);
    assertThat(head.getLong(20)).isEqualTo(6_000_000_072L);
    assertThat(head.getLong(28)).isEqualTo(6_000_000_000L);
    assertThat(head.getLong(36)).isEqualTo(1_500_000_000L);
    assertThat(head.getInt(76)).isEqualTo(-1);
  }

  @Test
  void theLargestRiffFileAndTheSmallestRf64FileAreToldApart() {
    // 2 bytes a frame and 36 bytes between the RIFF size and the samples.
    long most = (0xffff_fffeL - 36) / 2;
    WavWriter writer = WavWriter.of(WavFormat.PCM16);
    assertThat(writer.lengthInBytes(new Signals.Endless(1, most))).isEqualTo(44 + most * 2);
    assertThat(writer.lengthInBytes(new Signals.Endless(1, most + 1))).isEqualTo(82 + most * 2);
  }

  @Test
  void theLastFramesOfAnRf64FileAreRead() throws IOException {
    Signals.Endless sound = new Signals.Endless(2, 1_200_000_000L);
    WavWriter writer = WavWriter.of(WavFormat.PCM16);
    long length = writer.lengthInBytes(sound);
    Path file = folder.resolve("long.wav");
    // A file with a hole: only its header and its last bytes are on the disk.
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      ByteArrayOutputStream part = new ByteArrayOutputStream();
      writer.write(sound, 0, 100, part);
      sparse.write(part.toByteArray());
      part.reset();
      writer.write(sound, length - 4000, 4000, part);
      sparse.seek(length - 4000);
      sparse.write(part.toByteArray());
    }
    try (WavReader reader = WavReader.open(file)) {
      assertThat(reader.frames()).isEqualTo(1_200_000_000L);
      float[][] back = new float[2][1000];
      float[][] expected = new float[2][1000];
      reader.fork().read(1_200_000_000L - 900, back, 0, 1000);
      sound.read(1_200_000_000L - 900, expected, 0, 1000);
      assertThat(back).isDeepEqualTo(expected);
    }
  }

  @Test
  void aStreamOfUnknownLengthIsReadToItsEnd() throws IOException {
    Pcm sound = Signals.bowl(10_000, 2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WavStream stream = WavWriter.of(WavFormat.FLOAT32).stream(SampleRate.CD, 2, out)) {
      float[][] block = {sound.channel(0), sound.channel(1)};
      stream.write(block, 0, 4000);
      stream.write(block, 4000, 6000);
      assertThat(stream.frames()).isEqualTo(10_000);
    }
    Pcm back = read(out.toByteArray());
    assertThat(back.channel(0)).isEqualTo(sound.channel(0));
    assertThat(back.channel(1)).isEqualTo(sound.channel(1));
  }

  @Test
  void aPathIsReplacedWholeAndNothingElseStays() throws IOException {
    Path file = folder.resolve("bowl.wav");
    Files.writeString(file, "old");
    WavWriter.of(WavFormat.PCM16).write(Signals.bowl(50_000, 1), file);
    assertThat(WavReader.read(file).frames()).isEqualTo(50_000);
    try (var names = Files.list(folder)) {
      assertThat(names).containsExactly(file);
    }
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("bowl.wav");
    Files.writeString(file, "old");
    dev.spanda.audio.Sound broken =
        new dev.spanda.audio.Sound() {
          @Override
          public SampleRate sampleRate() {
            return SampleRate.CD;
          }

          @Override
          public int channels() {
            return 1;
          }

          @Override
          public long frames() {
            return 100_000;
          }

          @Override
          public void read(long firstFrame, float[][] into, int offset, int count) {
            if (firstFrame > 50_000) {
              throw new IllegalStateException("broken");
            }
          }

          @Override
          public dev.spanda.audio.Sound fork() {
            return this;
          }
        };
    assertThatThrownBy(() -> WavWriter.of(WavFormat.PCM16).write(broken, file))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Files.readString(file)).isEqualTo("old");
    try (var names = Files.list(folder)) {
      assertThat(names).containsExactly(file);
    }
  }

  @Test
  void eightBitAndDoubleSamplesAreRead() throws IOException {
    assertThat(read(wav(1, 1, 8, new byte[] {0, (byte) 128, (byte) 255})).channel(0))
        .containsExactly(-1, 0, 127 / 128f);
    ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    doubles.putDouble(0.25).putDouble(-0.75);
    assertThat(read(wav(3, 2, 64, doubles.array())).channel(1)).containsExactly(-0.75f);
  }

  @Test
  void unknownChunksArePassedOver() throws IOException {
    byte[] plain = wav(1, 1, 16, new byte[] {0, 0x40});
    ByteBuffer more = ByteBuffer.allocate(plain.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    more.put(plain, 0, 12).put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(3);
    more.put(new byte[] {1, 2, 3, 0}).put(plain, 12, plain.length - 12);
    assertThat(read(more.array()).channel(0)).containsExactly(0.5f);
  }

  @Test
  void everyTruncationOfAFileIsAFailureThatSaysSo() throws IOException {
    byte[] file = bytes(WavWriter.of(WavFormat.PCM16), Signals.bowl(100, 2));
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID));
    }
    assertRefused(Arrays.copyOf(file, 200), Failure.Reason.INVALID, "cut short");
  }

  @Test
  void hostileSizesAreRefusedWithoutAllocating() {
    byte[] file = wav(1, 1, 16, new byte[] {0, 0});
    ByteBuffer view = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    view.putInt(40, 0xfffffff0);
    assertRefused(file, Failure.Reason.INVALID, "claims 4294967280 bytes");
    view.putInt(16, 0x7fffffff);
    assertRefused(file, Failure.Reason.INVALID, "claims 2147483647 bytes");
  }

  @Test
  void contradictionsAndForeignKindsAreNamed() {
    assertRefused(new byte[0], Failure.Reason.INVALID, "0 bytes");
    assertRefused(
        "this is not a wave file".getBytes(StandardCharsets.UTF_8), Failure.Reason.INVALID, "RIFF");
    assertRefused(wav(0x55, 1, 16, new byte[2]), Failure.Reason.UNSUPPORTED, "format 85");
    assertRefused(wav(1, 1, 12, new byte[2]), Failure.Reason.UNSUPPORTED, "12 bits");
    byte[] none = wav(1, 0, 16, new byte[2]);
    assertRefused(none, Failure.Reason.INVALID, "Channels");
    byte[] align = wav(1, 1, 16, new byte[2]);
    align[32] = 7;
    assertRefused(align, Failure.Reason.INVALID, "says 7");
    byte[] slow = wav(1, 1, 16, new byte[2]);
    slow[24] = 1;
    slow[25] = 0;
    assertRefused(slow, Failure.Reason.INVALID, "Sample rate");
  }

  @Test
  void randomDamageIsReadOrRefusedButNothingElse() throws IOException {
    byte[] file = bytes(WavWriter.of(WavFormat.PCM24), Signals.bowl(50, 2));
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = file.clone();
      for (int hit = random.nextInt(4); hit >= 0; hit--) {
        damaged[random.nextInt(80)] = (byte) random.nextInt();
      }
      try {
        read(damaged);
      } catch (Failure expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void aStreamLongerThanTheLimitIsTooLarge() throws IOException {
    byte[] file = bytes(WavWriter.of(WavFormat.PCM16), Signals.bowl(1000, 1));
    assertThatThrownBy(() -> WavReader.read(new ByteArrayInputStream(file), 1000))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.TOO_LARGE));
  }

  private static byte[] wav(int tag, int channels, int bits, byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data.length);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) tag).putShort((short) channels).putInt(44_100);
    file.putInt(44_100 * channels * bits / 8).putShort((short) (channels * (bits / 8)));
    file.putShort((short) bits).put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.length);
    return file.put(data).array();
  }
}
