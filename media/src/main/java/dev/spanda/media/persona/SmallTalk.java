package dev.spanda.media.persona;

import dev.spanda.media.persona.Speech.Intent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Answers that need no lessons. They claim nothing about the creator: where a question is about
 * that, they say that nobody has told them. <code>{about}</code> stands for what the message is
 * about; an answer with that gap is only taken when it is known.
 */
final class SmallTalk {

  /** An answer and how sure it is to fit. */
  record Small(String text, double confidence) {}

  private static final Map<Intent, List<String>> ANSWERS =
      Map.ofEntries(
          Map.entry(
              Intent.GREETING,
              List.of(
                  "Hey{name}! Good to see you. What's going on?",
                  "Hi{name}! Glad you're here. How's your day?",
                  "Hello{name}! Welcome in, make yourself at home.")),
          Map.entry(
              Intent.WELLBEING,
              List.of(
                  "All good here, thanks for asking! How about you?",
                  "Doing great, and better now that you're here. How's your day?",
                  "Can't complain! What about you?")),
          Map.entry(
              Intent.THANKS,
              List.of("Anytime{name}!", "You're welcome{name}!", "Of course{name}, happy to!")),
          Map.entry(
              Intent.PRAISE,
              List.of(
                  "That means a lot{name}, thank you! \u2764",
                  "Aw, thank you{name}! You just made this chat a little brighter.",
                  "Thank you{name}, so glad you're enjoying it!")),
          Map.entry(
              Intent.FAREWELL,
              List.of(
                  "See you next time{name}! It was good to have you here.",
                  "Take care{name}, thanks for stopping by!",
                  "Bye{name}! Rest well and come back soon.")),
          Map.entry(
              Intent.RETURN,
              List.of(
                  "Welcome back{name}! You didn't miss everything, promise.",
                  "There you are{name}! Good to have you back.",
                  "Back in the room{name}! Pull up a chair.")),
          Map.entry(
              Intent.LURK,
              List.of(
                  "Enjoy the lurk{name}, glad you're here!",
                  "Lurkers are loved here{name}. Get comfy!",
                  "No need to say a word{name}, thanks for being here.")),
          Map.entry(
              Intent.HYPE,
              List.of(
                  "LET'S GO! What a moment! \ud83d\udd25",
                  "That was unreal! Chat, did you see that? \ud83d\ude4c",
                  "Yes! This is what we're here for! \ud83c\udf89")),
          Map.entry(
              Intent.GOOD_GAME,
              List.of(
                  "GG! Well played, everyone!",
                  "GGs all around! \ud83d\ude4c",
                  "GG! Who's up for one more?")),
          Map.entry(
              Intent.PERMISSION,
              List.of(
                  "Of course{name}, go ahead!", "Sure, ask away!", "Always. What's on your mind?")),
          Map.entry(
              Intent.CRITICISM,
              List.of(
                  "Fair enough, thanks for saying it straight. What would you change?",
                  "Ouch, but I'm listening. What makes you say that?",
                  "I hear you. Tell me what you'd like to see instead.")),
          Map.entry(
              Intent.UNKIND,
              List.of(
                  "Let's keep it kind in here, please.",
                  "Easy there. We look after each other in this chat.",
                  "Not like that, please. Say it nicely and I'm all ears.")),
          Map.entry(
              Intent.PLUG,
              List.of(
                  "Let's keep plugs out of the chat, please. You're welcome to stay, though!",
                  "No ads in here, please, but you're welcome to stay!",
                  "We don't do promotion in this chat. Talk with us instead!")),
          Map.entry(Intent.NOD, List.of("Got it!", "Alright! \ud83d\ude04", "Okay, noted!")),
          Map.entry(
              Intent.WELCOME,
              List.of(
                  "Welcome in{name}! Glad you found us.",
                  "A new face! Welcome{name}, make yourself comfortable.",
                  "Welcome{name}! What brought you here?")),
          Map.entry(
              Intent.BIRTHDAY,
              List.of(
                  "Happy birthday! \ud83c\udf89 Hope it's a great one.",
                  "Happy birthday! Cake for everyone! \ud83c\udf82",
                  "Happy birthday! All the best from this chat! \ud83c\udf89")),
          Map.entry(
              Intent.LUCK,
              List.of(
                  "Thank you{name}, every bit of luck helps!",
                  "Thanks{name}! Fingers crossed \ud83e\udd1e",
                  "Appreciate it{name}, let's make it count!")),
          Map.entry(
              Intent.FAULT,
              List.of(
                  "Thanks for the heads-up! Is it the same for everybody in chat?",
                  "Good catch{name}, thanks for saying so. Anybody else?",
                  "Thanks for letting us know! Does a refresh change anything for you?")),
          Map.entry(
              Intent.REMEMBRANCE,
              List.of(
                  "Not yet, but I'd like to! Tell me something about you.",
                  "We're just getting to know each other. What should I remember?",
                  "Nothing so far. Tell me one thing about you and I'll keep it.")),
          Map.entry(
              Intent.NEWS,
              List.of(
                  "Oh{name}, how did it go?",
                  "Look at you! How are you feeling about it?",
                  "Tell me everything! How was it?")),
          Map.entry(
              Intent.LAUGHTER,
              List.of(
                  "Haha, that got me too! \ud83d\ude02",
                  "\ud83d\ude02 Right?",
                  "Okay, that one was good \ud83d\ude04")),
          Map.entry(
              Intent.SORROW,
              List.of(
                  "Sorry to hear that{name}. Stay a while, you're among friends here.",
                  "That sounds rough{name}. Want to talk about it?",
                  "Sending you some good energy{name}. Be kind to yourself today.")),
          Map.entry(
              Intent.JOKE,
              List.of(
                  "Why did the streamer bring a ladder? To reach the high score.",
                  "I told my keyboard a joke. It had no comeback, but it did space out.",
                  "My internet and I have a lot in common: we both drop out when it matters.")),
          Map.entry(
              Intent.IDENTITY,
              List.of(
                  "I'm this channel's persona, not a human: I answer with what I was taught here.",
                  "Not a person! I'm the channel's persona and I go by what the creator taught me.",
                  "I'm an AI persona of this channel. The creator taught me what I know.")),
          Map.entry(
              Intent.CHOICE,
              List.of(
                  "I'd say {first}. Which way are you leaning?",
                  "I'd go with {first} this time. What's pulling you towards {second}?",
                  "Close call, but {first} by a hair. You?")),
          Map.entry(
              Intent.WHETHER,
              List.of(
                  "If you keep thinking about it, that's half an answer already. What's holding you"
                      + " back?",
                  "Give it one honest try and see how it feels. What's the worst that could"
                      + " happen?",
                  "I'd try it small first, then decide. What would you need to start?")),
          Map.entry(
              Intent.METHOD,
              List.of(
                  "For {about}: pick one small piece, practise it every day, and look back after a"
                      + " week. Where are you stuck right now?",
                  "For {about}: slow and steady beats one long night. What have you tried so far?",
                  "Pick one small piece of it, practise it every day, and look back after a week."
                      + " Where are you stuck right now?",
                  "Start with the part that goes wrong most often and fix only that. Which part is"
                      + " it for you?")),
          Map.entry(
              Intent.ADVICE,
              List.of(
                  "Go with the one you'd pick even if nobody was watching: people feel that. What's"
                      + " on your shortlist?",
                  "Take the one you're most curious about and give it a real chance. What are you"
                      + " choosing between?",
                  "Whatever you can't stop thinking about, start there. Which ones are in the"
                      + " running?")),
          Map.entry(
              Intent.FAVOURITE,
              List.of(
                  "Hard to name just one {about}! What's yours?",
                  "I haven't settled on one I'd call my favourite. What's yours?",
                  "Tough to pick, I'd change my mind tomorrow. Which one would you go for?")),
          Map.entry(
              Intent.OPINION,
              List.of(
                  "About {about}: I'd rather hear you first. What's your take?",
                  "I don't have a finished opinion on {about} yet. Where do you stand?",
                  "I haven't made up my mind on that one. What's your take?",
                  "There's a case for both sides, and I'm still listening. Where do you stand?")),
          Map.entry(
              Intent.TIME,
              List.of(
                  "I don't have a date for that yet. The announcements will have it first!",
                  "No time I could promise you yet. Keep an eye on the schedule!",
                  "I wasn't told when, and I don't want to guess. Check the schedule to be sure.")),
          Map.entry(
              Intent.SELF,
              List.of(
                  "I haven't been told that yet, and I won't make it up. Ask again when we're"
                      + " live!",
                  "Nobody has taught me that one so far. What about you?",
                  "That's one I can't answer yet, but now I'm curious about yours!")),
          Map.entry(
              Intent.QUESTION,
              List.of(
                  "Good question! I don't know that one yet, and I don't want to guess.",
                  "I don't have an answer to that so far. What do you think?",
                  "That one's new to me. Does anybody in chat know?")),
          Map.entry(
              Intent.REQUEST,
              List.of(
                  "Love the idea! No promises, but it's heard.",
                  "Noted! Let's see what chat says about it.",
                  "I like it. Keep ideas like that coming!")),
          Map.entry(
              Intent.STATEMENT,
              List.of(
                  "Tell me more about that{name}!",
                  "I'm listening{name}. Go on!",
                  "Fair! What does chat think?")));

  private static final String REMEMBERED = "Good to know{name}, I'll remember that!";

  private SmallTalk() {}

  /**
   * How well an answer without lessons fits, by what is wanted: 0.6 for greetings, thanks and other
   * small talk that was understood, 0.3 for a question and a wish, 0.2 for a saying.
   */
  static double confidence(Intent intent) {
    return switch (intent) {
      case STATEMENT, NEWS, CRITICISM, NOD -> 0.2;
      case CHOICE, WHETHER, METHOD, ADVICE, FAVOURITE, OPINION, TIME, SELF, QUESTION, REQUEST ->
          0.3;
      default -> 0.6;
    };
  }

  /**
   * Answers in the order in which they are to be tried; the last has nothing of the message in it.
   *
   * @param name of the person; empty when unknown
   * @param remembered whether something of the person was just learnt
   */
  static List<Small> answers(Speech speech, String name, boolean remembered, Random random) {
    List<String> forms =
        new ArrayList<>(
            speech.intent() == Intent.STATEMENT && remembered
                ? List.of(REMEMBERED)
                : ANSWERS.getOrDefault(speech.intent(), List.of("I hear you.")));
    Collections.shuffle(forms, random);
    List<String> about = new ArrayList<>();
    List<String> without = new ArrayList<>();
    String[] two = speech.about().split(" or ", 2);
    for (String form : forms) {
      boolean gap = form.contains("{about}") || form.contains("{first}");
      boolean filled = form.contains("{first}") ? two.length == 2 : !speech.about().isEmpty();
      if (!gap) {
        without.add(form);
      } else if (filled) {
        about.add(form);
      }
    }
    List<String> order = new ArrayList<>(about);
    order.addAll(without);
    if (without.isEmpty()) {
      order.addAll(ANSWERS.getOrDefault(Intent.ADVICE, List.of()));
    }
    boolean opens =
        speech.intent().question()
            || switch (speech.intent()) {
              case WELLBEING, PERMISSION, REQUEST, REMEMBRANCE, FAULT, STATEMENT, NEWS -> true;
              default -> false;
            };
    String hello = speech.greeted() && opens ? "Hey{name}! " : "";
    int picked = two.length == 2 ? random.nextInt(2) : 0;
    double confidence = confidence(speech.intent());
    List<Small> answers = new ArrayList<>();
    for (String to : name.isEmpty() ? List.of("") : List.of(" " + name, "")) {
      for (String form : order) {
        String gapless =
            fill(
                hello + form,
                Map.of(
                    "{name}",
                    hello.isEmpty() ? comma(form, to) : to,
                    "{first}",
                    two[picked],
                    "{second}",
                    two[two.length - 1 - Math.min(picked, two.length - 1)],
                    "{about}",
                    speech.about()));
        answers.add(new Small(Templates.sentences(gapless), confidence));
      }
    }
    return answers;
  }

  /** A name needs a comma before it, except right behind a word of greeting. */
  private static String comma(String form, String to) {
    boolean word = Arrays.asList("Hey", "Hi", "Hello", "Bye").stream().anyMatch(form::startsWith);
    return to.isEmpty() || word ? to : "," + to;
  }

  /** Fills all gaps at once, so that what fills one is no gap itself. */
  static String fill(String form, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < form.length()) {
      int open = form.indexOf('{', from);
      int close = open < 0 ? -1 : form.indexOf('}', open);
      String value = close < 0 ? null : values.get(form.substring(open, close + 1));
      if (value == null) {
        text.append(form, from, form.length());
        break;
      }
      text.append(form, from, open).append(value);
      from = close + 1;
    }
    return text.toString();
  }
}
