package dev.spanda.media.social;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be seen in a text: words to search for, emotes, mentions. */
final class Words {

  private static final int LONGEST_WORD = 40;

  /** Emotes that Twitch gives to everybody and that are written as plain words. */
  private static final Set<String> GLOBAL_EMOTES =
      Set.of(
          "Kappa",
          "KappaPride",
          "Keepo",
          "LUL",
          "PogChamp",
          "PogBones",
          "Kreygasm",
          "BibleThump",
          "TriHard",
          "4Head",
          "ResidentSleeper",
          "NotLikeThis",
          "HeyGuys",
          "SeemsGood",
          "WutFace",
          "BabyRage",
          "SwiftRage",
          "DansGame",
          "FailFish",
          "Jebaited",
          "CoolStoryBob",
          "VoHiYo",
          "TwitchUnity");

  private Words() {}

  /**
   * The words of a text: runs of letters and digits after compatibility decomposition (Unicode
   * Annex 15, NFKD) without accents, in lower case, at most 40 characters each; where a script
   * writes no spaces (Han, Hiragana, Katakana, Thai) each character is a word.
   */
  static List<String> of(String text) {
    boolean ascii = true;
    for (int i = 0; i < text.length() && ascii; i++) {
      ascii = text.charAt(i) < 128;
    }
    String plain = ascii ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      if (c < 128 ? isAsciiWord(c) : Character.isLetterOrDigit(c)) {
        boolean alone = c >= 0x0E00 && isAlone(c);
        if (alone) {
          end(word, words);
        }
        word.appendCodePoint(Character.toLowerCase(c));
        if (alone) {
          end(word, words);
        }
      } else if (c < 128 || !isMark(c)) {
        end(word, words);
      }
    }
    end(word, words);
    return words;
  }

  private static boolean isAsciiWord(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isAlone(int c) {
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HAN
        || script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA
        || script == Character.UnicodeScript.THAI;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (word.length() > 0) {
      int end = Math.min(LONGEST_WORD, word.length());
      if (end < word.length() && Character.isHighSurrogate(word.charAt(end - 1))) {
        end--;
      }
      words.add(word.substring(0, end));
      word.setLength(0);
    }
  }

  /** Ends with a letter, so that no number that follows can be taken for a part of it. */
  static String mark(Platform platform, long organisation) {
    return platform.mark() + Long.toString(organisation) + "q";
  }

  /**
   * How many emotes a text shows: emoji (characters of Unicode blocks made of them), Discord's
   * {@code <:name:id>}, names between colons ({@code :wave:}) and Twitch's global emotes as words
   * of their own.
   */
  static int emotes(String text) {
    int count = 0;
    int length = text.length();
    for (int i = 0; i < length; ) {
      int c = text.codePointAt(i);
      if (c == ':') {
        int end = i + 1;
        while (end < length && isName(text.charAt(end))) {
          end++;
        }
        if (end < length && text.charAt(end) == ':' && end - i > 2 && !isNumber(text, i + 1, end)) {
          count++;
          i = end + 1;
          continue;
        }
      } else if (c >= 0x1F300 && c <= 0x1FAFF || c >= 0x2600 && c <= 0x27BF) {
        count++;
      } else if (isAsciiWord(c) && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
        int end = i;
        while (end < length && isAsciiWord(text.charAt(end))) {
          end++;
        }
        if ((end == length || Character.isWhitespace(text.charAt(end)))
            && end - i > 2
            && GLOBAL_EMOTES.contains(text.substring(i, end))) {
          count++;
        }
        i = end;
        continue;
      }
      i += Character.charCount(c);
    }
    return count;
  }

  /** Times such as 10:30:00 hold colons too. */
  private static boolean isNumber(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isName(char c) {
    return isAsciiWord(c) || c == '_';
  }

  /** How often a text mentions somebody: {@code @name} at the begin of a word, {@code <@id>}. */
  static int mentions(String text) {
    int count = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      if (begins && at + 1 < text.length()) {
        char next = text.charAt(at + 1);
        if (Character.isLetterOrDigit(next)
            || next == '_'
            || (next == '!' || next == '&') && at > 0 && text.charAt(at - 1) == '<') {
          count++;
        }
      }
    }
    return count;
  }

  /**
   * Whether a text mentions one of these names: {@code @name} or {@code <@name>}, in any case, not
   * followed by a letter or digit.
   */
  static boolean mentionsAny(String text, Set<String> foldedNames) {
    if (foldedNames.isEmpty() || text.indexOf('@') < 0) {
      return false;
    }
    String folded = text.toLowerCase(Locale.ROOT);
    for (String name : foldedNames) {
      for (int at = folded.indexOf('@'); at >= 0; at = folded.indexOf('@', at + 1)) {
        int from = folded.startsWith("!", at + 1) ? at + 2 : at + 1;
        int end = from + name.length();
        if (folded.startsWith(name, from)
            && (end == folded.length() || !Character.isLetterOrDigit(folded.charAt(end)))) {
          return true;
        }
      }
    }
    return false;
  }
}
