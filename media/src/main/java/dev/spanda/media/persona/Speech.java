package dev.spanda.media.persona;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a message wants, found by its wording in plain English.
 *
 * @param intent what an answer has to do
 * @param asked the sort of question; {@link Asked#NOTHING} for none
 * @param greeted whether it begins with a greeting
 * @param core the message without that greeting; the whole message when it is nothing else
 * @param about what it is about in the words of the message with I and you exchanged, such as
 *     {@code your aim}; empty when that cannot be told
 */
record Speech(Intent intent, Asked asked, boolean greeted, String core, String about) {

  /** What an answer has to do. */
  enum Intent {
    /** To greet back. */
    GREETING,
    /** To say how it goes. */
    WELLBEING,
    /** To take thanks. */
    THANKS,
    /** To take praise. */
    PRAISE,
    /** To say goodbye. */
    FAREWELL,
    /** To welcome somebody back. */
    RETURN,
    /** To let somebody watch in silence. */
    LURK,
    /** To rejoice over a moment. */
    HYPE,
    /** To laugh along. */
    LAUGHTER,
    /** To console. */
    SORROW,
    /** To tell a joke. */
    JOKE,
    /** To say what is answering. */
    IDENTITY,
    /** To choose between two things. */
    CHOICE,
    /** To advise whether. */
    WHETHER,
    /** To advise how. */
    METHOD,
    /** To advise what. */
    ADVICE,
    /** To say what one likes best. */
    FAVOURITE,
    /** To say what one thinks. */
    OPINION,
    /** To say when. */
    TIME,
    /** To tell something of the creator. */
    SELF,
    /** To answer another question. */
    QUESTION,
    /** To take a wish. */
    REQUEST,
    /** To let somebody ask. */
    PERMISSION,
    /** To take a hard word. */
    CRITICISM,
    /** To ask for kindness. */
    UNKIND,
    /** To turn an advertisement down. */
    PLUG,
    /** To honour a game that is over. */
    GOOD_GAME,
    /** To ask how it went. */
    NEWS,
    /** To take a yes, a no or a picture. */
    NOD,
    /** To welcome somebody new. */
    WELCOME,
    /** To wish a happy birthday. */
    BIRTHDAY,
    /** To thank for luck. */
    LUCK,
    /** To take word of a fault of picture or sound. */
    FAULT,
    /** To say what is remembered of somebody. */
    REMEMBRANCE,
    /** To say something back. */
    STATEMENT;

    /** Whether it is small talk that anybody in a chat understands. */
    boolean small() {
      return switch (this) {
        case GREETING,
            WELLBEING,
            THANKS,
            PRAISE,
            FAREWELL,
            RETURN,
            LURK,
            HYPE,
            GOOD_GAME,
            LAUGHTER,
            SORROW,
            WELCOME,
            BIRTHDAY,
            LUCK ->
            true;
        default -> false;
      };
    }

    /** Whether it has to be answered as a question. */
    boolean question() {
      return switch (this) {
        case IDENTITY, CHOICE, WHETHER, METHOD, ADVICE, FAVOURITE, OPINION, TIME, SELF, QUESTION ->
            true;
        default -> false;
      };
    }
  }

  /** The sort of question, by its first word that asks. */
  enum Asked {
    /** No question. */
    NOTHING,
    /** What or which. */
    WHAT,
    /** What the asker should do. */
    ADVICE,
    /** When, or at what time. */
    WHEN,
    /** Where. */
    WHERE,
    /** Who. */
    WHO,
    /** Why. */
    WHY,
    /** How many, how much, how long, how old. */
    MEASURE,
    /** How. */
    HOW,
    /** Yes or no. */
    WHETHER;

    /**
     * How far an answer to one sort of question may answer another: 1 for the same sort, 0.8
     * between a question and none, 0.7 between what and whether, 0.4 else.
     */
    double fits(Asked other) {
      if (this == other) {
        return 1;
      }
      if (this == NOTHING || other == NOTHING) {
        return 0.8;
      }
      boolean mild = (this == WHAT && other == WHETHER) || (this == WHETHER && other == WHAT);
      return mild ? 0.7 : 0.4;
    }
  }

  private record Form(Intent intent, Pattern pattern) {
    Form(Intent intent, String words) {
      this(intent, compiled(words));
    }
  }

  private static final Pattern GREETING =
      compiled(
          "^\\W*(?:(?:hey+|hi+|hello+|hiya|howdy|yo+|heya|hola|greetings|good"
              + " (?:morning|evening|afternoon|day)|morning|evening)\\b(?:["
              + " ,]+(?:there|everyone|everybody|all|chat|guys|folks|friend|friends|man|bro|dude|"
              + "again|team|streamer|@\\w+))*[\\s,.!:;~-]*)+");
  private static final List<Form> SMALL =
      List.of(
          new Form(
              Intent.WELLBEING,
              "^(?:and )?(?:how(?:'s| is| are|re)? (?:you|u|ya|it going|things|life|your day|the"
                  + " stream)(?: doing| going| been)?(?: today| tonight| so far| everyone|"
                  + " everybody| man| bro)?|how have you been|what'?s up|whats good|sup|wassup|wyd|"
                  + "what are you up to|you (?:ok|okay|good|alright))\\W*$"),
          new Form(
              Intent.REMEMBRANCE,
              "\\b(?:do you|u) (?:remember|know|recognise|recognize) me\\b|^remember me\\b|"
                  + "what (?:do you|u) (?:know|remember) (?:about|of) me\\b"),
          new Form(
              Intent.BIRTHDAY,
              "\\b(?:my|happy|hbd|his|her|it'?s \\w+'?s) ?(?:birthday|bday|b-day)\\b(?!.*\\bis"
                  + " on\\b)"),
          new Form(Intent.LUCK, "\\b(?:good luck|gl ?hf|glhf|break a leg)\\b|^gl\\W*$"),
          new Form(
              Intent.FAULT,
              "\\b(?:lagging|laggy|buffering|stuttering|(?:stream|audio|mic|sound|video|game|music|voice|volume|camera|cam)(?:"
                  + " is|'s)? (?:so |too |very |really"
                  + " )?(?:quiet|loud|low|off|down|dead|muted|broken|frozen|freezing|blurry|out of"
                  + " sync|delayed)|can(?:'|no)?t hear|you'?re muted|no (?:sound|audio))\\b"),
          new Form(
              Intent.PERMISSION,
              "^(?:can|could|may) i (?:please )?ask (?:you )?(?:something|a (?:quick"
                  + " )?question|you)\\W*$|\\b(?:i (?:have|got|'ve got) a (?:quick"
                  + " )?question)\\W*$"),
          new Form(
              Intent.JOKE, "\\b(?:tell (?:me|us) (?:a|another) joke|know any jokes|got a joke)\\b"),
          new Form(
              Intent.IDENTITY,
              "\\b(?:are you (?:an? )?(?:real|bot|robot|ai|human|machine|person|computer)|who are"
                  + " you|what are you|is this a bot|who am i talking to|who'?s"
                  + " (?:this|answering))\\b"),
          new Form(
              Intent.LURK, "\\b(?:lurk|lurking|going to lurk|just listening|listening at work)\\b"),
          new Form(Intent.RETURN, "^(?:i'?m |im |and i'?m )?back\\b|^(?:brb|afk)\\W*$"),
          new Form(
              Intent.FAREWELL,
              "\\b(?:bye+|good ?night|gn|see (?:you|ya)|cya|gotta go|have to go|got to go|heading"
                  + " (?:out|off)|off to bed|take care|later everyone)\\b"));
  private static final List<Form> QUESTIONS =
      List.of(
          new Form(Intent.TIME, "\\b(?:when|what time|what day|how soon)\\b"),
          new Form(
              Intent.FAVOURITE,
              "\\b(?:favou?rites?|which .{1,40} do you (?:like|love|prefer)|"
                  + "what do you (?:like|love|enjoy))\\b"),
          new Form(
              Intent.OPINION,
              "\\b(?:do you (?:think|like|love|prefer|enjoy)|thoughts (?:on|about)|your"
                  + " (?:opinion|take|view|thoughts)|what about|how about|do you believe|how do you"
                  + " (?:feel|like)|who(?:'s| is| will) (?:the best|going to win|win)|(?:is|are)"
                  + " (?!you\\b|u\\b).{1,60} (?:good|bad|worth it|better|overrated|underrated|any"
                  + " good|fun)\\b)"),
          new Form(
              Intent.METHOD,
              "\\bhow (?:do|can|should|could|would|to)"
                  + " ?(?:i|we|you|one)?\\b.{0,30}\\b(?:better|improve|"
                  + "learn|start|grow|win|beat|practi[cs]e|stop|deal|aim|climb|edit|train)\\b|\\b(?:any"
                  + " (?:tips|advice)|(?:tips|advice) (?:for|on)|get better|improve)\\b|\\bwhat"
                  + " (?:should|shall|can|could) (?:i|we) do\\W*$"),
          new Form(
              Intent.ADVICE,
              "\\b(?:what|which|where|who)\\b.{0,40}\\b(?:should|shall|could|can) (?:i|we)\\b|"
                  + "\\brecommend|\\bsuggest|\\bany ideas?\\b|\\bwhat to \\w+"),
          new Form(Intent.WHETHER, "\\b(?:should|shall) (?:i|we)\\b"),
          new Form(Intent.REQUEST, "^(?:can|could|may) (?:i|we)\\b"),
          new Form(
              Intent.REQUEST,
              "^(?:can|could|will|would) (?:you|u) (?:please |pls"
                  + " )?(?:play|do|try|say|give|sing|show|"
                  + "stream|react|add|make|put|read|shout|follow|check|dance|review|cover)\\b"),
          new Form(Intent.SELF, "\\b(?:you|your|yours|u|ur|youre|you're)\\b"));
  private static final List<Form> SAYINGS =
      List.of(
          new Form(
              Intent.METHOD,
              "\\b(?:any (?:tips|advice)|(?:tips|advice) (?:for|on)|(?:need|want) (?:your |some )?"
                  + "(?:help|advice|tips))\\b"),
          new Form(
              Intent.SORROW,
              "\\b(?:(?:i|we) (?:just )?(?:lost|failed|suck)|i'?m (?:so"
                  + " )?(?:sad|tired|down|sick|stressed|"
                  + "depressed|bored|exhausted|lonely|nervous)|(?:bad|rough|hard|long|terrible|awful|worst)"
                  + " (?:day|week|night|game|time)|passed away|broke up|so sad|feel(?:ing)?"
                  + " (?:bad|sad|down|sick))\\b"),
          new Form(
              Intent.THANKS, "\\b(?:thanks|thank (?:you|u)|thx|ty|tysm|appreciate (?:it|you))\\b"),
          new Form(
              Intent.PRAISE,
              "\\b(?:(?:love|loving|like|enjoy|enjoyed) (?:your|this|the)"
                  + " (?:stream|streams|videos?|content|channel|vibe|vibes|energy|music|setup|voice)|you(?:'re|"
                  + " are|r)? (?:so |the |really )?"
                  + "(?:best|great|amazing|awesome|good|funny|cracked|insane|goat|legend|inspiration)|(?:great|best|amazing|awesome|good|nice|fun)"
                  + " (?:stream|video|content|channel|job|work)|big fan|first time"
                  + " (?:here|chatter)|just (?:subbed|subscribed|followed)|keep it up)\\b"),
          new Form(
              Intent.WELCOME,
              "\\b(?:(?:i'?m|i am) new|new here|first time (?:here|chatter|watching)|just found"
                  + " (?:you|this))\\b"),
          new Form(Intent.PRAISE, "^w (?:stream|streamer|take|play|chat|mans?)\\b"),
          new Form(Intent.CRITICISM, "^l (?:stream|streamer|take|play|chat|mans?)\\b"),
          new Form(Intent.GOOD_GAME, "^(?:gg+|ggs|wp|gg ?wp|good game|well played)\\b"),
          new Form(
              Intent.CRITICISM,
              "\\b(?:you(?:'re| are|r)? (?:so |just |really"
                  + " )?(?:trash|garbage|terrible|awful|stupid|dumb|cheating|hacking|lying|fake|boring|bad|washed|overrated|a"
                  + " cheater|wrong)|cheater|this is (?:so )?(?:boring|bad)|you"
                  + " suck|(?:didn'?t|don'?t) like (?:this|the|your))\\b"),
          new Form(
              Intent.HYPE,
              "\\b(?:le+t'?s go+|pog\\w*|hype+d?|clutch\\w*|insane|no way+|w{2,}|omg|wow|what a"
                  + " (?:play|shot|win|game|moment)|nice (?:shot|play|one)|we won|i won|let him"
                  + " cook|goat)\\b|\ud83d\udd25|\ud83c\udf89|\ud83d\udcaa|\ud83d\ude80"),
          new Form(
              Intent.LAUGHTER,
              "\\b(?:lo+l+|lmf?ao+|rofl|(?:ha){2,}h?|(?:he){2,}|kek\\w*)\\b|\ud83d\ude02|\ud83e\udd23"),
          new Form(
              Intent.NEWS,
              "^(?:so |and |guys |chat |guess what,? )*(?:i|we)"
                  + " (?:just|finally|got|passed|finished|made|bought|"
                  + "started|beat|reached|hit|went|tried|saw|met)\\b"),
          new Form(
              Intent.REQUEST,
              "^(?:please|pls|plz|play|try|do|say|react|add|stream|give)\\b|\\byou should\\b|"
                  + "\\b(?:shout ?out|song request|let'?s (?:play|watch|do|try))\\b"),
          new Form(
              Intent.NOD,
              "^(?:ok|okay|k|kk|yes|yeah|yep|yup|no|nah|nope|sure|true|right|fair|same|this|fr|real|alright|"
                  + "cool|nice|maybe|idk|hm+|mhm)\\W*$"));
  private static final Pattern OR =
      compiled(
          "\\b([\\p{L}\\p{N}][\\p{L}\\p{N}' -]{0,40}?),? or ([\\p{L}\\p{N}][\\p{L}\\p{N}'"
              + " -]{0,40})\\W*$");
  private static final Pattern ASKS =
      compiled(
          "^(?:(?:so|and|but|ok|okay|also|btw|wait|please|pls|bro|dude|man|um|uh|hmm)[, ]+)*"
              + "(?:what|whats|what's|which|when|whens|when's|where|wheres|where's|who|whos|who's|why|how|hows|"
              + "how's|do|does|did|are|is|am|was|were|can|could|should|shall|will|would|have|has|any|thoughts|wanna|got"
              + " any)\\b.*");
  private static final Pattern ABOUT =
      compiled(
          "\\b(?:what do you think (?:of|about)|think (?:of|about)|thoughts (?:on|about)|opinion"
              + " (?:on|of|about)|take on|feel about|what about|how about|(?:get )?better"
              + " (?:at|with)|improve|tips (?:for|on)|advice (?:for|on)|do you"
              + " (?:like|love|enjoy|prefer)) ((?:the |a |an )?[\\p{L}\\p{N}][\\p{L}\\p{N}'"
              + " -]{0,38}?)(?:\\?|[.!,]|$)");
  private static final Pattern FAVOURITE_OF =
      compiled("\\bfavou?rite ([\\p{L}\\p{N}][\\p{L}\\p{N} -]{0,28}?)(?: of| in| to|\\?|[.!,]|$)");

  static Speech of(String message) {
    String text = message.strip().replace('\u2019', '\'');
    Matcher greeting = GREETING.matcher(text);
    boolean greeted = greeting.lookingAt();
    String rest = greeted ? text.substring(greeting.end()).strip() : text;
    // A name behind the greeting is no message: "hey Luna!".
    boolean bare =
        rest.isEmpty()
            || (greeted
                && rest.matches("@?[\\p{L}\\p{N}_]{1,20}[\\s!.~,:)]*")
                && !SAYINGS.stream().anyMatch(form -> form.pattern().matcher(rest).find())
                && !rest.endsWith("?")
                && !small(rest));
    if (greeted && bare) {
      return new Speech(Intent.GREETING, Asked.NOTHING, true, text, "");
    }
    if (rest.codePoints().noneMatch(Character::isLetterOrDigit) && !rest.contains("?")) {
      // Pictures alone.
      Intent shown = rest.contains("\ud83d\udc4b") ? Intent.GREETING : Intent.NOD;
      for (Form form : SAYINGS) {
        shown = form.pattern().matcher(rest).find() ? form.intent() : shown;
      }
      return new Speech(shown, Asked.NOTHING, greeted, text, "");
    }
    String question = question(rest);
    Asked asked = question.isEmpty() ? Asked.NOTHING : asked(question);
    for (Form form : SMALL) {
      if (form.pattern().matcher(rest).find()
          && (form.intent() != Intent.FAREWELL || question.isEmpty())) {
        return new Speech(form.intent(), asked, greeted, rest, "");
      }
    }
    if (!question.isEmpty()) {
      Intent intent = intent(question);
      return new Speech(intent, asked, greeted, rest, about(intent, question));
    }
    for (Form form : SAYINGS) {
      if (form.pattern().matcher(rest).find()) {
        return new Speech(form.intent(), Asked.NOTHING, greeted, rest, about(form.intent(), rest));
      }
    }
    boolean loud =
        rest.codePoints().filter(Character::isUpperCase).count() >= 4
            && rest.equals(rest.toUpperCase(Locale.ROOT));
    return new Speech(loud ? Intent.HYPE : Intent.STATEMENT, Asked.NOTHING, greeted, rest, "");
  }

  private static boolean small(String text) {
    return SMALL.stream().anyMatch(form -> form.pattern().matcher(text).find());
  }

  /** What sort of question a text asks; {@link Asked#NOTHING} when it asks none. */
  static Asked askedBy(String text) {
    String question = question(text.strip().replace('\u2019', '\''));
    return question.isEmpty() ? Asked.NOTHING : asked(question);
  }

  /** The last sentence that asks, or nothing. */
  private static String question(String text) {
    String found = "";
    for (String sentence : text.split("(?<=[?!.\\n])\\s+", -1)) {
      String bare = GREETING.matcher(sentence.strip()).replaceFirst("");
      if (!bare.isEmpty() && (bare.endsWith("?") || ASKS.matcher(bare).matches())) {
        found = bare;
      }
    }
    return found;
  }

  private static Asked asked(String question) {
    String low = " " + question.toLowerCase(Locale.ROOT) + " ";
    if (has(low, "(?:should|shall) (?:i|we)|recommend|suggest|what to")) {
      return Asked.ADVICE;
    }
    if (has(low, "when|whens|when's|what time|what day|how soon")) {
      return Asked.WHEN;
    }
    if (has(low, "where|wheres|where's")) {
      return Asked.WHERE;
    }
    if (has(low, "how (?:many|much|long|old|often|tall|big|far)")) {
      return Asked.MEASURE;
    }
    if (has(low, "why")) {
      return Asked.WHY;
    }
    if (has(low, "who|whos|who's|whose")) {
      return Asked.WHO;
    }
    if (has(low, "what|whats|what's|which|favou?rite")) {
      return Asked.WHAT;
    }
    return has(low, "how|hows|how's") ? Asked.HOW : Asked.WHETHER;
  }

  private static boolean has(String text, String words) {
    return Pattern.compile("\\b(?:" + words + ")\\b").matcher(text).find();
  }

  private static Intent intent(String question) {
    Matcher or = OR.matcher(question);
    if (or.find() && !or.group(2).matches("(?i)(?:not|no|what|something|anything|so)\\b.*")) {
      // What the creator likes better is for the creator to say; what to do can be advised.
      return has(question.toLowerCase(Locale.ROOT), "(?:should|shall|do|can|could) (?:i|we)")
          ? Intent.CHOICE
          : Intent.OPINION;
    }
    for (Form form : QUESTIONS) {
      if (form.pattern().matcher(question).find()) {
        return form.intent();
      }
    }
    return Intent.QUESTION;
  }

  private static String about(Intent intent, String question) {
    if (intent == Intent.CHOICE || intent == Intent.OPINION) {
      Matcher or = OR.matcher(question);
      if (or.find()) {
        return turned(lastOf(or.group(1)) + " or " + or.group(2).strip());
      }
    }
    Matcher about = (intent == Intent.FAVOURITE ? FAVOURITE_OF : ABOUT).matcher(question);
    if (about.find()) {
      return turned(about.group(1).strip());
    }
    about = ABOUT.matcher(question);
    return about.find() ? turned(about.group(1).strip()) : "";
  }

  /** The first of two things without the question before it. */
  private static String lastOf(String first) {
    String bare =
        first
            .strip()
            .replaceFirst(
                "(?i)^.*\\b(?:i|we|you|prefer|play|stream|watch|use|get|buy|choose|pick|main|better|like|"
                    + "love|try|eat|drink)\\s+",
                "");
    return bare.isEmpty() ? first.strip() : bare;
  }

  /** The words with I and you exchanged. */
  static String turned(String words) {
    StringBuilder turned = new StringBuilder();
    for (String word : words.split("\\s+", -1)) {
      String other =
          switch (word.toLowerCase(Locale.ROOT)) {
            case "my" -> "your";
            case "your" -> "my";
            case "me", "i" -> "you";
            case "you" -> "me";
            case "mine" -> "yours";
            default -> word;
          };
      turned.append(turned.isEmpty() ? "" : " ").append(other);
    }
    String about = turned.toString();
    // You and I are nothing to have a view on.
    return about.equalsIgnoreCase("me") || about.equalsIgnoreCase("you") ? "" : about;
  }

  private static Pattern compiled(String words) {
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
