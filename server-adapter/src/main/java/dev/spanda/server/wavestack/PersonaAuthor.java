package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.persona.Content;
import dev.spanda.media.persona.ContentPlan;
import dev.spanda.media.persona.Persona;
import dev.spanda.media.publish.Author;
import dev.spanda.media.publish.Publication;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets the persona of the organisation write: a description below a video of YouTube, a caption
 * everywhere else. Its topic is the title, or else the two most frequent words of the given text
 * that say something. What was given is kept and stands first; the persona's words follow. Tags are
 * the hashtags that the persona puts below such a text, in lower case, and then the words of {@link
 * PlainAuthor}. Where the persona refuses a topic or has no room, the plain author writes.
 */
final class PersonaAuthor implements Author {

  private static final String YOUTUBE = "youtube";
  private static final int LONGEST_TOPIC = 200;
  private static final int TOPIC_WORDS = 2;
  private static final int LEAST_ROOM = 20;
  private static final int MOST_TAGS = 10;
  private static final String BETWEEN = "\n\n";
  private static final Pattern HASHTAG = Pattern.compile("#([\\p{L}\\p{N}]{2,30})");

  private final Persona persona;

  PersonaAuthor(Persona persona) {
    this.persona = persona;
  }

  @Override
  public String text(String owner, Publication.Plan plan, int longest) {
    String given = plan.text().strip();
    int room = longest - (given.isEmpty() ? 0 : given.length() + BETWEEN.length());
    if (room < LEAST_ROOM) {
      return PlainAuthor.text(plan, longest);
    }
    ContentPlan.Kind kind = kind(plan);
    Optional<Content> content =
        generate(
            owner, topic(plan, given), kind, false, OptionalInt.of(Math.min(room, kind.longest())));
    if (content.isEmpty()) {
      return PlainAuthor.text(plan, longest);
    }
    String written = content.get().text().strip();
    return given.isEmpty() ? written : given + BETWEEN + written;
  }

  @Override
  public List<String> tags(String owner, Publication.Plan plan, int most) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(plan.tags());
    Set<String> tags = new LinkedHashSet<>();
    generate(owner, topic(plan, given(plan)), ContentPlan.Kind.CAPTION, true, OptionalInt.empty())
        .ifPresent(
            content -> {
              Matcher matcher = HASHTAG.matcher(content.text());
              while (matcher.find()) {
                tags.add(matcher.group(1).toLowerCase(Locale.ROOT));
              }
            });
    tags.addAll(PlainAuthor.words(plan.title() + " " + given(plan)));
    return tags.stream()
        .filter(tag -> !known.contains(tag))
        .limit(Math.min(most, MOST_TAGS))
        .toList();
  }

  /** What a person wrote: the persona's own words are no subject. */
  private static String given(Publication.Plan plan) {
    if (!plan.extras().text()) {
      return plan.text();
    }
    int end = plan.text().lastIndexOf(BETWEEN);
    return end < 0 ? "" : plan.text().substring(0, end);
  }

  private static ContentPlan.Kind kind(Publication.Plan plan) {
    return plan.platform().equals(YOUTUBE)
        ? ContentPlan.Kind.DESCRIPTION
        : ContentPlan.Kind.CAPTION;
  }

  private Optional<Content> generate(
      String owner, String topic, ContentPlan.Kind kind, boolean hashtags, OptionalInt longest) {
    try {
      return Optional.of(
          persona.generate(
              owner,
              new ContentPlan(
                  kind, topic, Map.of(), Optional.of(hashtags), longest, OptionalLong.empty())));
    } catch (Failure failure) {
      if (failure.reason() == Failure.Reason.INVALID) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static String topic(Publication.Plan plan, String given) {
    String title = plan.title().strip();
    List<String> words = PlainAuthor.words(given);
    String topic =
        !title.isEmpty()
            ? title
            : words.isEmpty()
                ? plan.platform()
                : String.join(" ", words.subList(0, Math.min(TOPIC_WORDS, words.size())));
    return topic.codePointCount(0, topic.length()) <= LONGEST_TOPIC
        ? topic
        : topic.substring(0, topic.offsetByCodePoints(0, LONGEST_TOPIC));
  }
}
