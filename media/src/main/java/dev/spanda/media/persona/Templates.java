package dev.spanda.media.persona;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** Sentences with gaps, and what fills them. */
final class Templates {

  private static final Map<String, List<String>> POSTS =
      Map.of(
          "positive",
          List.of(
              "That {what} hit different 🔥 Moments like this are why we play!",
              "{What}! Still smiling about this one 🎯",
              "Did you see that {what}? One of the best moments this week 🙌",
              "When it matters most: {what}. What a feeling!",
              "{What} and the chat went wild! Thank you all for being there ❤",
              "Nobody believed it until it happened: {what} 💪"),
          "neutral",
          List.of(
              "{What}. What do you think?",
              "Today it is all about {what}. Tell me how you see it.",
              "A few words about {what}: it is worth a closer look.",
              "{What}, from start to finish. Questions go below.",
              "Let us talk about {what}. I read every answer.",
              "New: {what}. Take a look and let me know."),
          "negative",
          List.of(
              "{What} did not go the way I hoped. We learn and come back.",
              "Not my best day: {what}. Next time will be better.",
              "{What} hurt, no way around it. Thanks for staying with me.",
              "Honest words about {what}: that was tough.",
              "I am not going to hide it: {what}. On to the next one.",
              "{What}. It happens, and it still stings."));

  private static final List<String> TITLES =
      List.of(
          "{What}: the full story",
          "How it happened: {what}",
          "{What} in one take",
          "You have to see this: {what}",
          "{What} explained",
          "The moment of the week: {what}");

  private static final List<String> DESCRIPTIONS =
      List.of(
          "In this video: {what}. {Facts}If you liked it, tell me in the comments what you want to"
              + " see next.",
          "{What}, the way it happened. {Facts}Thank you for watching, and see you in the next"
              + " one.",
          "This one is about {what}. {Facts}Leave a comment: I read all of them.",
          "Everything about {what} in one place. {Facts}More of this every week.");

  private static final List<String> REPLIES =
      List.of(
          "Good point about {what}!",
          "Thanks for bringing up {what}, tell me more.",
          "{What}? I have thoughts about that. What is your take?",
          "Oh, {what}! I could talk about that for hours.",
          "I hear you on {what}.");

  private static final Pattern GREETING =
      Pattern.compile(
          "(?i)^\\W*(?:hey+|hi+|hello|yo|sup|what'?s up|good (?:morning|evening|afternoon))\\b.*");
  private static final Pattern THANKS =
      Pattern.compile("(?i).*\\b(?:thanks|thank you|thx|ty)\\b.*");
  private static final Pattern FAREWELL =
      Pattern.compile("(?i).*\\b(?:bye|good ?night|see you|cya|gotta go)\\b.*");

  private Templates() {}

  /** An answer that needs no lessons, and how sure it is to fit. */
  record Small(String text, double confidence) {}

  /**
   * Small talk: confidence 0.6 for a greeting, thanks or a farewell, 0.3 for another question, 0.2
   * for anything else.
   */
  static Small talk(String message, String name, Random random) {
    String to = name.isEmpty() ? "" : " " + name;
    if (GREETING.matcher(message).matches()) {
      return new Small(
          pick(
              random,
              "Hey" + to + "! Good to see you. What's going on?",
              "Hi" + to + "! How is it going?",
              "Hello" + to + "! What are you up to?"),
          0.6);
    }
    if (THANKS.matcher(message).matches()) {
      return new Small(
          pick(
              random, "Anytime" + to + "!", "You're welcome" + to + "!", "Glad to help" + to + "!"),
          0.6);
    }
    if (FAREWELL.matcher(message).matches()) {
      return new Small(
          pick(random, "See you around" + to + "!", "Take care" + to + "!", "Until next time!"),
          0.6);
    }
    if (message.strip().endsWith("?")) {
      return new Small(
          pick(
              random,
              "Good question. I have not been taught an answer to that yet.",
              "I do not know that one yet. What do you think?",
              "Nobody has taught me that so far. How do you see it?"),
          0.3);
    }
    return new Small(
        pick(
            random,
            "I hear you" + to + ". Tell me more!",
            "Interesting! How did that come about?",
            "Got it. What happened then?"),
        0.2);
  }

  /** Texts for a plan without tags, in an order that the random source gives. */
  static List<String> texts(ContentPlan plan, Random random) {
    String moment = plan.context().getOrDefault("moment", "");
    String what = moment.isEmpty() ? plan.topic() : moment;
    String game = plan.context().getOrDefault("game", "");
    String whole = game.isEmpty() || contains(what, game) ? what : what + " in " + game;
    List<String> templates =
        new ArrayList<>(
            switch (plan.kind()) {
              case TITLE -> TITLES;
              case DESCRIPTION -> DESCRIPTIONS;
              case REPLY -> REPLIES;
              default -> POSTS.get(tone(plan));
            });
    java.util.Collections.shuffle(templates, random);
    StringBuilder facts = new StringBuilder();
    plan.context()
        .forEach(
            (name, value) ->
                facts
                    .append(capital(name.replace('_', ' ')))
                    .append(": ")
                    .append(value)
                    .append(". "));
    List<String> texts = new ArrayList<>();
    for (String template : templates) {
      texts.add(
          template
              .replace("{what}", whole)
              .replace("{What}", capital(whole))
              .replace("{Facts}", facts));
    }
    return texts;
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
      if (!Sound.Terms.telling(word).isEmpty()) {
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

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
