package dev.spanda.media.persona;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** Sentences with gaps, and what fills them. */
final class Templates {

  /** How a topic is worded, which says where it may stand. */
  private enum Shape {
    /** A thing: {@code new merch}. */
    THING,
    /** A sentence: {@code we lost the finals}. */
    SENTENCE,
    /** A question. */
    QUESTION
  }

  private static final Map<String, List<String>> THINGS =
      Map.of(
          "positive",
          List.of(
              "That {what} hit different \ud83d\udd25 Moments like this are why we do it!",
              "{What}! Still smiling about this one \ud83c\udfaf",
              "Did you see that {what}? One of the best moments this week \ud83d\ude4c",
              "When it matters most: {what}. What a feeling!",
              "{What}! Thank you all for being there \u2764",
              "Nobody believed it until it happened: {what} \ud83d\udcaa"),
          "neutral",
          List.of(
              "{What}. What do you think?",
              "Today it's all about {what}. Tell me how you see it.",
              "All about {what} today. Ask me anything!",
              "{What}, from start to finish. Questions go below.",
              "Let's talk about {what}. I read every answer.",
              "New: {what}. Take a look and let me know!"),
          "negative",
          List.of(
              "{What}: not the way I hoped. We learn and come back.",
              "Not my best day: {what}. Next time will be better.",
              "{What} hurt, no way around it. Thanks for staying with me.",
              "Honest words about {what}: that was tough.",
              "I'm not going to hide it: {what}. On to the next one.",
              "{What}. It happens, and it still stings."));

  private static final Map<String, List<String>> SENTENCES =
      Map.of(
          "positive",
          List.of(
              "{What}! Still smiling about it \ud83c\udfaf",
              "{What}! Thank you all for being here \u2764",
              "It's official: {what}! \ud83d\udcaa",
              "{What}, and I couldn't be happier \ud83d\ude4c",
              "Saying it out loud: {what}! \ud83d\udd25"),
          "neutral",
          List.of(
              "{What}. What do you think?",
              "{What}. Questions go below!",
              "Quick update: {what}.",
              "So, {what}. Tell me how you see it.",
              "{What}. More on that soon!"),
          "negative",
          List.of(
              "{What}. It happens, and it still stings.",
              "{What}. We learn and come back.",
              "I'm not going to hide it: {what}.",
              "{What}. Thanks for staying with me.",
              "Tough one to write: {what}. On to the next."));

  private static final List<String> ASKED =
      List.of(
          "{What} Tell me below, I read every answer.",
          "Chat, help me out: {what}",
          "Today's question: {what} \ud83d\udc47",
          "{What} Go! \u26a1",
          "I want to hear it from you: {what}");

  private static final Map<Shape, List<String>> TITLES =
      Map.of(
          Shape.THING,
          List.of(
              "{What}: the full story",
              "How it happened: {what}",
              "{What} in one take",
              "You have to see this: {what}",
              "Everything about {what}",
              "{What}, start to finish"),
          Shape.SENTENCE,
          List.of(
              "{What}: the full story",
              "{What} (here's how)",
              "How it happened: {what}",
              "{What}. What now?",
              "The truth is: {what}"),
          Shape.QUESTION,
          List.of(
              "{What} My honest answer",
              "{What} Let's find out",
              "You asked: {what}",
              "The question of the week: {what}",
              "{What} Finally answered"));

  private static final Map<Shape, List<String>> DESCRIPTIONS =
      Map.of(
          Shape.THING,
          List.of(
              "In this video: {what}. {Facts}If you liked it, tell me in the comments what you want"
                  + " to see next.",
              "{What}, the way it happened. {Facts}Thank you for watching, and see you in the next"
                  + " one.",
              "This one is about {what}. {Facts}Leave a comment: I read all of them.",
              "Everything about {what} in one place. {Facts}More of this every week."),
          Shape.SENTENCE,
          List.of(
              "{What}. {Facts}If you liked it, tell me in the comments what you want to see next.",
              "The story behind this one: {what}. {Facts}Thank you for watching!",
              "{What}: here is how it went. {Facts}Leave a comment, I read all of them.",
              "{What}, and this is the whole story. {Facts}See you in the next one."),
          Shape.QUESTION,
          List.of(
              "{What} That is the question of this video. {Facts}Tell me yours in the comments.",
              "You asked: {what} {Facts}Here is my answer. Thank you for watching!",
              "{What} {Facts}Watch to the end and tell me whether you agree.",
              "Today's question: {what} {Facts}Leave a comment: I read all of them."));

  private static final List<String> REPLIES =
      List.of(
          "{What}? Now we're talking! What's your take?",
          "Thanks for bringing up {what}, tell me more!",
          "Oh, {what}! What made you think of that?",
          "I could talk about {what} all day. Where do we start?",
          "Good call on {what}!");

  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?i)^(?:i|i'm|i've|we|we're|we've|you|you're|he|she|they|it|it's|this is|that was|there|"
              + "let's|thank|thanks)\\b.*|.*[\\p{L}\\p{N}][.!]+$");
  private static final Pattern DETERMINED =
      Pattern.compile(
          "(?i)^(?:my|our|your|his|her|their|the|a|an|this|that|these|those|[0-9])\\b.*");
  private static final Pattern LOWERED =
      Pattern.compile(
          "^(?:We|We're|We've|You|He|She|They|It|It's|This|That|There|My|Our|Your|The|A|An|What|Which|"
              + "When|Where|Who|Why|How|Do|Does|Did|Are|Is|Can|Should|New|First)\\b.*");

  private Templates() {}

  /** Texts for a plan without tags, in an order that the random source gives. */
  static List<String> texts(ContentPlan plan, Random random) {
    String what = what(plan);
    if (plan.kind() == ContentPlan.Kind.REPLY) {
      what = Speech.turned(what);
    }
    Shape shape = shape(what);
    List<String> templates = new ArrayList<>(templates(plan, shape));
    String about = what;
    if (DETERMINED.matcher(about).matches()) {
      // "That my first win" is no English.
      templates.removeIf(template -> template.contains("hat {what}"));
    }
    Collections.shuffle(templates, random);
    StringBuilder facts = new StringBuilder();
    plan.context()
        .forEach(
            (name, value) -> {
              if (!contains(about, value)) {
                facts
                    .append(capital(gapless(name).replace('_', ' ')))
                    .append(": ")
                    .append(gapless(value))
                    .append(". ");
              }
            });
    Map<String, String> gaps =
        Map.of("{what}", lowered(about), "{What}", capital(about), "{Facts}", facts.toString());
    List<String> texts = new ArrayList<>();
    for (String template : templates) {
      texts.add(SmallTalk.fill(template, gaps).strip());
    }
    return texts;
  }

  private static List<String> templates(ContentPlan plan, Shape shape) {
    List<String> none = List.of();
    return switch (plan.kind()) {
      case TITLE -> TITLES.getOrDefault(shape, none);
      case DESCRIPTION -> DESCRIPTIONS.getOrDefault(shape, none);
      case REPLY -> REPLIES;
      default ->
          switch (shape) {
            case QUESTION -> ASKED;
            case SENTENCE -> SENTENCES.getOrDefault(tone(plan), none);
            case THING -> THINGS.getOrDefault(tone(plan), none);
          };
    };
  }

  /** What a plan is about, without a mark at its end save that of a question. */
  static String what(ContentPlan plan) {
    String moment = plan.context().getOrDefault("moment", "");
    String what = gapless(moment.isEmpty() ? plan.topic() : moment);
    String game = gapless(plan.context().getOrDefault("game", ""));
    boolean asks = what.endsWith("?") || Speech.askedBy(what) != Speech.Asked.NOTHING;
    String bare = what.replaceFirst("[\\s.!?,;:]+$", "");
    bare = bare.isEmpty() ? what : bare;
    if (asks) {
      return bare + "?";
    }
    return game.isEmpty() || contains(bare, game) ? bare : bare + " in " + game;
  }

  private static Shape shape(String what) {
    return what.endsWith("?")
        ? Shape.QUESTION
        : SENTENCE.matcher(what).matches() ? Shape.SENTENCE : Shape.THING;
  }

  /** Whether a plan is about a question or a saying, which a reply has to answer. */
  static boolean said(ContentPlan plan) {
    return shape(what(plan)) != Shape.THING;
  }

  /** A question that is answered at once, for a saying of the creator's to follow. */
  static boolean asks(ContentPlan plan) {
    return shape(what(plan)) == Shape.QUESTION;
  }

  /** Braces are gaps here, so those that somebody wrote become round. */
  private static String gapless(String text) {
    return text.replace('{', '(').replace('}', ')');
  }

  private static String lowered(String text) {
    return LOWERED.matcher(text).matches()
        ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
        : text;
  }

  /** Texts that add next to nothing to the topic. */
  static List<String> plain(ContentPlan plan) {
    String topic = gapless(plan.topic());
    return List.of(capital(topic) + ".", "About " + topic + ".", "Today: " + topic + ".");
  }

  private static String tone(ContentPlan plan) {
    double sentiment =
        Sound.sentiment(
            Sound.Terms.all(plan.topic() + " " + String.join(" ", plan.context().values())));
    return sentiment > 0.2 ? "positive" : sentiment < -0.2 ? "negative" : "neutral";
  }

  /**
   * At most four tags of the context's values and the topic: names whole, and the words of the
   * topic that say something.
   */
  static List<String> tags(ContentPlan plan) {
    Set<String> seen = new LinkedHashSet<>();
    List<String> tags = new ArrayList<>();
    List<String> from = new ArrayList<>();
    plan.context().forEach((name, value) -> from.add(value));
    for (String value : from) {
      if (value.split("\\s+", -1).length <= 3) {
        addTag(value, seen, tags);
      }
    }
    for (String word : plan.topic().split("\\s+", -1)) {
      List<String> terms = Sound.Terms.telling(word);
      if (!terms.isEmpty() && Sound.Terms.weight(terms.get(0)) == 1 && word.length() > 2) {
        addTag(word, seen, tags);
      }
    }
    return tags.size() > 4 ? tags.subList(0, 4) : tags;
  }

  private static void addTag(String value, Set<String> seen, List<String> tags) {
    StringBuilder tag = new StringBuilder("#");
    for (String word : value.split("[^\\p{L}\\p{N}]+", -1)) {
      tag.append(capital(word));
    }
    if (tag.length() > 2
        && tag.length() <= 31
        && tag.chars().skip(1).anyMatch(Character::isLetter)
        && seen.add(tag.toString().toLowerCase(Locale.ROOT))) {
      tags.add(tag.toString());
    }
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
            + text.substring(text.offsetByCodePoints(0, 1));
  }

  /** With a capital at the beginning of the first sentence. */
  static String sentences(String text) {
    return capital(text.strip());
  }
}
