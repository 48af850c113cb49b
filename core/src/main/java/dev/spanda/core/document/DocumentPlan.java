package dev.spanda.core.document;

import dev.spanda.core.Failure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * What to generate.
 *
 * @param targets what about, 1 to 4 of {@link #TARGETS}, each once; copied
 * @param format of the documents
 * @param examples whether examples stand in them
 * @param sources Java sources for the target {@code sources}, at most {@value #MOST_SOURCES} with
 *     {@value #MOST_CHARACTERS} characters together; copied
 */
public record DocumentPlan(
    List<String> targets, Format format, boolean examples, List<Source> sources) {

  /**
   * The targets: {@code services}, a document for each chapter of each interface with its
   * operations; {@code components}, one for each interface with the records that travel; {@code
   * frameworks}, one for each interface as a whole; {@code sources}, one for each Java source.
   */
  public static final List<String> TARGETS =
      List.of("services", "components", "frameworks", "sources");

  /** The most sources. */
  public static final int MOST_SOURCES = 50;

  /** The most characters of all sources together. */
  public static final int MOST_CHARACTERS = 500_000;

  /** How a document is written. */
  public enum Format {
    /** CommonMark with tables. */
    MARKDOWN,
    /** A whole page of HTML 5. */
    HTML;

    /**
     * The format of a name in any case.
     *
     * @throws Failure INVALID, subject {@code format}
     */
    public static Format parse(String name) {
      for (Format format : values()) {
        if (format.name().equalsIgnoreCase(name.strip())) {
          return format;
        }
      }
      throw Failure.notAllowed("format", name, List.of("markdown", "html"));
    }

    /** The name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A Java source.
   *
   * @param name such as {@code Ledger.java}; 1 to 200 characters
   * @param text the whole file
   */
  public record Source(String name, String text) {
    /** Checks the name. */
    public Source {
      String unused = Failure.requireText("name", "Name of a source", name, 1, 200);
    }
  }

  /**
   * Checks the targets and the sizes.
   *
   * @throws Failure INVALID, subject {@code targets} or {@code sources}; TOO_LARGE, subject {@code
   *     sources}
   */
  public DocumentPlan {
    targets = List.copyOf(new LinkedHashSet<>(targets));
    sources = List.copyOf(sources);
    Failure.requireInRange("targets", "Number of targets", targets.size(), 1, TARGETS.size(), "");
    for (String target : targets) {
      if (!TARGETS.contains(target)) {
        throw Failure.notAllowed("targets", target, TARGETS);
      }
    }
    Failure.requireInRange("sources", "Number of sources", sources.size(), 0, MOST_SOURCES, "");
    long characters = sources.stream().mapToLong(source -> source.text().length()).sum();
    if (characters > MOST_CHARACTERS) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "sources",
              "Sources have at most " + MOST_CHARACTERS + " characters together")
          .with(Failure.PROVIDED_VALUE, characters)
          .with(Failure.MAX_VALUE, MOST_CHARACTERS);
    }
    if (targets.contains("sources") && sources.isEmpty()) {
      throw Failure.of(
          Failure.Reason.INVALID, "sources", "sources is required for the target sources");
    }
  }
}
