package dev.spanda.media.moderation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The ways in which people write what a filter should not read. */
enum Attack {
  /** Digits and signs for half of the letters that have one. */
  LEET {
    @Override
    String on(String text, RandomGenerator random) {
      String from = "aeiostlgb";
      String digits = "431057198";
      String signs = "@3!0$+1g8";
      StringBuilder out = new StringBuilder();
      for (char c : text.toCharArray()) {
        int at = from.indexOf(Character.toLowerCase(c));
        if (at >= 0 && random.nextInt(10) < 6) {
          out.append((random.nextInt(4) == 0 ? signs : digits).charAt(at));
        } else {
          out.append(c);
        }
      }
      return out.toString();
    }
  },
  /** Cyrillic and Greek letters for those that look like them. */
  LOOKALIKE {
    @Override
    String on(String text, RandomGenerator random) {
      String from = "aceiopsxyhkmtnuABCEHKMOPTX";
      String cyrillic =
          "\u0430\u0441\u0435\u0456\u043e\u0440\u0455\u0445\u0443\u04bb\u043a\u043c\u0442\u043f\u03c5"
              + "\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422\u0425";
      StringBuilder out = new StringBuilder();
      for (char c : text.toCharArray()) {
        int at = from.indexOf(c);
        out.append(at >= 0 && random.nextInt(10) < 7 ? cyrillic.charAt(at) : c);
      }
      return out.toString();
    }
  },
  /** Characters without width between letters. */
  ZERO_WIDTH {
    @Override
    String on(String text, RandomGenerator random) {
      String unseen = "\u200b\u200c\u200d\u2060\ufeff\u00ad";
      StringBuilder out = new StringBuilder();
      for (char c : text.toCharArray()) {
        out.append(c);
        if (Character.isLetter(c) && random.nextBoolean()) {
          out.append(unseen.charAt(random.nextInt(unseen.length())));
        }
      }
      return out.toString();
    }
  },
  /** A blank between all letters, words set apart by three. */
  SPACING {
    @Override
    String on(String text, RandomGenerator random) {
      return apart(text);
    }
  },
  /** A blank between all letters and one between words too. */
  EVEN_SPACING {
    @Override
    String on(String text, RandomGenerator random) {
      return apart(text.replaceAll("\\s+", ""));
    }
  },
  /** Half of the words of three letters and more with dots, dashes or blanks in them. */
  SEPARATORS {
    @Override
    String on(String text, RandomGenerator random) {
      String[] words = text.split(" ", -1);
      for (int i = 0; i < words.length; i++) {
        if (words[i].length() >= 3
            && words[i].chars().allMatch(Character::isLetter)
            && random.nextBoolean()) {
          words[i] =
              String.join(String.valueOf(" .-_".charAt(random.nextInt(4))), words[i].split("", -1));
        }
      }
      return String.join(" ", words);
    }
  },
  /** Full-width forms of all of ASCII. */
  FULL_WIDTH {
    @Override
    String on(String text, RandomGenerator random) {
      StringBuilder out = new StringBuilder();
      for (char c : text.toCharArray()) {
        out.append(c > ' ' && c < 127 ? (char) (c + 0xFEE0) : c);
      }
      return out.toString();
    }
  },
  /** Accents and strokes through letters. */
  MARKS {
    @Override
    String on(String text, RandomGenerator random) {
      String marks = "\u0301\u0308\u0336\u0331\u0303\u030a";
      StringBuilder out = new StringBuilder();
      for (char c : text.toCharArray()) {
        out.append(c);
        if (Character.isLetter(c) && random.nextBoolean()) {
          out.append(marks.charAt(random.nextInt(marks.length())));
        }
      }
      return Normalizer.normalize(out, Normalizer.Form.NFC);
    }
  },
  /** A third of the letters three to five times. */
  REPEATS {
    @Override
    String on(String text, RandomGenerator random) {
      StringBuilder out = new StringBuilder();
      for (char c : text.toCharArray()) {
        int times = Character.isLetter(c) && random.nextInt(3) == 0 ? 3 + random.nextInt(3) : 1;
        out.append(String.valueOf(c).repeat(times));
      }
      return out.toString();
    }
  },
  /** Every letter three times. */
  TRIPLE {
    @Override
    String on(String text, RandomGenerator random) {
      StringBuilder out = new StringBuilder();
      for (char c : text.toCharArray()) {
        out.append(String.valueOf(c).repeat(Character.isLetter(c) ? 3 : 1));
      }
      return out.toString();
    }
  },
  /** Capitals here and there. */
  CASE {
    @Override
    String on(String text, RandomGenerator random) {
      StringBuilder out = new StringBuilder();
      for (char c : text.toCharArray()) {
        out.append(random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c));
      }
      return out.toString();
    }
  };

  private static String apart(String text) {
    return text.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" "));
  }

  abstract String on(String text, RandomGenerator random);

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
