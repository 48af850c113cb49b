package dev.spanda.core.radionics;

import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Named rates: those that come with it and those that were added. The built-in ones are this
 * project's own; their rates are what {@link RateCalculator} makes of their names by gematria, save
 * General Vitality, whose 47.5 is an example of the API. Thread-safe.
 */
public final class RateBook {

  private static final String BUILT_IN = "rates.csv";
  private static final int LARGEST_PAGE = 500;
  private static final int MOST_ADDED = 10_000;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_CATEGORY = 50;
  private static final int LONGEST_DESCRIPTION = 1_000;
  private static final int MOST_APPLICATIONS = 20;
  private static final List<String> HEADER =
      List.of("name", "category", "description", "applications", "rate");

  /**
   * A rate of the book.
   *
   * @param rate 0 to 100 in steps of a tenth
   * @param name 1 to 100 characters, not all blank
   * @param category 1 to 50 characters, kept in small letters
   * @param description up to 1 000 characters
   * @param applications up to 20 words of 1 to 50 characters; copied
   */
  public record Entry(
      double rate, String name, String category, String description, List<String> applications) {

    /**
     * Checks every part.
     *
     * @throws Failure INVALID, with subject {@code rate}, {@code name}, {@code category}, {@code
     *     description} or {@code applications}
     */
    public Entry {
      Failure.requireInRange("rate", "Rate", rate, 0, 100, "");
      if (Math.abs(rate * 10 - Math.rint(rate * 10)) > 1e-9) {
        throw Failure.invalid("rate", rate, "Rate must be in steps of a tenth");
      }
      requireLength("name", "Name", name, 1, LONGEST_NAME);
      requireLength("category", "Category", category, 1, LONGEST_CATEGORY);
      requireLength("description", "Description", description, 0, LONGEST_DESCRIPTION);
      category = category.strip().toLowerCase(Locale.ROOT);
      applications = List.copyOf(applications);
      Failure.requireInRange(
          "applications", "Number of applications", applications.size(), 0, MOST_APPLICATIONS, "");
      applications.forEach(
          each -> requireLength("applications", "Application", each, 1, LONGEST_CATEGORY));
    }
  }

  private static final List<Entry> OWN = builtIn();

  private final Store store;
  private final InstantSource clock;

  /** The book of a store. */
  public RateBook(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The entries that fit, those that fit best first and equals by name. Every word searched for
   * must begin a word of the entry: one of the name counts four, of the category or applications
   * two, of the description one.
   *
   * @param category in any case; all categories when empty
   * @param search words; all entries when empty
   * @param limit 1 to 500
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}, and subject {@code
   *     category} for one that no entry has
   */
  public Page<Entry> find(Optional<String> category, String search, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    List<Entry> all = store.read(RateBook::all);
    String wanted = category.map(word -> word.strip().toLowerCase(Locale.ROOT)).orElse("");
    Set<String> categories = new TreeSet<>();
    all.forEach(entry -> categories.add(entry.category()));
    if (!wanted.isEmpty() && !categories.contains(wanted)) {
      throw Failure.notAllowed("category", wanted, List.copyOf(categories));
    }
    List<String> words = words(search);
    record Scored(Entry entry, int score) {}
    List<Entry> found =
        all.stream()
            .filter(entry -> wanted.isEmpty() || entry.category().equals(wanted))
            .map(entry -> new Scored(entry, score(entry, words)))
            .filter(scored -> scored.score() > 0)
            .sorted(
                Comparator.comparingInt(Scored::score)
                    .reversed()
                    .thenComparing(scored -> scored.entry().name()))
            .map(Scored::entry)
            .toList();
    return new Page<>(
        found.stream().skip(offset).limit(limit).toList(), found.size(), limit, offset);
  }

  /**
   * Adds an entry.
   *
   * @throws Failure CONFLICT, subject {@code name}, when the book has the name in any case;
   *     INVALID, subject {@code name}, when it holds 10 000 added entries
   */
  public void add(Entry entry) {
    addAll(List.of(entry));
  }

  /**
   * Adds every row of a CSV text with the header {@code
   * name,category,description,applications,rate}, or none. Applications are separated by bars; a
   * row without a rate gets the one that gematria makes of its name.
   *
   * @return how many were added
   * @throws Failure INVALID, subject {@code csv}, naming the line, and as {@link #add}
   */
  public int load(String csv) {
    List<Entry> entries = parse(csv);
    addAll(entries);
    return entries.size();
  }

  private void addAll(List<Entry> entries) {
    store.change(
        handle -> {
          Set<String> names = new HashSet<>();
          OWN.forEach(entry -> names.add(folded(entry.name())));
          handle
              .createQuery("SELECT folded FROM radionics_rate")
              .mapTo(String.class)
              .forEach(names::add);
          if (names.size() - OWN.size() + entries.size() > MOST_ADDED) {
            throw Failure.invalid(
                "name", entries.get(0).name(), "The book holds at most 10000 added rates");
          }
          for (Entry entry : entries) {
            if (!names.add(folded(entry.name()))) {
              throw Failure.of(
                      Failure.Reason.CONFLICT,
                      "name",
                      "The book has a rate named " + entry.name() + " already")
                  .with(Failure.PROVIDED_VALUE, entry.name());
            }
            handle
                .createUpdate(
                    "INSERT INTO radionics_rate (name, folded, rate, category, description,"
                        + " applications, added_at) VALUES (:name, :folded, :rate, :category,"
                        + " :description, :applications, :now)")
                .bind("name", entry.name())
                .bind("folded", folded(entry.name()))
                .bind("rate", entry.rate())
                .bind("category", entry.category())
                .bind("description", entry.description())
                .bind("applications", Json.write(entry.applications()))
                .bind("now", clock.millis())
                .execute();
          }
        });
  }

  private static List<Entry> all(Handle handle) {
    List<Entry> all = new ArrayList<>(OWN);
    handle
        .createQuery("SELECT * FROM radionics_rate")
        .map(
            (row, context) ->
                new Entry(
                    row.getDouble("rate"),
                    row.getString("name"),
                    row.getString("category"),
                    row.getString("description"),
                    Json.readList(row.getString("applications"), String.class)))
        .forEach(all::add);
    return all;
  }

  /** 0 when a word is nowhere. */
  private static int score(Entry entry, List<String> words) {
    int sum = 1;
    for (String word : words) {
      int score =
          4 * begins(entry.name(), word)
              + 2 * begins(entry.category() + " " + String.join(" ", entry.applications()), word)
              + begins(entry.description(), word);
      if (score == 0) {
        return 0;
      }
      sum += score;
    }
    return sum;
  }

  private static int begins(String text, String word) {
    return words(text).stream().anyMatch(each -> each.startsWith(word)) ? 1 : 0;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : folded(text).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static String folded(String text) {
    return Normalizer.normalize(text.strip(), Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT);
  }

  private static List<Entry> builtIn() {
    try (InputStream in = RateBook.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException("No resource " + BUILT_IN);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Entry> parse(String csv) {
    List<List<String>> rows = CsvText.rows(csv);
    if (rows.isEmpty() || !rows.get(0).equals(HEADER)) {
      throw Failure.invalid("csv", "", "The first line must be " + String.join(",", HEADER));
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      if (row.size() != HEADER.size()) {
        throw Failure.invalid(
            "csv", row.size(), "Row " + i + " must have 5 fields; had " + row.size());
      }
      try {
        entries.add(entry(row));
      } catch (Failure | NumberFormatException e) {
        throw Failure.invalid("csv", row.get(0), "Row " + i + ": " + e.getMessage()).causedBy(e);
      }
    }
    return entries;
  }

  private static Entry entry(List<String> row) {
    String rate = row.get(4).strip();
    List<String> applications = new ArrayList<>();
    for (String each : row.get(3).split("\\|")) {
      if (!each.isBlank()) {
        applications.add(each.strip());
      }
    }
    return new Entry(
        rate.isEmpty()
            ? RateCalculator.calculate(
                    row.get(0), "", RateCalculator.Method.GEMATRIA, Optional.empty())
                .rate()
            : Double.parseDouble(rate),
        row.get(0).strip(),
        row.get(1),
        row.get(2),
        applications);
  }

  private static void requireLength(
      String subject, String label, String text, int least, int most) {
    String unused = Failure.requireText(subject, label, text, least, most);
    if (least > 0 && text.isBlank()) {
      throw Failure.invalid(subject, text, label + " must not be blank");
    }
  }
}
