package dev.spanda.media.moderation;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The labelled sets of a folder. */
final class Corpus {

  /**
   * A labelled message.
   *
   * @param set the set it is of; for videos the file
   * @param label whether it is toxic, or spam
   * @param target what share of those who judged it said so, 0 to 1
   */
  record Example(String set, String text, boolean label, double target) {}

  /** A rated term of the word list. */
  record Term(String text, int categories, int severity) {}

  private static final long LARGEST_FILE = 64L << 20;

  final List<Example> toxicity = new ArrayList<>();
  final List<Example> spam = new ArrayList<>();
  final List<Term> terms = new ArrayList<>();
  final Map<String, String> digests = new LinkedHashMap<>();

  private Corpus() {}

  /** The sentences of our own, which are trained with the sets: label, tab, text. */
  static List<List<String>> house() {
    try (InputStream in = Corpus.class.getResourceAsStream("house-examples.tsv")) {
      if (in == null) {
        throw new IllegalStateException("The sentences of our own are not in this jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> List.of(line.split("\t", 2)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hashes of common English words, the commonest first. */
  static int[] common() {
    try (InputStream in = Corpus.class.getResourceAsStream("common-words.hashes")) {
      if (in == null) {
        throw new IllegalStateException("The common words are not in this jar");
      }
      IntBuffer hashes = ByteBuffer.wrap(in.readAllBytes()).asIntBuffer();
      int[] copy = new int[hashes.remaining()];
      hashes.get(copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads {@code davidson*.csv}, {@code surge_toxicity*.csv}, {@code surge_profanity*.csv}, {@code
   * sms_spam*.tsv} and {@code youtube*.csv}, in the order of their names.
   *
   * @throws Failure INVALID, subject {@code data}, when there is none of them or one has no such
   *     columns; UNAVAILABLE when one cannot be read
   */
  static Corpus read(Path folder) {
    Corpus corpus = new Corpus();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        corpus.add(file);
      }
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.INVALID, "data", "The folder cannot be read").causedBy(e);
    }
    if (corpus.digests.isEmpty()) {
      throw Failure.invalid(
          "data",
          folder,
          "The folder must hold davidson.csv, surge_toxicity.csv, surge_profanity.csv,"
              + " sms_spam.tsv or youtube*.csv");
    }
    return corpus;
  }

  private void add(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String kind =
        name.startsWith("davidson") && name.endsWith(".csv")
            ? "davidson"
            : name.startsWith("surge_toxicity") && name.endsWith(".csv")
                ? "surge"
                : name.startsWith("surge_profanity") && name.endsWith(".csv")
                    ? "terms"
                    : name.startsWith("sms_spam") && name.endsWith(".tsv")
                        ? "sms"
                        : name.startsWith("youtube") && name.endsWith(".csv") ? "youtube" : "";
    if (kind.isEmpty()) {
      return;
    }
    if (Files.size(file) > LARGEST_FILE) {
      throw Failure.invalid("data", name, "A set may have at most 64 MiB");
    }
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.UTF_8);
    digests.put(name, digest(bytes));
    try {
      switch (kind) {
        case "davidson" -> addDavidson(rows(text));
        case "surge" -> addSurge(rows(text));
        case "terms" -> addTerms(rows(text));
        case "sms" -> addMessages(text);
        default -> addVideo(name.substring(0, name.length() - 4), rows(text));
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw Failure.invalid("data", name, "The columns of " + name + " are not those of its set")
          .causedBy(e);
    }
  }

  private void addDavidson(List<List<String>> rows) {
    for (List<String> row : rows.subList(1, rows.size())) {
      double judges = Double.parseDouble(row.get(1));
      double against = Double.parseDouble(row.get(2)) + Double.parseDouble(row.get(3));
      toxicity.add(new Example("davidson", row.get(6), !row.get(5).equals("2"), against / judges));
    }
  }

  private void addSurge(List<List<String>> rows) {
    for (List<String> row : rows.subList(1, rows.size())) {
      boolean toxic = row.get(1).equals("Toxic");
      toxicity.add(new Example("surge", row.get(0), toxic, toxic ? 1 : 0));
    }
  }

  private void addTerms(List<List<String>> rows) {
    for (List<String> row : rows.subList(1, rows.size())) {
      int categories = 0;
      for (String category : row.subList(4, 7)) {
        int at = Lexicon.CATEGORIES.indexOf(category);
        if (at >= 0) {
          categories |= 1 << at;
        }
      }
      terms.add(
          new Term(row.get(0), categories, (int) Math.round(10 * Double.parseDouble(row.get(7)))));
    }
  }

  private void addMessages(String text) {
    for (String line : text.split("\r?\n", -1)) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        boolean spamMessage = line.substring(0, tab).equals("spam");
        spam.add(new Example("sms", line.substring(tab + 1), spamMessage, spamMessage ? 1 : 0));
      }
    }
  }

  private void addVideo(String name, List<List<String>> rows) {
    for (List<String> row : rows.subList(1, rows.size())) {
      boolean spamComment = row.get(4).strip().equals("1");
      spam.add(new Example(name, row.get(3), spamComment, spamComment ? 1 : 0));
    }
  }

  /** Rows of comma-separated values with quotes as RFC 4180 has them; empty rows are left out. */
  static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int start = text.startsWith("\ufeff") ? 1 : 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else if (c == '"') {
          quoted = false;
        } else {
          cell.append(c);
        }
      } else if (c == '"' && cell.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        row.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        if (row.size() > 1) {
          rows.add(row);
        }
        row = new ArrayList<>();
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (!cell.isEmpty() || !row.isEmpty()) {
      row.add(cell.toString());
      if (row.size() > 1) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
