package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Publication;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Instagram: a container that nobody sees is made, filled by a resumable upload, awaited and then
 * published. A container is published once, and says whether it was: it is the name under which the
 * outcome is asked for. Which media it became is then looked up among the account's latest by
 * caption and time. A video among the posts becomes a reel, as Instagram does since July 2023; a
 * picture is read by Instagram itself from its public address, and so would be a cover, {@code
 * cover_url}: what was drawn here has none, so that of a cover only the moment of its frame is
 * given, {@code thumb_offset}. Source: Instagram Platform, "Content Publishing", "Resumable
 * Uploads"; "IG User Media".
 */
final class InstagramPlatform extends RemotePlatform {

  static final String NAME = "instagram";
  private static final int LONGEST_TEXT = 2_200;
  private static final int MOST_TAGS = 30;
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration SKEW = Duration.ofMinutes(2);

  /** Such as {@code 2026-01-15T10:30:00+0000}. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(java.util.Locale.ROOT);

  InstagramPlatform(Reach reach) {
    // Room for thirty tags behind the text.
    super(reach, new Traits(NAME, LONGEST_TEXT - 700, MOST_TAGS, Duration.ofMinutes(1)));
  }

  @Override
  public void check(Publication.Plan plan) {
    Meta.requireNow(plan);
    Meta.requireLength(plan, LONGEST_TEXT, MOST_TAGS);
  }

  @Override
  public void check(Publication.Plan plan, Content media) {
    if (Api.isVideo(media.type())) {
      return;
    }
    if (!Api.isPicture(media.type()) || plan.kind() == Publication.Kind.REEL) {
      throw Api.unsupported(
          NAME, media.type(), plan.kind() == Publication.Kind.REEL ? "videos" : "videos, pictures");
    }
    if (!plan.source().startsWith("https://") && !plan.source().startsWith("http://")) {
      throw Api.unsupported(NAME, media.type(), "pictures from a public address only");
    }
  }

  @Override
  public boolean commits(Work work) {
    return work.has("ready") && !work.has("media");
  }

  private JsonNode look(Work work, String path, Map<String, String> query) {
    return Meta.requireSuccess(api, get(work, path, query));
  }

  private Api.Answer get(Work work, String path, Map<String, String> query) {
    return as(work, token -> api.get(Api.at(base(token), path, query), Api.bearer(token)));
  }

  private JsonNode post(Work work, String edge, Map<String, String> fields) {
    return Meta.requireSuccess(
        api,
        as(
            work,
            token ->
                api.form(
                    Api.at(base(token), "/" + Meta.id(work) + "/" + edge, Map.of()),
                    Api.bearer(token),
                    fields)));
  }

  private URI base(String token) {
    return Access.isOfInstagramLogin(token) ? sites.instagram() : sites.graph();
  }

  @Override
  public Step next(Work work) {
    if (work.has("media")) {
      return link(work);
    }
    if (work.has("ready")) {
      return publish(work);
    }
    if (work.has("sent")) {
      return await(work);
    }
    return work.has("container") ? fill(work) : contain(work);
  }

  private Step contain(Work work) {
    Map<String, String> fields = new LinkedHashMap<>();
    boolean video = Api.isVideo(work.media().type());
    boolean story = work.plan().kind() == Publication.Kind.STORY;
    if (video) {
      fields.put("media_type", story ? "STORIES" : "REELS");
      fields.put("upload_type", "resumable");
    } else {
      if (story) {
        fields.put("media_type", "STORIES");
      }
      fields.put("image_url", work.plan().source());
    }
    if (!story) {
      fields.put("caption", Api.withTags(work));
    }
    if (video && !story && work.cover().isPresent()) {
      work.cover()
          .get()
          .frame()
          .ifPresent(at -> fields.put("thumb_offset", Long.toString(at.toMillis())));
    }
    JsonNode made = post(work, "media", fields);
    String container = api.require(made.path("id"), "a container");
    Map<String, String> notes = new HashMap<>(work.with("container", container));
    if (!video) {
      notes.put("sent", "yes");
    }
    return new Step.Taken(notes, 0);
  }

  private Step fill(Work work) {
    long offset = 0;
    if (work.resumed()) {
      JsonNode there = container(work, "video_status,status_code");
      offset =
          there.path("video_status").path("uploading_phase").path("bytes_transferred").asLong();
      if (isOver(there)) {
        return new Step.Taken(Map.of(), 0);
      }
      if (offset == work.media().size()) {
        return new Step.Taken(work.with("sent", "yes"), offset);
      }
    }
    long from = offset;
    JsonNode unused =
        Meta.requireSuccess(
            api,
            as(
                work,
                token ->
                    Meta.upload(
                        api,
                        api.address(
                            sites.graph(), sites.instagramUpload() + "/" + work.note("container")),
                        token,
                        work.media(),
                        from)));
    return new Step.Taken(work.with("sent", "yes"), work.media().size());
  }

  private JsonNode container(Work work, String fields) {
    return look(work, "/" + work.note("container"), Map.of("fields", fields));
  }

  private static boolean isOver(JsonNode container) {
    String status = container.path("status_code").asText("");
    return status.equals("EXPIRED") || status.equals("ERROR");
  }

  private Step await(Work work) {
    JsonNode there = container(work, "status_code,status");
    return switch (there.path("status_code").asText("")) {
      case "FINISHED" -> new Step.Taken(work.with("ready", "yes"), work.media().size());
      case "EXPIRED" -> new Step.Taken(Map.of(), 0);
      case "ERROR" ->
          throw Failure.of(
              Failure.Reason.INVALID,
              NAME,
              "Instagram could not use the media: " + there.path("status").asText(""));
      default -> new Step.Waits(work.notes(), POLL);
    };
  }

  private Step publish(Work work) {
    JsonNode done = post(work, "media_publish", Map.of("creation_id", work.note("container")));
    return new Step.Taken(
        work.with("media", api.require(done.path("id"), "the media's id")), work.media().size());
  }

  private Step link(Work work) {
    Api.Answer answer = get(work, "/" + work.note("media"), Map.of("fields", "permalink"));
    if (!answer.isSuccess() && answer.status() != 404) {
      Failure failure = Meta.refused(api, answer);
      if (Meta.isPassing(failure)) {
        throw failure;
      }
    }
    return new Step.Appeared(
        work.note("media"),
        answer.json().path("permalink").asText(""),
        cover(work),
        java.util.Optional.empty());
  }

  private static String cover(Work work) {
    if (work.cover().isEmpty()) {
      return "";
    }
    if (work.plan().kind() == Publication.Kind.STORY) {
      return unused(work, "a story has none");
    }
    return Api.isVideo(work.media().type())
        ? frameAlone("Instagram", work.cover().get())
        : unused(work, "a picture needs none");
  }

  @Override
  public Finding find(Work work) {
    JsonNode there = container(work, "status_code");
    String status = there.path("status_code").asText("");
    if (isOver(there)) {
      return new Finding.Absent(Map.of());
    }
    if (!status.equals("PUBLISHED")) {
      return new Finding.Absent(work.notes());
    }
    boolean story = work.plan().kind() == Publication.Kind.STORY;
    JsonNode latest =
        look(
            work,
            "/" + Meta.id(work) + (story ? "/stories" : "/media"),
            Map.of("fields", "id,caption,timestamp", "limit", "50"));
    Instant since = work.attemptedAt().orElse(Instant.EPOCH).minus(SKEW);
    for (JsonNode media : latest.path("data")) {
      boolean same = story || media.path("caption").asText("").equals(Api.withTags(work));
      if (same && !time(media.path("timestamp").asText("")).isBefore(since)) {
        return new Finding.There(
            new Step.Taken(
                work.with("media", api.require(media.path("id"), "an id")), work.media().size()));
      }
    }
    return new Finding.There(
        new Step.Appeared(
            "",
            "",
            "Instagram says it is published and does not list it yet",
            java.util.Optional.empty()));
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text, TIME).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
