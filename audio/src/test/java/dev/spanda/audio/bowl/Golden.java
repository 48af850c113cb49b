package dev.spanda.audio.bowl;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.audio.synth.Carrier;
import dev.spanda.audio.synth.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The SHA-256 of the raw bits of a few sounds; its main method prints them, on whatever JVM. */
final class Golden {

  private Golden() {}

  static Map<String, Sound> sounds() {
    Map<String, Sound> sounds = new LinkedHashMap<>();
    for (Precision precision : Precision.values()) {
      sounds.put(
          "strikes-" + precision,
          BowlSynth.of(Bowl.FREESOUND_202017)
              .length(Duration.ofSeconds(2))
              .strokes(Stroke.every(Duration.ofMillis(333), Duration.ofSeconds(2)))
              .precision(precision)
              .modulationDepth(0.3)
              .stereo()
              .build());
      sounds.put(
          "rub-" + precision,
          BowlSynth.of(RingLaw.of(220).bowl())
              .length(Duration.ofSeconds(2))
              .stroke(new Stroke.Rub(Duration.ofMillis(100), Duration.ofMillis(1200), 1, 0.3))
              .precision(precision)
              .sampleRate(SampleRate.STUDIO)
              .build());
    }
    sounds.put(
        "settings",
        BowlSynth.from(
            ToneSettings.of(7.83, Duration.ofSeconds(1)).withCarrier(new Carrier.Isochronic(200)),
            SampleRate.CD));
    return sounds;
  }

  static String sha256(Sound sound) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      int block = 1000;
      float[][] samples = new float[sound.channels()][block];
      ByteBuffer bytes = ByteBuffer.allocate(4 * block).order(ByteOrder.LITTLE_ENDIAN);
      for (long first = 0; first < sound.frames(); first += block) {
        int count = (int) Math.min(block, sound.frames() - first);
        sound.read(first, samples, 0, count);
        for (float[] channel : samples) {
          bytes.clear();
          for (int i = 0; i < count; i++) {
            bytes.putFloat(channel[i]);
          }
          digest.update(bytes.flip());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public static void main(String[] args) {
    sounds().forEach((name, sound) -> System.out.println(name + " " + sha256(sound)));
  }
}
