package dev.spanda.core.assistant;

import java.util.List;

/**
 * Something the assistant can begin.
 *
 * @param id the name of what is begun, such as {@code logo_maker}
 * @param name what people call it
 * @param description what one gets, in a sentence
 * @param keywords words by which people ask for it, such as {@code logo} and {@code brand}; the
 *     first one names what is made
 * @param inputs in the order in which they are asked for
 */
public record Skill(
    String id, String name, String description, List<String> keywords, List<Input> inputs) {

  /** Copies the lists. */
  public Skill {
    keywords = List.copyOf(keywords);
    inputs = List.copyOf(inputs);
    if (keywords.isEmpty()) {
      throw new IllegalArgumentException("a skill needs a keyword");
    }
  }

  /** What the words are searched for. */
  public enum Kind {
    /** A name: quoted, or after "called". */
    NAME,
    /** Colours by name or {@code #hex}; a list of {@code #rrggbb}. */
    COLORS,
    /** One of some words. */
    CHOICE,
    /** The first number of a size such as 800x600, in pixels. */
    WIDTH,
    /** The second number of a size. */
    HEIGHT,
    /** A number with its unit. */
    NUMBER,
    /** The id of a file, {@code file_…}. */
    FILE,
    /** Whatever is answered when it is asked for. */
    TEXT
  }

  /**
   * One input.
   *
   * @param name the input's name where the skill is begun
   * @param kind what is searched for
   * @param required whether the skill cannot begin without it
   * @param label what a person calls it, such as {@code color scheme}
   * @param choices the words of a CHOICE, which suggestions show; else empty
   * @param unit the unit of a NUMBER in lower case, such as {@code hz} or {@code s}; else empty
   */
  public record Input(
      String name, Kind kind, boolean required, String label, List<String> choices, String unit) {

    /** Copies the choices. */
    public Input {
      choices = List.copyOf(choices);
    }

    /** An input of this kind that must be there. */
    public static Input required(String name, Kind kind, String label) {
      return new Input(name, kind, true, label, List.of(), "");
    }

    /** An input of this kind that may be absent. */
    public static Input optional(String name, Kind kind, String label) {
      return new Input(name, kind, false, label, List.of(), "");
    }

    /** The same with these words to choose from. */
    public Input choosing(List<String> words) {
      return new Input(name, kind, required, label, words, unit);
    }

    /** The same in this unit. */
    public Input in(String unitInLowerCase) {
      return new Input(name, kind, required, label, choices, unitInLowerCase);
    }
  }
}
