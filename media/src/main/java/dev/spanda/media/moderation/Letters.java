package dev.spanda.media.moderation;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes a character to the plain lower-case letters that a reader sees in it.
 *
 * <p>Compatibility forms (full width, mathematical, circled, ligatures) follow Unicode's NFKD
 * (Unicode Standard Annex 15); marks and format characters go; letters of other scripts that look
 * like Latin ones follow the table below, whose pairs can be looked up in Unicode's confusables
 * (Unicode Technical Standard 39, section 4). Thread-safe.
 */
final class Letters {

  /** What is left of a character that nobody sees. */
  static final String NOTHING = "";

  /** Pairs: the letter that is seen, the letters that look like it. Written as code points. */
  private static final String[] LOOKALIKES = {
    "a", "\u0430\u0251\u03b1\u1d00\u0250\u0391\u0410\u13aa\u15c5\ua4ee\u2200",
    "b", "\u0432\u0412\u0392\u042c\u044c\u0299\u15b2\u0183\u0253\ua4d0\u0411\u0180\u13f4",
    "c", "\u0441\u0421\u03f2\u1d04\u2ca5\ua4da\u03f9\u0186\u0188\u0254\u217d",
    "d", "\u0501\u1d05\u0257\u13e7\u217e\ua4d3\u0256\u13a0\u0111",
    "e", "\u0435\u0415\u0395\u03b5\u0454\u1d07\u01dd\u0258\u212e\u04bd\u0404\ua4f0\u025b\u0247",
    "f", "\u0192\ua730\u03dd\u0584\ua799\u15b4\ua4dd",
    "g", "\u0261\u0262\u0581\u050d\u01e5\u050c\ua4d6\u0260\u13c0",
    "h", "\u04bb\u043d\u041d\u0397\u029c\u0570\u210f\ua4e7\u13bb\u0266\u0127",
    "i", "\u0456\u0406\u0399\u03b9\u026a\u0131\u0457\u0407\u13a5\u04cf\u2170\u0269\u0268\u04c0",
    "j", "\u0458\u0408\u1d0a\u03f3\ua4d9\u029d\u0249",
    "k", "\u043a\u041a\u039a\u03ba\u1d0b\u049b\ua4d7\u0138\u0199\u2c6a",
    "l", "\u029f\u217c\ua4e1\u026d\u0142\u01c0\u2223\u2c61\u019a",
    "m", "\u043c\u041c\u039c\u1d0d\u217f\ua4df\u028d\u0271\u03fb",
    "n", "\u0578\u057c\u0274\u039d\u043f\u0438\u0418\u041f\u03b7\u0220\u0272\u014b\ua4e0\u019e",
    "o", "\u043e\u041e\u039f\u03bf\u1d0f\u0585\u00f8\u00d8\u03c3\u0555\ua4f3\u0275\u06c1\u0d20",
    "p", "\u0440\u0420\u03a1\u03c1\u1d18\u03f1\ua4d1\u00fe\u01a5\u13e2",
    "q", "\u051b\u0566\u0563\u02a0\u051a\u024b",
    "r", "\u0433\u0280\u1d26\u027e\u0279\u13a1\u0491\ua4e3\u027d\u044f\u042f\u024d",
    "s", "\u0455\u0405\ua731\u0282\u13da\ua4e2\u01bd\u10fd\u0577",
    "t", "\u0442\u0422\u03a4\u03c4\u1d1b\u0163\u0287\ua4d4\u01ad\u0288\u0167",
    "u", "\u03c5\u057d\u1d1c\u0446\u0426\ua4f4\u028b\u0531\u222a\u0289",
    "v", "\u03bd\u0475\u1d20\u0474\u2174\u2228\ua4e6\u0475\u221a",
    "w", "\u0461\u051d\u1d21\u03c9\u0448\u0428\u0449\u026f\ua4ea\u0561\u051c",
    "x", "\u0445\u0425\u03a7\u03c7\u2179\u04b3\u00d7\ua4eb\u0436",
    "y", "\u0443\u0423\u03a5\u03b3\u04af\u028f\u04ae\u0263\ua4ec\u028e\u01b4\u040e\u045e",
    "z", "\u1d22\u0396\u01b6\ua4dc\u0290\u0225\u0240",
    "ae", "\u00e6\u00c6",
    "ss", "\u00df",
    "oe", "\u0153\u0152",
  };

  private static final String[] LOOK = looks();

  /** Plain forms by block of 256 characters, filled when a block is first met. */
  private static final String[][] PLAIN = new String[256][];

  private Letters() {}

  private static String[] looks() {
    String[] table = new String[0x10000];
    for (int i = 0; i < LOOKALIKES.length; i += 2) {
      for (char letter : LOOKALIKES[i + 1].toCharArray()) {
        table[letter] = LOOKALIKES[i];
      }
    }
    return table;
  }

  /**
   * The compatibility form in lower case without marks; {@link #NOTHING} for what is not seen.
   *
   * @param codePoint any, lone surrogates included
   */
  static String plain(int codePoint) {
    if (codePoint >= 0x10000) {
      return make(codePoint);
    }
    int page = codePoint >>> 8;
    String[] block = PLAIN[page];
    if (block == null) {
      block = new String[256];
      for (int i = 0; i < 256; i++) {
        block[i] = make(page << 8 | i);
      }
      // Two threads may both make a block; they make the same.
      PLAIN[page] = block;
    }
    return block[codePoint & 0xFF];
  }

  /** The Latin letters that it looks like, or null. */
  static @Nullable String look(int codePoint) {
    return codePoint < 0x10000 ? LOOK[codePoint] : null;
  }

  private static String make(int codePoint) {
    if (unseen(codePoint)) {
      return NOTHING;
    }
    if (codePoint >= 0x1F150 && codePoint <= 0x1F169) {
      return letter(codePoint - 0x1F150);
    }
    if (codePoint >= 0x1F170 && codePoint <= 0x1F189) {
      return letter(codePoint - 0x1F170);
    }
    if (codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF) {
      return letter(codePoint - 0x1F1E6);
    }
    if (codePoint >= 0xD800 && codePoint <= 0xDFFF) {
      return " ";
    }
    switch (codePoint) {
      case 0x2018, 0x2019, 0x201B, 0x02BC, 0x00B4, 0x0060, 0x2032:
        return "'";
      case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212:
        return "-";
      case 0x201C, 0x201D, 0x201E, 0x00AB, 0x00BB:
        return "\"";
      default:
    }
    String text = new String(Character.toChars(codePoint));
    String whole = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder kept = new StringBuilder();
    whole.codePoints().filter(c -> !unseen(c)).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean unseen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
      case Character.CONTROL -> !Character.isWhitespace(codePoint);
      default ->
          // Fillers and blanks without width, and the colours of hands.
          codePoint == 0x115F
              || codePoint == 0x1160
              || codePoint == 0x3164
              || codePoint == 0xFFA0
              || codePoint == 0x2800
              || (codePoint >= 0x1F3FB && codePoint <= 0x1F3FF);
    };
  }

  private static String letter(int number) {
    return String.valueOf((char) ('a' + number));
  }

  static {
    // Plain text needs the first block at once.
    String unused = plain('a');
    assert Arrays.stream(LOOKALIKES).noneMatch(String::isEmpty);
  }
}
