package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Publication;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A post of a member or an organization on LinkedIn. The video or picture is uploaded first and has
 * a name (URN) that only this post uses: by it the post is looked for among the author's latest.
 * Sources: Microsoft Learn, "Videos API", "Images API", "Posts API"; looking needs the permission
 * {@code r_organization_social} or {@code r_member_social}.
 */
final class LinkedinPlatform extends RemotePlatform {

  static final String NAME = "linkedin";
  private static final String VERSION = "202602";
  private static final int LONGEST_TEXT = 3_000;
  private static final int MOST_TAGS = 30;
  private static final int MOST_PARTS = 1_200;
  private static final Duration POLL = Duration.ofSeconds(5);

  /** What the format of a post's text takes for its own. Source: "little Text Format". */
  private static final String RESERVED = "\\|{}@[]()<>#*_~";

  LinkedinPlatform(Reach reach) {
    // Room for thirty tags behind the text.
    super(reach, new Traits(NAME, LONGEST_TEXT - 1_000, MOST_TAGS, Duration.ofMinutes(2)));
  }

  @Override
  public void check(Publication.Plan plan) {
    Meta.requireNow(plan);
    Meta.requireLength(plan, LONGEST_TEXT, MOST_TAGS);
  }

  @Override
  public void check(Publication.Plan plan, Content media) {
    if (!Api.isVideo(media.type()) && !Api.isPicture(media.type())) {
      throw Api.unsupported(NAME, media.type(), "videos, pictures");
    }
  }

  @Override
  public boolean commits(Work work) {
    return work.has("ready");
  }

  private Api.Answer get(Work work, String path, Map<String, String> query) {
    return as(work, token -> api.get(Api.at(sites.linkedin(), path, query), headers(token)));
  }

  private Api.Answer post(Work work, String path, Map<String, String> query, ObjectNode body) {
    return as(work, token -> api.json(Api.at(sites.linkedin(), path, query), headers(token), body));
  }

  private static Map<String, String> headers(String token) {
    Map<String, String> headers = new LinkedHashMap<>(Api.bearer(token));
    headers.put("LinkedIn-Version", VERSION);
    headers.put("X-Restli-Protocol-Version", "2.0.0");
    return headers;
  }

  private static boolean isVideo(Work work) {
    return Api.isVideo(work.media().type());
  }

  private JsonNode requireSuccess(Api.Answer answer) {
    if (!answer.isSuccess()) {
      throw api.refused(answer);
    }
    return answer.json();
  }

  @Override
  public Step next(Work work) {
    if (work.has("ready")) {
      return post(work);
    }
    if (!work.has("urn")) {
      return begin(work);
    }
    if (!work.has("sent")) {
      return fill(work);
    }
    if (work.has("thumbnail") && !work.has("cover")) {
      return illustrate(work);
    }
    return work.has("final") || !isVideo(work) ? await(work) : complete(work);
  }

  private Step begin(Work work) {
    boolean video = isVideo(work);
    ObjectNode body = Api.object();
    ObjectNode request = body.putObject("initializeUploadRequest");
    request.put("owner", work.account().account());
    if (video) {
      request.put("fileSizeBytes", work.media().size());
      request.put("uploadCaptions", false);
      request.put("uploadThumbnail", work.cover().isPresent());
    }
    JsonNode value =
        requireSuccess(
                post(
                    work,
                    video ? "/rest/videos" : "/rest/images",
                    Map.of("action", "initializeUpload"),
                    body))
            .path("value");
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("urn", api.require(value.path(video ? "video" : "image"), "a name"));
    if (!video) {
      notes.put("part.0", api.require(value.path("uploadUrl"), "where to upload"));
      notes.put("last.0", Long.toString(work.media().size() - 1));
      notes.put("parts", "1");
      return new Step.Taken(notes, 0);
    }
    notes.put("token", value.path("uploadToken").asText(""));
    String thumbnail = value.path("thumbnailUploadUrl").asText("");
    if (!thumbnail.isEmpty()) {
      notes.put("thumbnail", thumbnail);
    }
    JsonNode parts = value.path("uploadInstructions");
    long next = 0;
    for (int i = 0; i < parts.size(); i++) {
      JsonNode part = parts.get(i);
      if (part.path("firstByte").asLong(-1) != next || i >= MOST_PARTS) {
        throw api.unreadable("parts that follow each other");
      }
      notes.put("part." + i, api.require(part.path("uploadUrl"), "where to upload"));
      notes.put("last." + i, Long.toString(part.path("lastByte").asLong()));
      next = part.path("lastByte").asLong() + 1;
    }
    if (next != work.media().size()) {
      throw api.unreadable("all parts");
    }
    notes.put("parts", Integer.toString(parts.size()));
    return new Step.Taken(notes, 0);
  }

  private Step fill(Work work) {
    int part = work.has("done") ? Integer.parseInt(work.note("done")) : 0;
    long from = part == 0 ? 0 : Long.parseLong(work.note("last." + (part - 1))) + 1;
    long last = Long.parseLong(work.note("last." + part));
    URI url = api.address(sites.linkedin(), work.note("part." + part));
    Map<String, String> headers = Map.of("Content-Type", "application/octet-stream");
    long length = last - from + 1;
    Api.Answer answer =
        isVideo(work)
            ? api.upload("PUT", url, headers, work.media(), from, length)
            : asBearer(
                work, headers, all -> api.upload("PUT", url, all, work.media(), from, length));
    int status = answer.status();
    if (status == 403 || status == 404 || status == 410) {
      // The addresses have ended; a video or picture without a post is seen by nobody.
      return new Step.Taken(Map.of(), 0);
    }
    if (!answer.isSuccess()) {
      throw api.refused(answer);
    }
    Map<String, String> notes = new LinkedHashMap<>(work.notes());
    notes.put("etag." + part, answer.header("etag").replace("\"", ""));
    notes.put("done", Integer.toString(part + 1));
    if (part + 1 == Integer.parseInt(work.note("parts"))) {
      notes.put("sent", "yes");
    }
    return new Step.Taken(notes, last + 1);
  }

  /** Sends the cover; a refusal is noted and the video goes on without. */
  private Step illustrate(Work work) {
    Optional<Content> picture = work.cover().map(Cover::picture);
    String outcome = "refused";
    if (picture.isPresent()) {
      Api.Answer answer =
          api.upload(
              "PUT",
              api.address(sites.linkedin(), work.note("thumbnail")),
              Map.of("Content-Type", "application/octet-stream", "media-type-family", "STILLIMAGE"),
              picture.get(),
              0,
              picture.get().size());
      if (answer.isSuccess()) {
        outcome = "sent";
      } else if (Meta.isPassing(api.refused(answer))) {
        throw api.refused(answer);
      }
    }
    return new Step.Taken(work.with("cover", outcome), work.media().size());
  }

  private Step complete(Work work) {
    ObjectNode body = Api.object();
    ObjectNode request = body.putObject("finalizeUploadRequest");
    request.put("video", work.note("urn"));
    request.put("uploadToken", work.note("token"));
    ArrayNode parts = request.putArray("uploadedPartIds");
    for (int i = 0; i < Integer.parseInt(work.note("parts")); i++) {
      parts.add(work.note("etag." + i));
    }
    Api.Answer answer = post(work, "/rest/videos", Map.of("action", "finalizeUpload"), body);
    JsonNode unused = requireSuccess(answer);
    return new Step.Taken(work.with("final", "yes"), work.media().size());
  }

  private Step await(Work work) {
    JsonNode media =
        requireSuccess(
            get(
                work,
                (isVideo(work) ? "/rest/videos/" : "/rest/images/") + Api.escaped(work.note("urn")),
                Map.of()));
    return switch (media.path("status").asText("")) {
      case "AVAILABLE" -> new Step.Taken(work.with("ready", "yes"), work.media().size());
      case "PROCESSING_FAILED" ->
          throw Failure.of(
              Failure.Reason.INVALID,
              NAME,
              "LinkedIn could not use the media: "
                  + media.path("processingFailureReason").asText(""));
      default -> new Step.Waits(work.notes(), POLL);
    };
  }

  private Step post(Work work) {
    ObjectNode body = Api.object();
    body.put("author", work.account().account());
    body.put("commentary", commentary(work));
    body.put("visibility", "PUBLIC");
    ObjectNode distribution = body.putObject("distribution");
    distribution.put("feedDistribution", "MAIN_FEED");
    distribution.putArray("targetEntities");
    distribution.putArray("thirdPartyDistributionChannels");
    ObjectNode media = body.putObject("content").putObject("media");
    media.put("id", work.note("urn"));
    if (!work.plan().title().isEmpty()) {
      media.put("title", work.plan().title());
    }
    body.put("lifecycleState", "PUBLISHED");
    body.put("isReshareDisabledByAuthor", false);
    Api.Answer answer = post(work, "/rest/posts", Map.of(), body);
    JsonNode unused = requireSuccess(answer);
    String id = answer.header("x-restli-id");
    if (id.isEmpty()) {
      throw api.unreadable("the post's id");
    }
    return appeared(work, id);
  }

  private static String commentary(Work work) {
    StringBuilder text = new StringBuilder();
    work.plan()
        .text()
        .codePoints()
        .forEach(
            c -> {
              if (RESERVED.indexOf(c) >= 0) {
                text.append('\\');
              }
              text.appendCodePoint(c);
            });
    for (String tag : work.plan().tags()) {
      text.append(text.isEmpty() ? "" : " ")
          .append("{hashtag|\\#|")
          .append(tag.replaceAll("[\\s\\\\|{}()\\[\\]<>@*_~#]", ""))
          .append('}');
    }
    return text.toString();
  }

  private static Step appeared(Work work, String id) {
    return new Step.Appeared(
        id, "https://www.linkedin.com/feed/update/" + id, cover(work), Optional.empty());
  }

  private static String cover(Work work) {
    if (!isVideo(work)) {
      return unused(work, "a picture needs none");
    }
    return work.note("cover").equals("sent")
        ? ""
        : unused(
            work,
            work.has("thumbnail") ? "LinkedIn refused it" : "LinkedIn gave no address for it");
  }

  @Override
  public Finding find(Work work) {
    JsonNode posts =
        requireSuccess(
            get(
                work,
                "/rest/posts",
                Map.of(
                    "q",
                    "author",
                    "author",
                    work.account().account(),
                    "count",
                    "50",
                    "sortBy",
                    "CREATED")));
    for (JsonNode post : posts.path("elements")) {
      if (post.path("content").path("media").path("id").asText("").equals(work.note("urn"))) {
        return new Finding.There(appeared(work, api.require(post.path("id"), "an id")));
      }
    }
    return new Finding.Absent(work.notes());
  }
}
