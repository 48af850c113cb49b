package dev.spanda.media.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what people say of themselves in plain English sentences. */
final class Facts {

  /**
   * A fact.
   *
   * @param relation the name of a {@link Form}, or that with a colon and a thing
   * @param object such as {@code Canada}
   */
  record Fact(String relation, String object, String category) {

    /** Whether a person has one of it, so that a new one takes the place of the old. */
    boolean single() {
      return !relation.equals("likes") && !relation.equals("dislikes") && !relation.equals("does");
    }
  }

  private static final String END = "(?=[.,!?;\\n]|\\s+(?:and|but|so|because|though)\\s|$)";
  private static final String VALUE = "([\\p{L}\\p{N}][\\p{L}\\p{N}' :&-]{0,58}?)\\s*" + END;
  private static final String I = "(?<![\\p{L}\\p{N}])i(?:'| a)?m\\s+";

  private record Form(String relation, String category, Pattern pattern) {
    Form(String relation, String category, String pattern) {
      this(
          relation,
          category,
          Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }
  }

  private static final String PERSONAL = "personal_info";
  private static final String PREFERENCE = "preference";
  private static final List<Form> FORMS =
      List.of(
          new Form("from", PERSONAL, I + "from\\s+" + VALUE),
          new Form("from", PERSONAL, "\\bi\\s+come\\s+from\\s+" + VALUE),
          new Form("lives", PERSONAL, "\\bi\\s+live\\s+in\\s+" + VALUE),
          new Form("name", PERSONAL, "\\bmy\\s+name(?:\\s+is|'s)\\s+" + VALUE),
          new Form("name", PERSONAL, "\\b(?:please\\s+)?call\\s+me\\s+" + VALUE),
          new Form("age", PERSONAL, I + "(\\d{1,3})\\s+years\\s+old"),
          new Form("birthday", PERSONAL, "\\bmy\\s+birthday\\s+is\\s+(?:on\\s+)?" + VALUE),
          new Form("works", PERSONAL, "\\bi\\s+work\\s+as\\s+(?:an?\\s+)?" + VALUE),
          new Form("has", PERSONAL, "\\bi\\s+have\\s+an?\\s+" + VALUE),
          new Form(
              "likes", PREFERENCE, "\\bi\\s+(?:really\\s+)?(?:love|like|enjoy|prefer)\\s+" + VALUE),
          new Form(
              "dislikes",
              PREFERENCE,
              "\\bi\\s+(?:really\\s+)?(?:hate|dislike|(?:don'?t|do\\s+not)\\s+like)\\s+" + VALUE),
          new Form(
              "does",
              "interest",
              "\\bi\\s+(?:usually\\s+)?((?:play|main|stream|watch|collect)\\s+"
                  + VALUE.substring(1)));
  private static final Pattern FAVOURITE =
      Pattern.compile(
          "\\bmy\\s+favou?rite\\s+([\\p{L}]{2,20})\\s+is\\s+" + VALUE, Pattern.CASE_INSENSITIVE);
  private static final Set<String> PLAYED = Set.of("play", "stream", "game", "main");
  private static final Pattern OFTEN =
      Pattern.compile(
          "(?i)\\s+(?:every|all|a lot|sometimes|usually|mostly|these days|right"
              + " now|with|on|at|since|for)\\b.*$");

  /** Before what somebody asks or supposes of himself. */
  private static final Pattern ASKED =
      Pattern.compile(
          "(?i)\\b(?:should|shall|can|could|may|might|do|did|would|will|if|when|what|that|have)\\s+$");

  private static final int LONGEST_MESSAGE = 2_000;
  private static final int MOST = 8;

  private Facts() {}

  /** The facts of a message, at most eight. Numbers of accounts and addresses are none. */
  static List<Fact> of(String message) {
    String text =
        message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)).replace('\u2019', '\'');
    List<Fact> facts = new ArrayList<>();
    Matcher favourite = FAVOURITE.matcher(text);
    while (favourite.find() && facts.size() < MOST) {
      add(
          facts,
          "favourite:" + favourite.group(1).toLowerCase(Locale.ROOT),
          favourite.group(2),
          PREFERENCE);
    }
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(text);
      while (matcher.find() && facts.size() < MOST) {
        if (!ASKED.matcher(text.substring(0, matcher.start())).find()) {
          add(facts, form.relation(), matcher.group(1), form.category());
        }
      }
    }
    return facts;
  }

  private static void add(List<Fact> facts, String relation, String given, String category) {
    String object = given.strip();
    boolean secret = object.chars().filter(Character::isDigit).count() > 5;
    boolean question = object.toLowerCase(Locale.ROOT).matches("(?:it|that|this|you|to)(?: .*)?");
    if (!object.isEmpty() && !secret && !question) {
      facts.add(new Fact(relation, object, category));
    }
  }

  /** As a sentence about the user. */
  static String told(String relation, String object) {
    return "User mentioned " + clause(relation, object, "they", "their");
  }

  /** As a clause to the user. */
  static String addressed(String relation, String object) {
    return "you told me " + clause(relation, object, "you", "your");
  }

  /**
   * What a person likes, when a question is for such a thing.
   *
   * @param asked the telling words of the question
   */
  static Optional<String> fondOf(String relation, String object, List<String> asked) {
    boolean play = asked.stream().anyMatch(PLAYED::contains);
    if (relation.startsWith("favourite:")) {
      String thing = relation.substring("favourite:".length());
      return (play && thing.equals("game"))
              || asked.stream().anyMatch(Sound.Terms.telling(thing)::contains)
          ? Optional.of(object)
          : Optional.empty();
    }
    if (relation.equals("does")) {
      int blank = object.indexOf(' ');
      String verb = blank < 0 ? "" : object.substring(0, blank).toLowerCase(Locale.ROOT);
      boolean same = play && PLAYED.contains(verb);
      return blank > 0 && (same || asked.contains(verb))
          ? Optional.of(OFTEN.matcher(object.substring(blank + 1)).replaceFirst(""))
          : Optional.empty();
    }
    // "Horror games" are what somebody asks for who asks for a game.
    return relation.equals("likes")
            && Sound.Terms.telling(object).stream().anyMatch(asked::contains)
        ? Optional.of("one of those")
        : Optional.empty();
  }

  private static String clause(String relation, String object, String who, String whose) {
    if (relation.startsWith("favourite:")) {
      return whose + " favourite " + relation.substring("favourite:".length()) + " is " + object;
    }
    return switch (relation) {
      case "from" -> who + "'re from " + object;
      case "lives" -> who + " live in " + object;
      case "name" -> whose + " name is " + object;
      case "age" -> who + "'re " + object + " years old";
      case "birthday" -> whose + " birthday is " + object;
      case "works" -> who + " work as " + object;
      case "has" -> who + " have a " + object;
      case "likes" -> who + " like " + object;
      case "dislikes" -> who + " don't like " + object;
      default -> who + " " + object;
    };
  }
}
