package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Publication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * YouTube: a resumable upload in chunks of 8 MiB, each a multiple of 256 KiB but the last; the
 * session's address is the name under which the outcome is asked for. When the session is gone as
 * well, the account's latest uploads are searched for the marker, which is one of the video's tags.
 * A video that is to appear later is private with {@code publishAt}. Source: YouTube Data API v3,
 * "Resumable Uploads"; videos.insert, thumbnails.set, playlistItems.list.
 */
final class YoutubePlatform extends RemotePlatform {

  static final String NAME = "youtube";
  static final int CHUNK = 8 << 20;
  private static final int LONGEST_TITLE = 100;
  private static final int LONGEST_TEXT = 5_000;
  private static final int LONGEST_TAGS = 400;
  private static final int MOST_TAGS = 15;
  private static final int SEARCHED = 50;
  private static final Pattern RANGE = Pattern.compile("bytes=0-([0-9]{1,18})");
  private static final Duration SETTLING = Duration.ofMinutes(2);

  private final InstantSource clock;
  private final int chunk;

  YoutubePlatform(Reach reach, InstantSource clock, int chunk) {
    super(reach, new Traits(NAME, LONGEST_TEXT, MOST_TAGS, SETTLING));
    this.clock = clock;
    this.chunk = chunk;
  }

  @Override
  public void check(Publication.Plan plan) {
    Failure.requireText("title", "Title", plan.title(), 1, LONGEST_TITLE);
    requirePlain("title", "Title", plan.title());
    requirePlain("text", "Description", plan.text());
    int bytes = plan.text().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_TEXT) {
      throw Failure.outOfRange(
          "text", "The length of the description", bytes, 0, LONGEST_TEXT, "bytes");
    }
    int length = 0;
    for (String tag : plan.tags()) {
      requirePlain("tags", "Each of tags", tag);
      // A tag with a space counts as if it stood in quotes, and a comma stands after each.
      length += tag.length() + (tag.indexOf(' ') >= 0 ? 3 : 1);
    }
    if (length > LONGEST_TAGS) {
      throw Failure.outOfRange(
          "tags", "The length of all tags together", length, 0, LONGEST_TAGS, "characters");
    }
    if (plan.scheduledAt().isPresent() && plan.privacy() != Publication.Privacy.PUBLIC) {
      throw Failure.invalid(
          "privacy",
          plan.privacy().name().toLowerCase(Locale.ROOT),
          "What is scheduled becomes public: privacy must be public");
    }
  }

  private static void requirePlain(String subject, String label, String text) {
    if (text.indexOf('<') >= 0 || text.indexOf('>') >= 0) {
      throw Failure.invalid(subject, text, label + " must not hold < or >");
    }
  }

  @Override
  public void check(Publication.Plan plan, Content media) {
    if (!Api.isVideo(media.type())) {
      throw Api.unsupported(NAME, media.type(), "videos");
    }
  }

  @Override
  public boolean commits(Work work) {
    return !work.has("video")
        && work.has("session")
        && !work.resumed()
        && sent(work) + chunk >= work.media().size();
  }

  private static long sent(Work work) {
    return work.has("sent") ? Long.parseLong(work.note("sent")) : 0;
  }

  /** As {@link Api#refused}, after a look at quotas. */
  private Failure refused(Api.Answer answer) {
    String why = answer.json().path("error").path("errors").path(0).path("reason").asText("");
    if (answer.status() == 403 && (why.equals("quotaExceeded") || why.contains("ateLimit"))) {
      return Failure.of(
              Failure.Reason.RATE_LIMITED, NAME, "The quota of this day or minute is used up")
          .with("retry_after", 3_600L);
    }
    return api.refused(answer);
  }

  @Override
  public Step next(Work work) {
    if (work.has("video")) {
      return illustrate(work);
    }
    if (!work.has("session")) {
      return begin(work);
    }
    if (work.resumed()) {
      Api.Answer status = status(work);
      if (isGone(status)) {
        return new Step.Taken(afresh(work), 0);
      }
      return progress(work, status);
    }
    long from = sent(work);
    long length = Math.min(chunk, work.media().size() - from);
    Map<String, String> more =
        Map.of(
            "Content-Type",
            work.media().type(),
            "Content-Range",
            "bytes " + from + "-" + (from + length - 1) + "/" + work.media().size());
    Api.Answer answer =
        asBearer(
            work,
            more,
            headers ->
                api.upload(
                    "PUT",
                    api.address(sites.google(), work.note("session")),
                    headers,
                    work.media(),
                    from,
                    length));
    if (isGone(answer)) {
      if (commits(work)) {
        throw Failure.of(Failure.Reason.FAILED, NAME, "The upload session has ended");
      }
      return new Step.Taken(afresh(work), 0);
    }
    return progress(work, answer);
  }

  private Step begin(Work work) {
    Publication.Plan plan = work.plan();
    ObjectNode body = Api.object();
    ObjectNode snippet = body.putObject("snippet");
    snippet.put("title", plan.title());
    snippet.put("description", plan.text());
    ArrayNode tags = snippet.putArray("tags");
    plan.tags().forEach(tags::add);
    tags.add(work.marker());
    ObjectNode status = body.putObject("status");
    Optional<Instant> later = later(plan);
    status.put(
        "privacyStatus",
        later.isPresent() ? "private" : plan.privacy().name().toLowerCase(Locale.ROOT));
    later.ifPresent(when -> status.put("publishAt", when.toString()));
    status.put("selfDeclaredMadeForKids", false);
    Map<String, String> more =
        Map.of(
            "X-Upload-Content-Length",
            Long.toString(work.media().size()),
            "X-Upload-Content-Type",
            work.media().type());
    Api.Answer answer =
        asBearer(
            work,
            more,
            headers ->
                api.json(
                    Api.at(
                        sites.google(),
                        "/upload/youtube/v3/videos",
                        Map.of("uploadType", "resumable", "part", "snippet,status")),
                    headers,
                    body));
    if (!answer.isSuccess()) {
      throw refused(answer);
    }
    String session = answer.header("location");
    if (session.isEmpty()) {
      throw api.unreadable("a session");
    }
    return new Step.Taken(Map.of("session", session), 0);
  }

  private Optional<Instant> later(Publication.Plan plan) {
    return plan.scheduledAt().filter(when -> when.isAfter(clock.instant()));
  }

  private Api.Answer status(Work work) {
    return asBearer(
        work,
        Map.of("Content-Range", "bytes */" + work.media().size()),
        headers ->
            api.send(
                "PUT", api.address(sites.google(), work.note("session")), headers, new byte[0]));
  }

  private static boolean isGone(Api.Answer answer) {
    return answer.status() == 404 || answer.status() == 410;
  }

  private static Map<String, String> afresh(Work work) {
    Map<String, String> notes = new HashMap<>(work.notes());
    notes.remove("session");
    notes.remove("sent");
    return notes;
  }

  /** What the session says of itself. */
  private Step progress(Work work, Api.Answer answer) {
    if (answer.status() == 308) {
      Matcher range = RANGE.matcher(answer.header("range"));
      long sent = range.matches() ? Long.parseLong(range.group(1)) + 1 : 0;
      if (sent > work.media().size()) {
        throw api.unreadable("a range within the media");
      }
      return new Step.Taken(work.with("sent", Long.toString(sent)), sent);
    }
    if (!answer.isSuccess()) {
      throw refused(answer);
    }
    return new Step.Taken(
        work.with("video", api.require(answer.json().path("id"), "the video's id")),
        work.media().size());
  }

  private Step illustrate(Work work) {
    String video = work.note("video");
    String note = "";
    if (work.cover().isPresent()) {
      Content cover = work.cover().get().picture();
      Api.Answer answer =
          asBearer(
              work,
              Map.of("Content-Type", cover.type()),
              headers ->
                  api.upload(
                      "POST",
                      Api.at(
                          sites.google(),
                          "/upload/youtube/v3/thumbnails/set",
                          Map.of("videoId", video, "uploadType", "media")),
                      headers,
                      cover,
                      0,
                      cover.size()));
      if (!answer.isSuccess()) {
        Failure failure = refused(answer);
        if (Meta.isPassing(failure)) {
          throw failure;
        }
        note = "The thumbnail was refused: " + failure.getMessage();
      }
    }
    return new Step.Appeared(
        video, "https://youtube.com/watch?v=" + video, note, later(work.plan()));
  }

  @Override
  public Finding find(Work work) {
    Api.Answer status = status(work);
    if (!isGone(status)) {
      Step step = progress(work, status);
      return step instanceof Step.Taken taken && taken.notes().containsKey("video")
          ? new Finding.There(step)
          : new Finding.Absent(((Step.Taken) step).notes());
    }
    Optional<String> video = search(work);
    return video.isPresent()
        ? new Finding.There(new Step.Taken(work.with("video", video.get()), work.media().size()))
        : new Finding.Absent(afresh(work));
  }

  /** The video among the account's latest uploads that has the marker among its tags. */
  private Optional<String> search(Work work) {
    JsonNode channel =
        read(
            work,
            Api.at(
                sites.google(),
                "/youtube/v3/channels",
                Map.of("part", "contentDetails", "mine", "true")));
    String uploads =
        api.require(
            channel
                .path("items")
                .path(0)
                .path("contentDetails")
                .path("relatedPlaylists")
                .path("uploads"),
            "the channel's uploads");
    JsonNode items =
        read(
            work,
            Api.at(
                sites.google(),
                "/youtube/v3/playlistItems",
                Map.of(
                    "part",
                    "contentDetails",
                    "playlistId",
                    uploads,
                    "maxResults",
                    Integer.toString(SEARCHED))));
    StringJoiner ids = new StringJoiner(",");
    items
        .path("items")
        .forEach(item -> ids.add(item.path("contentDetails").path("videoId").asText()));
    if (ids.length() == 0) {
      return Optional.empty();
    }
    JsonNode videos =
        read(
            work,
            Api.at(
                sites.google(),
                "/youtube/v3/videos",
                Map.of("part", "snippet", "id", ids.toString())));
    for (JsonNode video : videos.path("items")) {
      for (JsonNode tag : video.path("snippet").path("tags")) {
        if (tag.asText().equals(work.marker())) {
          return Optional.of(video.path("id").asText());
        }
      }
    }
    return Optional.empty();
  }

  private JsonNode read(Work work, URI url) {
    Api.Answer answer = asBearer(work, headers -> api.get(url, headers));
    if (!answer.isSuccess()) {
      throw refused(answer);
    }
    return answer.json();
  }
}
