package dev.spanda.biofield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {

  @Test
  void boundsAndCountAreThoseOfThePlainLoop() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int width = 1 + random.nextInt(90);
      int height = 1 + random.nextInt(40);
      BitSet bits = new BitSet();
      for (int k = random.nextInt(12); k > 0; k--) {
        bits.set(random.nextInt(width * height));
      }
      Mask mask = Mask.of(width, height, bits);
      int left = width;
      int top = height;
      int right = 0;
      int bottom = 0;
      for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width + 1);
        top = Math.min(top, i / width);
        bottom = Math.max(bottom, i / width + 1);
        assertThat(mask.contains(i % width, i / width)).isTrue();
      }
      assertThat(mask.count()).as("seed " + seed).isEqualTo(bits.cardinality());
      if (mask.count() > 0) {
        assertThat(new int[] {mask.left(), mask.top(), mask.right(), mask.bottom()})
            .as("seed " + seed)
            .containsExactly(left, top, right, bottom);
      }
    }
  }

  @Test
  void aRectangleIsCutAtTheFrame() {
    Mask mask = Mask.full(10, 8).rectangle(-3, 5, 6, 20);
    assertThat(mask.count()).isEqualTo(9);
    assertThat(mask.isRectangle()).isTrue();
    assertThat(mask.isFull()).isFalse();
    assertThat(mask.contains(2, 7)).isTrue();
    assertThat(mask.contains(3, 7)).isFalse();
  }

  @Test
  void aRectangleOfAnIrregularMaskKeepsItsHoles() {
    BitSet bits = new BitSet();
    bits.set(0, 80);
    bits.clear(45);
    Mask mask = Mask.of(10, 8, bits).rectangle(4, 4, 3, 1);
    assertThat(mask.count()).isEqualTo(2);
    assertThat(mask.contains(5, 4)).isFalse();
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatThrownBy(() -> Mask.full(0, 5)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Mask.of(2, 2, new boolean[5])).isInstanceOf(Failure.class);
    BitSet far = new BitSet();
    far.set(4);
    assertThatThrownBy(() -> Mask.of(2, 2, far)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Frame.of(2, 2, new int[5])).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Frame.of(65_535, 65_535, new int[5]))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.TOO_LARGE));
  }

  @Test
  void aFrameKeepsItsOwnPixels() {
    int[] pixels = {0xff123456, 2};
    Frame frame = Frame.of(2, 1, pixels);
    pixels[1] = 9;
    assertThat(frame.rgb(0, 0)).isEqualTo(0x123456);
    assertThat(frame.rgb(1, 0)).isEqualTo(2);
    assertThatThrownBy(() -> frame.rgb(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
