package dev.spanda.media.moderation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message the way a person does who is not fooled by its spelling: case, full width, marks,
 * characters without width, look-alikes of other scripts, digits and signs for letters, letters set
 * apart, letters repeated. Where a sign may stand for a letter or for itself the {@link Vocabulary}
 * decides. Thread-safe.
 */
final class Normaliser {

  /** What is read for a link to a known site of reference. */
  static final String SITE = "<site>";

  private static final int LONGEST_WORD = 48;
  private static final int LONGEST_JOINED = 14;

  /** What it costs, as a logarithm, that a known word has a letter three times in a row. */
  private static final float STRETCHED = -3;

  private static final Set<String> ENDINGS =
      Set.of(
          "com", "net", "org", "co", "uk", "ly", "be", "me", "tv", "info", "biz", "us", "ru", "de",
          "fr", "io", "gg", "in", "tk", "cc", "eu", "xyz", "online", "club", "site", "top", "app",
          "gl", "im", "cf", "ga", "ml", "shop", "live", "link", "click", "store", "pw", "to");

  private static final Set<String> SITES =
      Set.of(
          "github.com",
          "gitlab.com",
          "codeberg.org",
          "wikipedia.org",
          "wikimedia.org",
          "stackoverflow.com",
          "stackexchange.com",
          "arxiv.org",
          "doi.org",
          "archive.org",
          "mozilla.org",
          "python.org",
          "openjdk.org",
          "oracle.com",
          "apache.org",
          "w3.org",
          "ietf.org",
          "nasa.gov",
          "who.int",
          "bbc.co.uk",
          "reuters.com",
          "nature.com",
          "kernel.org",
          "rust-lang.org",
          "nodejs.org",
          "npmjs.com",
          "pypi.org",
          "debian.org");

  /**
   * A link among words that were run together: its host up to a common ending, and of its path what
   * ends in no letter.
   */
  private static final Pattern LINK =
      Pattern.compile(
          "(?:(?:https?://(?:www\\.)?|www\\.)([a-z0-9][a-z0-9.@_-]{0,60}?)"
              + "\\.(com|net|org|co\\.uk|co|ly|be|gl|tv|info|ru|me|gg)"
              + "|([a-z0-9][a-z0-9.@_-]{0,60}?)\\."
              + "(com(?!ing|e|m|p|b|f)|(?:net|org|co\\.uk|ly|tv|info|gg)(?![a-z])))"
              + "(?:/(?:[a-z0-9/?=&_%#+~.-]{0,80}[0-9/?=&_%#+~-])?)?");

  private final Vocabulary vocabulary;

  /** Without a vocabulary words stay as they are written, for counting them. */
  private final boolean plain;

  /**
   * What stands between blanks.
   *
   * @param gap whether a wide blank is before it
   * @param even whether its characters stood apart, words no wider than letters
   */
  private record Piece(String text, boolean gap, boolean even) {}

  Normaliser(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.plain = vocabulary.size() == 0;
  }

  Reading read(String text) {
    return new Pass(text).reading();
  }

  /** One message on its way. */
  private final class Pass {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final List<String> hosts = new ArrayList<>(0);

    /**
     * For each word: 1 when it is one letter or sign by itself, 2 when a mark or a wide blank
     * stands before it, 4 when a wide blank does; and 256 times the character of a single one.
     */
    private final List<Integer> marks = new ArrayList<>();

    private boolean showsLeet;
    private int urls;
    private int characters;
    private int letters;
    private int capitals;
    private int digits;
    private int exclamations;
    private int currencies;
    private int longestNumber;
    private int longestRun;
    private boolean gap;
    private boolean blank;

    Pass(String text) {
      this.text = text.indexOf('&') >= 0 ? withoutEntities(text) : text;
    }

    Reading reading() {
      split();
      if (!plain) {
        joinLetters();
      }
      return new Reading(
          words,
          hosts,
          urls,
          characters,
          letters,
          capitals,
          digits,
          exclamations,
          currencies,
          longestNumber,
          longestRun);
    }

    private void split() {
      List<String> chunks = new ArrayList<>();
      List<Boolean> gaps = new ArrayList<>();
      List<Boolean> singles = new ArrayList<>();
      int seenHere = 0;
      StringBuilder own = new StringBuilder();
      StringBuilder latin = new StringBuilder();
      boolean foreign = false;
      boolean strange = false;
      int blanks = 0;
      int last = -1;
      int run = 0;
      int length = text.length();
      for (int i = 0; i <= length; ) {
        int c = i < length ? text.codePointAt(i) : ' ';
        i += Character.charCount(c);
        if (c < 128 ? c <= ' ' : Character.isWhitespace(c) || Character.isSpaceChar(c)) {
          if (!own.isEmpty()) {
            String chunk = (foreign || !strange ? own : latin).toString();
            chunks.add(strange && chunk.indexOf('&') >= 0 ? withoutEntities(chunk) : chunk);
            gaps.add(blanks >= 2);
            singles.add(seenHere == 1);
            seenHere = 0;
            own.setLength(0);
            latin.setLength(0);
            foreign = false;
            strange = false;
            blanks = 0;
          }
          blanks += c == '\n' ? 2 : 1;
          continue;
        }
        String seen = c < 128 ? null : Letters.plain(c);
        if (seen != null && seen.isEmpty()) {
          continue;
        }
        seenHere++;
        count(c, seen);
        run = c == last ? run + 1 : 1;
        last = c;
        longestRun = Math.max(longestRun, run);
        if (seen == null) {
          char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : (char) c;
          own.append(lower);
          if (strange) {
            latin.append(lower);
          }
          continue;
        }
        if (!strange) {
          strange = true;
          latin.append(own);
        }
        own.append(seen);
        String look = Letters.look(c);
        if (look == null && seen.length() == 1) {
          look = Letters.look(seen.charAt(0));
        }
        if (look != null) {
          latin.append(look);
        } else {
          latin.append(seen);
          foreign |= Character.isLetter(seen.codePointAt(0)) && seen.charAt(0) >= 128;
        }
      }
      List<Piece> pieces = pieces(chunks, gaps, singles);
      for (Piece piece : pieces) {
        showsLeet |= !piece.even() && hasLeet(piece.text());
      }
      for (Piece piece : pieces) {
        blank |= piece.gap();
        if (piece.even()) {
          even(piece.text());
        } else {
          chunk(piece.text());
        }
      }
    }

    /**
     * Puts characters together that stand apart: three or more in a row. Where some blanks are
     * wider than others those stand between words.
     */
    private List<Piece> pieces(List<String> chunks, List<Boolean> gaps, List<Boolean> singles) {
      List<Piece> pieces = new ArrayList<>();
      int size = chunks.size();
      for (int from = 0; from < size; ) {
        int to = from;
        int standing = 0;
        boolean wide = false;
        while (!plain && to < size && singles.get(to)) {
          standing += Character.isLetter(chunks.get(to).codePointAt(0)) ? 1 : 0;
          wide |= to > from && gaps.get(to);
          to++;
        }
        if (to - from < 3 || standing < 2) {
          to = Math.max(to, from + 1);
          for (int i = from; i < to; i++) {
            pieces.add(new Piece(chunks.get(i), gaps.get(i), false));
          }
        } else {
          StringBuilder joined = new StringBuilder();
          boolean gap = gaps.get(from);
          for (int i = from; i <= to; i++) {
            if (i == to || (i > from && gaps.get(i))) {
              String text = withoutEntities(joined.toString());
              pieces.add(new Piece(text, gap, !wide));
              joined.setLength(0);
              gap = true;
            }
            if (i < to) {
              joined.append(chunks.get(i));
            }
          }
        }
        from = to;
      }
      return pieces;
    }

    /** Words that were run together, with what else stands between them. */
    private void even(String text) {
      int from = 0;
      Matcher link = LINK.matcher(text);
      while (link.find()) {
        between(text, from, link.start());
        from = link.end();
        linked(link);
      }
      between(text, from, text.length());
    }

    private void linked(Matcher link) {
      digits += (int) link.group().chars().filter(c -> c >= '0' && c <= '9').count();
      boolean bare = link.group(1) == null;
      String name = bare ? link.group(3) : link.group(1);
      int at = name.lastIndexOf('@') + 1;
      if (at > 0 && bare) {
        between(name, 0, at - 1);
        add("<mail>", false);
        return;
      }
      // Without a beginning the host is the last word before its dot.
      List<String> parts = new ArrayList<>();
      for (String part : name.split("\\.", -1)) {
        if (!part.isEmpty()) {
          parts.add(part);
        }
      }
      if (bare && !parts.isEmpty()) {
        String first = parts.get(0);
        List<String> before = Blanks.restored(first, vocabulary);
        String host = before.isEmpty() ? first : before.get(before.size() - 1);
        before.stream().limit(Math.max(0, before.size() - 1)).forEach(word -> add(word, false));
        parts.set(0, host);
      }
      String site =
          parts.isEmpty() ? "" : parts.get(parts.size() - 1) + "." + link.group(bare ? 4 : 2);
      if (SITES.contains(site)) {
        add(SITE, false);
        return;
      }
      urls++;
      add("<url>", false);
      hosts.addAll(parts);
    }

    private void between(String text, int begin, int end) {
      int from = begin;
      while (from < end) {
        int to = from;
        while (to < end && isEvenChar(text.charAt(to))) {
          to++;
        }
        if (to > from) {
          String run = text.substring(from, to).replace("'", "");
          for (String word : Blanks.restored(run, vocabulary)) {
            add(word, false);
          }
          from = to;
        } else {
          int point = text.codePointAt(from);
          if (point >= 128 && Character.getType(point) == Character.OTHER_SYMBOL) {
            add(Character.toString(point), false);
          }
          from += Character.charCount(point);
        }
      }
    }

    private void count(int c, @Nullable String seen) {
      characters++;
      if (c >= 'a' && c <= 'z') {
        letters++;
        return;
      }
      int type = Character.getType(c);
      if (type == Character.UPPERCASE_LETTER) {
        letters++;
        capitals++;
      } else if (Character.isLetter(c)) {
        letters++;
      } else if (c == '!' || (seen != null && seen.equals("!"))) {
        exclamations++;
      } else if (type == Character.CURRENCY_SYMBOL) {
        currencies++;
      }
    }

    private void chunk(String chunk) {
      if (isLink(chunk)) {
        digits += (int) chunk.chars().filter(c -> c >= '0' && c <= '9').count();
        return;
      }
      int length = chunk.length();
      int i = 0;
      int before = words.size();
      while (i < length) {
        char c = chunk.charAt(i);
        if (c == '@' && i + 2 < length && isNameChar(chunk.charAt(i + 1))) {
          int end = i + 1;
          while (end < length && isWordChar(chunk, end, i)) {
            end++;
          }
          int name = i + 1;
          while (name < length && isNameChar(chunk.charAt(name))) {
            name++;
          }
          String known = known(chunk.substring(i, Math.max(end, name)));
          if (known != null) {
            add(known, false);
            i = Math.max(end, name);
          } else {
            add("<at>", false);
            i = name;
          }
        } else if (isWordChar(chunk, i, i)) {
          int end = i + 1;
          while (end < length && isWordChar(chunk, end, i)) {
            end++;
          }
          run(chunk.substring(i, end));
          i = end;
        } else if (c >= 128) {
          int point = chunk.codePointAt(i);
          int count = Character.charCount(point);
          if (!Character.isLetterOrDigit(point)
              && Character.getType(point) == Character.OTHER_SYMBOL) {
            add(chunk.substring(i, i + count), false);
          }
          i += count;
        } else {
          i++;
        }
      }
      if (words.size() == before) {
        // A mark by itself ends a word whose letters stand apart.
        gap = true;
      }
    }

    private boolean isLink(String chunk) {
      int scheme = chunk.indexOf("://");
      int start = scheme >= 0 ? scheme + 3 : 0;
      if (scheme < 0 && chunk.indexOf('.') < 0) {
        return false;
      }
      int end = start;
      int at = -1;
      while (end < chunk.length() && isHostChar(chunk.charAt(end))) {
        if (chunk.charAt(end) == '@') {
          at = end;
        }
        end++;
      }
      while (end > start && !Character.isLetterOrDigit(chunk.charAt(end - 1))) {
        end--;
      }
      int from = start;
      while (from < end && !Character.isLetterOrDigit(chunk.charAt(from))) {
        from++;
      }
      String host = chunk.substring(from, end);
      int dot = host.lastIndexOf('.');
      boolean link = scheme >= 0 || host.startsWith("www.");
      if (!link) {
        link =
            dot > 0
                && host.charAt(dot - 1) != '.'
                && ENDINGS.contains(host.substring(dot + 1))
                && host.chars().limit(dot).anyMatch(Character::isLetter);
      }
      if (!link) {
        return false;
      }
      if (at > 0 && scheme < 0) {
        add("<mail>", false);
        return true;
      }
      // Words glued to the front of a scheme are still words.
      if (scheme > 0) {
        int word = scheme;
        while (word > 0 && Character.isLetter(chunk.charAt(word - 1))) {
          word--;
        }
        if (word > 0) {
          chunk(chunk.substring(0, word));
        }
      }
      int before = host.lastIndexOf('.', dot - 1);
      if (dot > 0 && SITES.contains(host.substring(before + 1))) {
        // A work of reference or a house of code is linked to in any talk.
        add(SITE, false);
        return true;
      }
      urls++;
      add("<url>", false);
      for (String part : (dot > 0 ? host.substring(0, dot) : host).split("\\.", -1)) {
        if (!part.isEmpty() && !part.equals("www")) {
          hosts.add(part);
        }
      }
      return true;
    }

    /** Letters, digits and signs that stand in a row. */
    private void run(String run) {
      String bare = run.indexOf('\'') >= 0 ? run.replace("'", "") : run;
      if (bare.isEmpty()) {
        return;
      }
      if (bare.length() > LONGEST_WORD) {
        bare = bare.substring(0, LONGEST_WORD);
      }
      int figures = 0;
      int signs = 0;
      for (int i = 0; i < bare.length(); i++) {
        char c = bare.charAt(i);
        if (c >= '0' && c <= '9') {
          figures++;
        } else if (!Character.isLetter(c)) {
          signs++;
        }
      }
      if (bare.length() == 1) {
        single(bare.charAt(0), figures == 1);
        return;
      }
      if (figures == bare.length()) {
        String known = showsLeet ? known(bare) : null;
        longestNumber = known != null ? longestNumber : Math.max(longestNumber, figures);
        add(known != null ? known : "<d" + Math.min(figures, 12) + ">", false);
      } else if (figures + signs == 0) {
        add(word(bare), false);
      } else {
        mixed(bare, figures, signs);
      }
    }

    private void single(char c, boolean figure) {
      if (showsLeet && (c == '1' || c == '@')) {
        add(Leet.first(String.valueOf(c)), true);
        marks.set(marks.size() - 1, marks.get(marks.size() - 1) | c << 8);
      } else if (figure) {
        longestNumber = Math.max(longestNumber, 1);
        add("<d1>", true);
        marks.set(marks.size() - 1, marks.get(marks.size() - 1) | c << 8);
      } else if (Character.isLetter(c) || Leet.standsFor(c) != null) {
        add(String.valueOf(c), true);
        marks.set(marks.size() - 1, marks.get(marks.size() - 1) | c << 8);
      }
    }

    private void mixed(String bare, int figures, int signs) {
      if (plain) {
        add(bare, false);
        return;
      }
      if (signs == 0 && vocabulary.has(bare)) {
        add(bare, false);
        return;
      }
      String known = known(bare);
      if (known != null) {
        add(known, false);
        return;
      }
      if (bare.indexOf('*') >= 0) {
        add(bare.replaceAll("\\*+", "*"), false);
        return;
      }
      if (signs > 0) {
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i <= bare.length(); i++) {
          if (i < bare.length() && Character.isLetterOrDigit(bare.charAt(i))) {
            piece.append(bare.charAt(i));
          } else if (!piece.isEmpty()) {
            run(piece.toString());
            piece.setLength(0);
          }
        }
        return;
      }
      int letterCount = bare.length() - figures;
      digits += figures;
      longestNumber = Math.max(longestNumber, longestFigures(bare));
      if (Leet.inside(bare) || letterCount >= 2 * figures) {
        add(word(Leet.first(bare)), false);
      } else {
        add(bare.replaceAll("[0-9]", "0"), false);
      }
    }

    /** The likeliest word of the vocabulary that signs and digits were put into, or null. */
    private @Nullable String known(String run) {
      return plain ? null : likeliest(Leet.readings(run));
    }

    private String word(String letters) {
      if (plain || (vocabulary.has(letters) && !Repeats.stretched(letters))) {
        return letters;
      }
      String known = likeliest(List.of(letters));
      return known != null ? known : Repeats.without(letters);
    }

    /**
     * The word of the vocabulary that is likeliest behind the word before, of some readings and of
     * what they may have been before their letters were repeated; null when none is known.
     */
    private @Nullable String likeliest(List<String> readings) {
      String best = null;
      float most = Float.NEGATIVE_INFINITY;
      long before = Hash.of(words.isEmpty() ? "^" : words.get(words.size() - 1));
      for (String reading : readings) {
        float own = chance(before, reading);
        if (own < 0) {
          own += Repeats.stretched(reading) ? STRETCHED : 0;
          if (own > most) {
            best = reading;
            most = own;
          }
          if (!Repeats.stretched(reading)) {
            continue;
          }
        }
        for (Repeats.Candidate candidate : Repeats.candidates(reading)) {
          float chance = chance(before, candidate.word());
          if (chance < 0 && chance + candidate.cost() > most) {
            best = candidate.word();
            most = chance + candidate.cost();
          }
        }
      }
      return best;
    }

    /** The logarithm of the chance of a word behind another; 1 when it was never counted. */
    private float chance(long before, String word) {
      long hash = Hash.of(word);
      float alone = vocabulary.log(hash);
      return alone < 0 ? vocabulary.log(before, true, hash, alone) : 1;
    }

    private void add(String word, boolean single) {
      words.add(word);
      if (word.startsWith("<d")) {
        digits += Integer.parseInt(word, 2, word.length() - 1, 10);
      }
      marks.add((single ? 1 : 0) | (gap || blank ? 2 : 0) | (blank ? 4 : 0));
      gap = false;
      blank = false;
    }

    /** Puts letters together that stand apart: three or more in a row. */
    private void joinLetters() {
      int from = 0;
      List<String> joined = null;
      while (from < words.size()) {
        int to = from;
        int found = 0;
        while (to < words.size() && (marks.get(to) & 1) != 0) {
          if (Character.isLetter((char) (marks.get(to) >> 8))) {
            found++;
          }
          to++;
        }
        if (to - from >= 3 && found >= 2) {
          if (joined == null) {
            joined = new ArrayList<>(words.subList(0, from));
          }
          joinRun(from, to, joined);
          from = to;
        } else {
          int end = Math.max(to, from + 1);
          if (joined != null) {
            joined.addAll(words.subList(from, end));
          }
          from = end;
        }
      }
      if (joined != null) {
        words.clear();
        words.addAll(joined);
      }
    }

    private void joinRun(int from, int to, List<String> joined) {
      boolean gaps = false;
      for (int i = from + 1; i < to; i++) {
        gaps |= (marks.get(i) & 4) != 0;
      }
      StringBuilder group = new StringBuilder();
      for (int i = from; i <= to; i++) {
        if (i == to || ((marks.get(i) & 2) != 0 && i > from)) {
          if (!group.isEmpty()) {
            String word = group.toString();
            String plainWord = Leet.first(word);
            if (word.chars().allMatch(c -> c >= '0' && c <= '9')) {
              joined.add("<d" + Math.min(word.length(), 12) + ">");
            } else {
              String known = gaps && plainWord.length() <= LONGEST_JOINED ? known(word) : null;
              if (known != null) {
                joined.add(known);
              } else if (gaps && plainWord.length() <= LONGEST_JOINED) {
                joined.add(word(plainWord));
              } else {
                joined.addAll(Blanks.restored(word, vocabulary));
              }
            }
            group.setLength(0);
          }
        }
        if (i < to) {
          group.append((char) (marks.get(i) >> 8));
        }
      }
    }
  }

  private static boolean isEvenChar(char c) {
    return Character.isLetterOrDigit(c) || c == '\'' || c == '*' || Leet.standsFor(c) != null;
  }

  private static int longestFigures(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = Character.isDigit(text.charAt(i)) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static boolean hasLeet(String chunk) {
    for (int i = 1; i + 1 < chunk.length(); i++) {
      char c = chunk.charAt(i);
      if (((c >= '0' && c <= '9') || c == '$' || c == '@')
          && isLatin(chunk.charAt(i - 1))
          && isLatin(chunk.charAt(i + 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLatin(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isNameChar(char c) {
    return isLatin(c) || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean isHostChar(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == '@';
  }

  /** Whether the character at a place belongs to the word that begins at another. */
  private static boolean isWordChar(String chunk, int at, int start) {
    char c = chunk.charAt(at);
    if (isLatin(c) || (c >= '0' && c <= '9') || Character.isLetter(c)) {
      return true;
    }
    boolean more = at + 1 < chunk.length();
    char next = more ? chunk.charAt(at + 1) : ' ';
    return switch (c) {
      case '\'' -> at > start && more && (Character.isLetter(next) || standsIn(next));
      case '*' -> at > start;
      case '$' ->
          at > start
              ? !Character.isDigit(chunk.charAt(at - 1))
              : standsIn(next) && !Character.isDigit(next);
      case '@' -> at > start || (next != '_' && !isNameChar(next) && standsIn(next));
      case '!', '+' ->
          at > start
              ? standsIn(chunk.charAt(at - 1)) && (standsIn(next) || (c == '+' && !more))
              : isLatin(next);
      case '|', '\u20ac', '\u00a3' -> at > start && isLatin(chunk.charAt(at - 1)) && standsIn(next);
      default -> false;
    };
  }

  /** Whether a letter, or a sign that may be one, but no figure. */
  private static boolean standsIn(char c) {
    return isLatin(c) || (c >= '0' && c <= '9') || c == '$' || c == '@' || c == '+';
  }

  private static String withoutEntities(String text) {
    return text.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replaceAll("&#[0-9]{1,7};", " ");
  }
}
