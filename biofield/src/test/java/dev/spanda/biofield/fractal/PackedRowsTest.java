package dev.spanda.biofield.fractal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedRowsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "2, 64, 3",
    "3, 65, 70",
    "4, 200, 130",
    "5, 1280, 720",
    "6, 31, 900",
    "7, 383, 5"
  })
  void packedRowsGiveTheBoxesOfThePlainCount(long seed, int width, int height) {
    Random random = new Random(seed);
    int words = (width + 63) / 64 + random.nextInt(2);
    long[] rows = new long[words * height + 3];
    boolean[] set = new boolean[width * height];
    for (int i = 0; i < set.length; i++) {
      set[i] = random.nextInt(40) == 0;
      if (set[i]) {
        rows[i / width * words + i % width / 64] |= 1L << (i % width);
      }
    }
    BoxCount.Result packed = BoxCount.measure(rows, words, height);
    assertThat(packed).as("seed " + seed).isEqualTo(BoxCount.measure(set, width));
    for (BoxCount.Level level : packed.levels()) {
      assertThat(level.boxes()).as("seed " + seed).isEqualTo(boxes(set, width, level.side()));
    }
  }

  private static long boxes(boolean[] set, int width, int side) {
    int left = width;
    int top = set.length;
    for (int i = 0; i < set.length; i++) {
      if (set[i]) {
        left = Math.min(left, i % width);
        top = Math.min(top, i / width);
      }
    }
    Set<List<Integer>> boxes = new HashSet<>();
    for (int i = 0; i < set.length; i++) {
      if (set[i]) {
        boxes.add(List.of((i % width - left) / side, (i / width - top) / side));
      }
    }
    return boxes.size();
  }

  @Test
  void rowsThatAreTooShortAreRefused() {
    assertThatThrownBy(() -> BoxCount.measure(new long[5], 2, 3))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("3 rows of 2 words were given 5 words");
    assertThatThrownBy(() -> BoxCount.measure(new long[5], 0, 3)).isInstanceOf(Failure.class);
  }
}
