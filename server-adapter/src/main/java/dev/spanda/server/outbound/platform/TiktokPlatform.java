package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Publication;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * TikTok's direct post. A publish id is made, the bytes follow in order, and the last one makes the
 * video appear by itself; the id's status tells how many bytes have come and what became of them.
 * Chunks have 10 MB, the last what remains (less than 20 MB); there are {@code size / chunk} of
 * them, rounded down, and a video up to 64 MB goes in one. Of a cover it takes the moment of the
 * frame. Source: TikTok for Developers, "Direct Post", "Media Transfer Guide", "Get Post Status".
 */
final class TiktokPlatform extends RemotePlatform {

  static final String NAME = "tiktok";
  static final long CHUNK = 10_000_000;
  static final long WHOLE = 64_000_000;
  private static final int LONGEST_TEXT = 2_200;
  private static final int MOST_TAGS = 30;
  private static final Duration POLL = Duration.ofSeconds(5);

  private final long whole;
  private final long chunk;

  /**
   * A speaker.
   *
   * @param whole up to how many bytes a video goes in one chunk
   * @param chunk how large its chunks are otherwise; between 5 and 64 MB for the real one
   */
  TiktokPlatform(Reach reach, long whole, long chunk) {
    // Room for thirty tags behind the text.
    super(reach, new Traits(NAME, LONGEST_TEXT - 700, MOST_TAGS, Duration.ofMinutes(1)));
    this.whole = whole;
    this.chunk = chunk;
  }

  @Override
  public void check(Publication.Plan plan) {
    if (plan.scheduledAt().isPresent()) {
      throw Failure.invalid(
          "scheduled_at", plan.scheduledAt().get(), "tiktok publishes at once only");
    }
    if (plan.privacy() == Publication.Privacy.UNLISTED) {
      throw Failure.invalid("privacy", "unlisted", "tiktok knows public and private only");
    }
    Meta.requireLength(plan, LONGEST_TEXT, MOST_TAGS);
  }

  @Override
  public void check(Publication.Plan plan, Content media) {
    if (!Api.isVideo(media.type())) {
      throw Api.unsupported(NAME, media.type(), "videos");
    }
  }

  /** How large each chunk but the last is. */
  long chunkOf(long size) {
    return size <= whole ? size : chunk;
  }

  /** How many chunks there are. */
  long chunksOf(long size) {
    return size / chunkOf(size);
  }

  private static long sent(Work work) {
    return work.has("sent") ? Long.parseLong(work.note("sent")) : 0;
  }

  /** How many bytes the chunk has that begins there; the last takes what remains. */
  private long length(Work work, long from) {
    long size = work.media().size();
    long each = chunkOf(size);
    return from / each == chunksOf(size) - 1 ? size - from : each;
  }

  @Override
  public boolean commits(Work work) {
    long from = sent(work);
    return work.has("publish")
        && !work.resumed()
        && from < work.media().size()
        && from + length(work, from) == work.media().size();
  }

  @Override
  public Step next(Work work) {
    if (!work.has("publish")) {
      return begin(work);
    }
    if (sent(work) >= work.media().size() || work.resumed()) {
      return look(work, status(work));
    }
    long from = sent(work);
    long length = length(work, from);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", work.media().type());
    headers.put(
        "Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + work.media().size());
    Api.Answer answer =
        api.upload(
            "PUT",
            api.address(sites.tiktok(), work.note("upload")),
            headers,
            work.media(),
            from,
            length);
    int status = answer.status();
    if (status == 403 || status == 404 || status == 410) {
      // The address lives for an hour, and a video that is not whole by then never appears.
      return new Step.Taken(Map.of(), 0);
    }
    if (status == 416) {
      return look(work, status(work));
    }
    if (!answer.isSuccess()) {
      throw api.refused(answer);
    }
    return new Step.Taken(work.with("sent", Long.toString(from + length)), from + length);
  }

  private Step begin(Work work) {
    long size = work.media().size();
    ObjectNode body = Api.object();
    ObjectNode post = body.putObject("post_info");
    post.put("title", Api.withTags(work));
    post.put(
        "privacy_level",
        work.plan().privacy() == Publication.Privacy.PUBLIC ? "PUBLIC_TO_EVERYONE" : "SELF_ONLY");
    work.cover()
        .flatMap(Cover::frame)
        .ifPresent(at -> post.put("video_cover_timestamp_ms", at.toMillis()));
    post.put("disable_duet", false);
    post.put("disable_comment", false);
    post.put("disable_stitch", false);
    ObjectNode source = body.putObject("source_info");
    source.put("source", "FILE_UPLOAD");
    source.put("video_size", size);
    source.put("chunk_size", chunkOf(size));
    source.put("total_chunk_count", chunksOf(size));
    JsonNode data =
        requireSuccess(
            asBearer(
                work,
                bearer ->
                    api.json(
                        Api.at(sites.tiktok(), "/v2/post/publish/video/init/", Map.of()),
                        bearer,
                        body)));
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("publish", api.require(data.path("publish_id"), "a publish id"));
    notes.put("upload", api.require(data.path("upload_url"), "where to upload"));
    return new Step.Taken(notes, 0);
  }

  private JsonNode status(Work work) {
    return requireSuccess(
        asBearer(
            work,
            bearer ->
                api.json(
                    Api.at(sites.tiktok(), "/v2/post/publish/status/fetch/", Map.of()),
                    bearer,
                    Api.object().put("publish_id", work.note("publish")))));
  }

  private JsonNode requireSuccess(Api.Answer answer) {
    String code = answer.json().path("error").path("code").asText("");
    if (answer.isSuccess() && (code.isEmpty() || code.equals("ok"))) {
      return answer.json().path("data");
    }
    if (code.equals("rate_limit_exceeded")
        || code.equals("spam_risk_too_many_pending_share")
        || code.equals("spam_risk_too_many_posts")) {
      Failure failure = Failure.of(Failure.Reason.RATE_LIMITED, NAME, Api.reason(answer.json()));
      Object after = api.refused(answer).details().get("retry_after");
      throw failure.with("retry_after", after == null ? 60L : after);
    }
    throw api.refused(answer);
  }

  private Step look(Work work, JsonNode data) {
    switch (data.path("status").asText("")) {
      case "PUBLISH_COMPLETE" -> {
        JsonNode post = data.path("publicaly_available_post_id").path(0);
        String id = post.asText("");
        return new Step.Appeared(
            id.isEmpty() ? work.note("publish") : id,
            id.isEmpty() ? "" : "https://www.tiktok.com/video/" + id,
            work.cover().map(cover -> frameAlone("TikTok", cover)).orElse(""),
            Optional.empty());
      }
      case "FAILED" -> {
        String why = data.path("fail_reason").asText("");
        if (why.equals("internal")) {
          return new Step.Taken(Map.of(), 0);
        }
        throw Failure.of(Failure.Reason.INVALID, NAME, "TikTok refused the video: " + why);
      }
      default -> {
        long size = work.media().size();
        long bytes = arrived(work, data);
        return bytes == size && sent(work) == size
            ? new Step.Waits(work.notes(), POLL)
            : new Step.Taken(work.with("sent", Long.toString(bytes)), bytes);
      }
    }
  }

  /** How much has come, down to the beginning of a chunk. */
  private long arrived(Work work, JsonNode data) {
    long size = work.media().size();
    long bytes = Math.max(0, Math.min(data.path("uploaded_bytes").asLong(), size));
    if (bytes == size) {
      return size;
    }
    long each = chunkOf(size);
    return Math.min(bytes / each, chunksOf(size) - 1) * each;
  }

  @Override
  public Finding find(Work work) {
    JsonNode data = status(work);
    switch (data.path("status").asText("")) {
      case "PUBLISH_COMPLETE" -> {
        return new Finding.There(look(work, data));
      }
      case "FAILED" -> {
        return data.path("fail_reason").asText("").equals("internal")
            ? new Finding.Absent(Map.of())
            : new Finding.There(look(work, data));
      }
      default -> {
        long bytes = arrived(work, data);
        Map<String, String> notes = work.with("sent", Long.toString(bytes));
        return bytes == work.media().size()
            ? new Finding.There(new Step.Taken(notes, bytes))
            : new Finding.Absent(notes);
      }
    }
  }
}
