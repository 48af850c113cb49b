package dev.spanda.biofield;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every bit of every value of the probe pictures, as one number. It was the same on OpenJDK 17 and
 * 25; a change of any definition changes it, and then it is written anew.
 */
class SameBitsTest {

  private static long fold(long hash, Map<String, Double> values) {
    long folded = hash;
    for (Map.Entry<String, Double> entry : values.entrySet()) {
      folded = folded * 1_000_003 + entry.getKey().hashCode();
      folded = folded * 1_000_003 + Double.doubleToLongBits(entry.getValue());
    }
    return folded;
  }

  private static long hash(Analyzer analyzer) {
    long hash = 1;
    Analyzer.Stream stream = analyzer.stream();
    for (Frame frame : ProbePictures.all().values()) {
      hash = fold(hash, analyzer.analyze(frame).metrics().values());
      hash = fold(hash, analyzer.analyze(frame).scores().values());
      hash = fold(hash, stream.next(frame).scores().values());
    }
    return hash;
  }

  @Test
  void fullIsTheSameOnEveryJava() {
    assertThat(hash(new Analyzer(Analyzer.Profile.FULL, Analyzer.Preset.V1)))
        .isEqualTo(3_632_521_727_396_194_960L);
  }

  @Test
  void realtimeIsTheSameOnEveryJava() {
    assertThat(hash(new Analyzer(Analyzer.Profile.REALTIME, Analyzer.Preset.V2)))
        .isEqualTo(-4_911_584_244_885_132_762L);
  }
}
