package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Publication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A page of Facebook. A video becomes a reel: its id is made first, the bytes follow, and the
 * finish of that id is what shows it; the video's own status says whether it did. A picture is
 * uploaded unpublished and then attached to a post of the feed, which is looked for by the
 * picture's id. A reel's cover follows when it has appeared, as its preferred thumbnail. Sources:
 * "Reels Publishing API"; Graph API, "Video Thumbnails"; Pages API, "Posts" (unpublished photos,
 * attached_media).
 */
final class FacebookPlatform extends RemotePlatform {

  static final String NAME = "facebook";
  private static final int LONGEST_TEXT = 5_000;
  private static final int MOST_TAGS = 30;
  private static final long LARGEST_PICTURE = 10 << 20;
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final String BOUNDARY = "spanda-5f2b8c1e7d";

  FacebookPlatform(Reach reach) {
    // Room for thirty tags behind the text.
    super(reach, new Traits(NAME, LONGEST_TEXT - 1_000, MOST_TAGS, Duration.ofMinutes(1)));
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
    if (!Api.isPicture(media.type()) || plan.kind() != Publication.Kind.POST) {
      throw Api.unsupported(
          NAME, media.type(), plan.kind() == Publication.Kind.POST ? "videos, pictures" : "videos");
    }
    if (media.size() > LARGEST_PICTURE) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "source",
              "A picture may have at most " + LARGEST_PICTURE + " bytes; had " + media.size())
          .with(Failure.PROVIDED_VALUE, media.size())
          .with(Failure.MAX_VALUE, LARGEST_PICTURE);
    }
  }

  @Override
  public boolean commits(Work work) {
    return work.has("sent") && !work.has("finished");
  }

  @Override
  public Step next(Work work) {
    if (!Api.isVideo(work.media().type())) {
      return work.has("sent") ? post(work) : picture(work);
    }
    if (work.has("shown")) {
      return illustrate(work);
    }
    if (work.has("finished")) {
      return await(work);
    }
    if (work.has("sent")) {
      return finish(work);
    }
    return work.has("video") ? fill(work) : start(work);
  }

  private JsonNode reels(Work work, Map<String, String> fields) {
    return post(work, "video_reels", fields);
  }

  private JsonNode post(Work work, String edge, Map<String, String> fields) {
    return Meta.requireSuccess(
        api,
        asBearer(
            work,
            bearer ->
                api.form(
                    Api.at(sites.graph(), "/" + Meta.id(work) + "/" + edge, Map.of()),
                    bearer,
                    fields)));
  }

  private Step start(Work work) {
    JsonNode begun = reels(work, Map.of("upload_phase", "start"));
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("video", api.require(begun.path("video_id"), "the video's id"));
    notes.put("upload", api.require(begun.path("upload_url"), "where to upload"));
    return new Step.Taken(notes, 0);
  }

  private Step fill(Work work) {
    long offset = 0;
    if (work.resumed()) {
      JsonNode status = status(work).path("status");
      offset = status.path("uploading_phase").path("bytes_transferred").asLong();
      if (status.path("uploading_phase").path("status").asText("").equals("error")) {
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
                        api.address(sites.graph(), work.note("upload")),
                        token,
                        work.media(),
                        from)));
    return new Step.Taken(work.with("sent", "yes"), work.media().size());
  }

  private Step finish(Work work) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_phase", "finish");
    fields.put("video_id", work.note("video"));
    fields.put("video_state", "PUBLISHED");
    fields.put("description", Api.withTags(work));
    if (!work.plan().title().isEmpty()) {
      fields.put("title", work.plan().title());
    }
    JsonNode done = reels(work, fields);
    if (!done.path("success").asBoolean(false)) {
      throw api.unreadable("success");
    }
    return new Step.Taken(work.with("finished", "yes"), work.media().size());
  }

  private JsonNode status(Work work) {
    return look(work, "/" + work.note("video"), Map.of("fields", "status,permalink_url"));
  }

  private JsonNode look(Work work, String path, Map<String, String> query) {
    return Meta.requireSuccess(
        api, asBearer(work, bearer -> api.get(Api.at(sites.graph(), path, query), bearer)));
  }

  private Step await(Work work) {
    JsonNode video = status(work);
    JsonNode status = video.path("status");
    for (String phase : new String[] {"uploading_phase", "processing_phase", "publishing_phase"}) {
      if (status.path(phase).path("status").asText("").equals("error")) {
        throw Failure.of(
            Failure.Reason.INVALID, NAME, "Facebook could not use the video: " + phase);
      }
    }
    if (!status.path("publishing_phase").path("status").asText("").equals("complete")) {
      return new Step.Waits(work.notes(), POLL);
    }
    String link = video.path("permalink_url").asText("");
    return new Step.Taken(
        work.with("shown", link.startsWith("/") ? "https://www.facebook.com" + link : link),
        work.media().size());
  }

  /** Gives the reel its cover, once it has appeared: a thumbnail is taken for a page's video. */
  private Step illustrate(Work work) {
    String note = "";
    if (work.cover().isPresent()) {
      Content picture = work.cover().get().picture();
      Api.Answer answer =
          send(
              work,
              "/" + work.note("video") + "/thumbnails",
              multipart("is_preferred", "true", picture));
      if (!answer.isSuccess()) {
        Failure failure = Meta.refused(api, answer);
        if (Meta.isPassing(failure)) {
          throw failure;
        }
        note = "The cover was refused: " + failure.getMessage();
      }
    }
    return new Step.Appeared(work.note("video"), work.note("shown"), note, Optional.empty());
  }

  private Step picture(Work work) {
    JsonNode made =
        Meta.requireSuccess(
            api,
            send(
                work,
                "/" + Meta.id(work) + "/photos",
                multipart("published", "false", work.media())));
    Map<String, String> notes =
        new LinkedHashMap<>(work.with("photo", api.require(made.path("id"), "the photo's id")));
    notes.put("sent", "yes");
    return new Step.Taken(notes, work.media().size());
  }

  private Api.Answer send(Work work, String path, byte[] body) {
    return asBearer(
        work,
        Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY),
        headers -> api.send("POST", Api.at(sites.graph(), path, Map.of()), headers, body));
  }

  /** A form of one field and a picture. */
  private static byte[] multipart(String field, String value, Content picture) {
    try (InputStream in = picture.open(0, LARGEST_PICTURE)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(part("name=\"" + field + "\"", "").getBytes(StandardCharsets.UTF_8));
      out.writeBytes((value + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(
          part("name=\"source\"; filename=\"picture\"", "Content-Type: " + picture.type())
              .getBytes(StandardCharsets.UTF_8));
      in.transferTo(out);
      out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String part(String name, String header) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; "
        + name
        + "\r\n"
        + (header.isEmpty() ? "" : header + "\r\n")
        + "\r\n";
  }

  private Step post(Work work) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("message", Api.withTags(work));
    fields.put("attached_media[0]", Api.object().put("media_fbid", work.note("photo")).toString());
    JsonNode made = post(work, "feed", fields);
    return appeared(work, api.require(made.path("id"), "the post's id"), "");
  }

  private static Step appeared(Work work, String post, String link) {
    return new Step.Appeared(
        post,
        link.isEmpty() ? "https://www.facebook.com/" + post : link,
        unused(work, "a picture needs none"),
        Optional.empty());
  }

  @Override
  public Finding find(Work work) {
    if (Api.isVideo(work.media().type())) {
      String phase = status(work).path("status").path("publishing_phase").path("status").asText("");
      return phase.isEmpty() || phase.equals("not_started")
          ? new Finding.Absent(work.notes())
          : new Finding.There(new Step.Taken(work.with("finished", "yes"), work.media().size()));
    }
    JsonNode feed =
        look(
            work,
            "/" + Meta.id(work) + "/feed",
            Map.of(
                "fields",
                "id,permalink_url,attachments{target,subattachments{target}}",
                "limit",
                "50"));
    for (JsonNode post : feed.path("data")) {
      for (JsonNode target : post.findValues("target")) {
        if (target.path("id").asText("").equals(work.note("photo"))) {
          return new Finding.There(
              appeared(
                  work,
                  api.require(post.path("id"), "an id"),
                  post.path("permalink_url").asText("")));
        }
      }
    }
    return new Finding.Absent(work.notes());
  }
}
