package dev.spanda.server.outbound.social;

import dev.spanda.core.Failure;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.PlatformEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Twitch's chat: IRC with message tags over a WebSocket. Source: Twitch's documentation of Chat and
 * Chatbots (IRC, tags, commands); IRCv3 message tags.
 */
final class TwitchChat extends Connector {

  private static final int MOST_CHANNELS = 20;
  private static final Duration WELCOME = Duration.ofSeconds(30);
  private static final Set<String> SUBSCRIPTIONS =
      Set.of("sub", "resub", "subgift", "primepaidupgrade", "giftpaidupgrade");

  /** Twitch pings about every five minutes. */
  private static final Duration SILENCE = Duration.ofMinutes(6);

  /** A line of IRC. */
  record Irc(Map<String, String> tags, String prefix, String command, List<String> parameters) {

    String tag(String name) {
      return tags.getOrDefault(name, "");
    }

    String parameter(int index) {
      return index < parameters.size() ? parameters.get(index) : "";
    }

    /** Reads a line; null when there is no command in it. */
    static @Nullable Irc parse(String line) {
      String rest = line.strip();
      Map<String, String> tags = new HashMap<>();
      if (rest.startsWith("@")) {
        int end = rest.indexOf(' ');
        if (end < 0) {
          return null;
        }
        for (String tag : rest.substring(1, end).split(";", -1)) {
          int equals = tag.indexOf('=');
          if (equals > 0) {
            tags.put(tag.substring(0, equals), unescape(tag.substring(equals + 1)));
          }
        }
        rest = rest.substring(end + 1).stripLeading();
      }
      String prefix = "";
      if (rest.startsWith(":")) {
        int end = rest.indexOf(' ');
        if (end < 0) {
          return null;
        }
        prefix = rest.substring(1, end);
        rest = rest.substring(end + 1).stripLeading();
      }
      String trailing = null;
      int colon = rest.indexOf(" :");
      if (colon >= 0) {
        trailing = rest.substring(colon + 2);
        rest = rest.substring(0, colon);
      }
      List<String> words = new ArrayList<>(Arrays.asList(rest.split(" +", -1)));
      words.removeIf(String::isEmpty);
      if (words.isEmpty()) {
        return null;
      }
      List<String> parameters = new ArrayList<>(words.subList(1, words.size()));
      if (trailing != null) {
        parameters.add(trailing);
      }
      return new Irc(tags, prefix, words.get(0), parameters);
    }

    private static String unescape(String value) {
      if (value.indexOf('\\') < 0) {
        return value;
      }
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c != '\\') {
          out.append(c);
        } else if (++i < value.length()) {
          switch (value.charAt(i)) {
            case 's' -> out.append(' ');
            case ':' -> out.append(';');
            case 'r' -> out.append('\r');
            case 'n' -> out.append('\n');
            default -> out.append(value.charAt(i));
          }
        }
      }
      return out.toString();
    }
  }

  private final List<String> channels;
  private volatile @Nullable Line line;

  TwitchChat(Needs needs) {
    super(needs);
    channels =
        Arrays.stream(needs.plan().option("channels", "").split(",", -1))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .map(name -> name.startsWith("#") ? name.substring(1) : name)
            .toList();
    if (channels.size() > MOST_CHANNELS
        || !channels.stream().allMatch(name -> name.matches("[a-z0-9_]{1,50}"))) {
      throw Failure.invalid(
          "options.channels",
          needs.plan().option("channels", ""),
          "channels must be 1 to "
              + MOST_CHANNELS
              + " names of letters, digits and underscores with commas between");
    }
    if (!needs.plan().option("login", "").matches("[A-Za-z0-9_]{1,50}")) {
      throw Failure.invalid(
          "options.login",
          needs.plan().option("login", ""),
          "login must be a name of letters, digits and underscores");
    }
  }

  @Override
  void listen() throws IOException, InterruptedException {
    try (Line open = Line.to(needs.fetcher(), needs.plan().url())) {
      line = open;
      String token = needs.plan().token();
      open.send("CAP REQ :twitch.tv/tags twitch.tv/commands");
      open.send("PASS " + (token.startsWith("oauth:") ? token : "oauth:" + token));
      open.send("NICK " + needs.plan().option("login", "").toLowerCase(Locale.ROOT));
      open.send("JOIN #" + String.join(",#", channels));
      boolean welcome = false;
      boolean asked = false;
      while (true) {
        String text = open.next(welcome ? SILENCE : WELCOME);
        if (text == null) {
          if (asked || !welcome) {
            throw new IOException("Twitch is silent");
          }
          asked = true;
          open.send("PING :spanda");
          continue;
        }
        asked = false;
        List<Message> messages = new ArrayList<>();
        List<PlatformEvent> events = new ArrayList<>();
        for (String each : text.split("\r?\n", -1)) {
          Irc irc = Irc.parse(each);
          if (irc != null) {
            welcome |= obey(open, irc, messages, events);
          }
        }
        heard(messages);
        happened(events);
      }
    } finally {
      line = null;
    }
  }

  /** Returns whether this was the welcome. */
  private boolean obey(Line open, Irc irc, List<Message> messages, List<PlatformEvent> events)
      throws IOException {
    switch (irc.command()) {
      case "001" -> {
        connected();
        return true;
      }
      case "PING" -> open.send("PONG :" + irc.parameter(0));
      case "RECONNECT" -> throw new IOException("Twitch asks for a new connection");
      case "NOTICE" -> {
        String words = irc.parameter(1).toLowerCase(Locale.ROOT);
        if (words.contains("authentication failed")
            || words.contains("improperly formatted auth")) {
          throw new Refused("Twitch: " + irc.parameter(1));
        }
      }
      case "PRIVMSG" -> {
        Message message = message(irc);
        if (message != null) {
          messages.add(message);
          bits(irc, message, events);
        }
      }
      case "USERNOTICE" -> notice(irc, events);
      default -> {}
    }
    return false;
  }

  private @Nullable Message message(Irc irc) {
    String channel = irc.parameter(0).replaceFirst("^#", "");
    String user = irc.tag("user-id");
    if (irc.tag("id").isEmpty() || user.isEmpty() || channel.isEmpty()) {
      return null;
    }
    String badges = irc.tag("badges");
    String role =
        badges.contains("broadcaster/")
            ? "broadcaster"
            : badges.contains("moderator/")
                ? "moderator"
                : badges.contains("vip/")
                    ? "vip"
                    : badges.contains("subscriber/") ? "subscriber" : "member";
    String name = irc.tag("display-name");
    String text = irc.parameter(1);
    if (text.startsWith("\u0001ACTION ") && text.endsWith("\u0001")) {
      text = text.substring(8, text.length() - 1);
    }
    return new Message(
        Platform.TWITCH,
        cut(irc.tag("id"), 128),
        new Message.Channel(cut(channel, 128), cut(channel, 200)),
        new Message.Author(
            cut(user, 128),
            cut(name.isEmpty() ? irc.prefix().split("!", 2)[0] : name, 200),
            role,
            irc.tag("mod").equals("1") || role.equals("broadcaster")),
        cut(text, Message.LONGEST_TEXT),
        sent(irc),
        emotes(irc.tag("emotes")),
        0,
        false);
  }

  private Instant sent(Irc irc) {
    try {
      return Instant.ofEpochMilli(Long.parseLong(irc.tag("tmi-sent-ts")));
    } catch (NumberFormatException e) {
      return needs.clock().instant();
    }
  }

  /** In {@code 25:0-4,12-16/1902:6-10} there are three. */
  private static int emotes(String tag) {
    return (int) Math.min(1_000, tag.chars().filter(c -> c == '-').count());
  }

  private static void bits(Irc irc, Message message, List<PlatformEvent> events) {
    try {
      long bits = Long.parseLong(irc.tag("bits"));
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("user", message.author().name());
      data.put("bits", bits);
      data.put("channel", message.channel().id());
      events.add(
          new PlatformEvent(
              Platform.TWITCH, message.id(), PlatformEvent.Type.CHEER, data, message.at()));
    } catch (NumberFormatException e) {
      // A message without bits.
    }
  }

  private void notice(Irc irc, List<PlatformEvent> events) {
    String kind = irc.tag("msg-id");
    boolean raid = kind.equals("raid");
    if (irc.tag("id").isEmpty() || !raid && !SUBSCRIPTIONS.contains(kind)) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("user", cut(irc.tag("display-name"), 200));
    data.put("channel", cut(irc.parameter(0).replaceFirst("^#", ""), 128));
    if (raid) {
      number(data, "viewers", irc.tag("msg-param-viewerCount"));
    } else {
      data.put(
          "tier",
          switch (irc.tag("msg-param-sub-plan")) {
            case "2000" -> "tier2";
            case "3000" -> "tier3";
            case "Prime" -> "prime";
            default -> "tier1";
          });
      number(data, "months", irc.tag("msg-param-cumulative-months"));
      if (!irc.tag("msg-param-recipient-display-name").isEmpty()) {
        data.put("recipient", cut(irc.tag("msg-param-recipient-display-name"), 200));
      }
    }
    events.add(
        new PlatformEvent(
            Platform.TWITCH,
            cut(irc.tag("id"), 128),
            raid ? PlatformEvent.Type.RAID : PlatformEvent.Type.SUBSCRIPTION,
            data,
            sent(irc)));
  }

  private static void number(Map<String, Object> data, String name, String text) {
    if (text.matches("[0-9]{1,9}")) {
      data.put(name, Long.parseLong(text));
    }
  }

  @Override
  void hangUp() {
    Line open = line;
    if (open != null) {
      open.close();
    }
  }
}
