package dev.spanda.biofield;

import java.util.LinkedHashMap;
import java.util.Map;

/** Seven pictures that differ in light, colour, form, texture and symmetry, by integers alone. */
final class ProbePictures {

  static final int WIDTH = 320;
  static final int HEIGHT = 240;

  private ProbePictures() {}

  static Map<String, Frame> all() {
    Map<String, Frame> all = new LinkedHashMap<>();
    all.put("figure", draw((x, y, noise) -> figure(x, y, 160, noise)));
    all.put("leaning figure", draw((x, y, noise) -> figure(x + y / 3, y, 230, noise)));
    all.put("noise", draw((x, y, noise) -> noise));
    all.put("stripes", draw((x, y, noise) -> x / 10 % 2 == 0 ? 0x203080 : 0xf0c040));
    all.put(
        "gradient", draw((x, y, noise) -> x * 255 / WIDTH << 16 | y * 255 / HEIGHT << 8 | 0x40));
    all.put("dim figure", draw((x, y, noise) -> figure(x, y, 160, noise) >> 2 & 0x3f3f3f));
    all.put(
        "blots",
        draw(
            (x, y, noise) ->
                (x * x / 300 + y * y / 200 + x * y / 400) % 17 < 5
                    ? 0x30d060 + (noise & 0x1f1f1f)
                    : 0x101020 + (noise & 0x0f0f0f)));
    return all;
  }

  /** What a pixel looks like; the third number is noise of 24 bits. */
  interface Pixel {
    int at(int x, int y, int noise);
  }

  static Frame draw(Pixel pixel) {
    int[] pixels = new int[WIDTH * HEIGHT];
    long state = 42;
    for (int i = 0; i < pixels.length; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      pixels[i] = pixel.at(i % WIDTH, i / WIDTH, (int) (state >>> 40));
    }
    return Frame.of(WIDTH, HEIGHT, pixels);
  }

  private static int figure(int x, int y, int middle, int noise) {
    int dx = x - middle;
    int dy = y - 130;
    int distance = dx * dx * 2 + dy * dy;
    return distance < 9000 ? 0xc08060 + (noise & 0x1f1f1f) : 0x101828 + (noise & 0x070707);
  }
}
