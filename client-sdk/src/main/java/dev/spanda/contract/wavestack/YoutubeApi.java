package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The YouTube Publisher. An upload needs an account: {@link #authUrl} says where a person agrees,
 * and {@link #callback} takes what Google sends back. Without one an upload is a {@code CONFLICT}.
 *
 * <p>A demo has no account on YouTube. It is connected to a local stand-in instead: uploads take
 * every step but the last, which puts the video into the outbox, a folder of this machine. Nothing
 * appears on YouTube, {@code url} points into the outbox, and {@code platform_note} says so.
 */
@Route.Group("YouTube")
public interface YoutubeApi {

  /**
   * Where a person goes to connect a YouTube account. {@code SERVICE_UNAVAILABLE} when the server
   * has no Google application; the message names the variables to set.
   */
  @Route(
      value = "GET /api/v1/auth/url",
      summary = "Where a person goes to connect a YouTube account.")
  Invitation authUrl();

  /**
   * Connects the account. A state is good for ten minutes and one callback, for the organisation
   * that asked for it.
   */
  @Route(
      value = "POST /api/v1/auth/callback",
      summary = "Connects the account that a person has agreed to.")
  Connected callback(Callback callback);

  /**
   * Begins an upload. It is durable when this returns, and the video appears once, whatever fails.
   *
   * @param idempotencyKey the same key and request give the first upload back, another request is a
   *     {@code CONFLICT}; 1 to 200 characters; beyond the document
   */
  @Route(value = "POST /api/v1/upload", summary = "Begins the upload of a video.")
  Upload upload(Video video, @Param.Header("Idempotency-Key") @Nullable String idempotencyKey);

  /** The same without a key. */
  default Upload upload(Video video) {
    return upload(video, null);
  }

  /** How far an upload is. */
  @Route(value = "GET /api/v1/upload/{upload_id}", summary = "How far an upload is.")
  Upload get(@Param.Path("upload_id") String uploadId);

  /**
   * Calls an upload off; beyond the document. {@code CONFLICT} when it is over or the last byte may
   * have arrived.
   */
  @Route(
      value = "POST /api/v1/upload/{upload_id}/cancel",
      summary = "Calls an upload off that has not appeared.")
  Upload cancel(@Param.Path("upload_id") String uploadId);

  /**
   * Where a person agrees.
   *
   * @param state comes back with the code; of 256 random bits
   * @param platformNote in a demo, that a local stand-in takes the place of Google
   */
  record Invitation(
      @JsonProperty("auth_url") String authUrl,
      @JsonProperty("state") String state,
      @JsonProperty("platform_note") @Nullable String platformNote) {}

  /**
   * What Google has sent.
   *
   * @param code 1 to 2 000 characters
   * @param state as {@link Invitation#state} said
   */
  record Callback(
      @JsonProperty(value = "code", required = true) String code,
      @JsonProperty(value = "state", required = true) String state) {

    /** Leaves the code out. */
    @Override
    public String toString() {
      return "Callback[…]";
    }
  }

  /**
   * An account; the document shows no answer.
   *
   * @param status {@code connected}
   * @param platform {@code youtube}
   * @param accountId the channel
   * @param label the channel's title
   * @param platformNote for a stand-in, what it is
   */
  record Connected(
      @JsonProperty("status") String status,
      @JsonProperty("platform") String platform,
      @JsonProperty("account_id") String accountId,
      @JsonProperty("label") String label,
      @JsonProperty("platform_note") @Nullable String platformNote) {}

  /**
   * A video to upload.
   *
   * @param videoUrl an address on the web, at most 4 GiB behind it; {@code asset:} and the id of an
   *     asset, or that asset's own address, for one of this server. An address of the domain
   *     example.com is the demo's own asset in a demo
   * @param title 1 to 100 characters without {@code <} and {@code >}
   * @param description at most 5 000 bytes of UTF-8, without {@code <} and {@code >}; replaced when
   *     {@code ai_description} is true
   * @param tags at most 400 characters together; added to when {@code ai_tags} is true
   * @param privacy {@code public}, {@code unlisted} or {@code private}; {@code private} when absent
   * @param scheduledAt when the video is to become public, with privacy {@code public}; one that
   *     has passed means at once
   */
  record Video(
      @JsonProperty(value = "video_url", required = true) String videoUrl,
      @JsonProperty(value = "title", required = true) String title,
      @JsonProperty("description") @Nullable String description,
      @JsonSetter(contentNulls = Nulls.FAIL) @JsonProperty("tags") @Nullable List<String> tags,
      @JsonProperty("privacy") @Nullable String privacy,
      @JsonProperty("scheduled_at") @Nullable Instant scheduledAt,
      @JsonProperty("options") @Nullable Options options) {

    /** Copies the tags. */
    public Video {
      tags = tags == null ? null : List.copyOf(tags);
    }

    /** A private video with a title. */
    public static Video of(String videoUrl, String title) {
      return new Video(videoUrl, title, null, null, null, null, null);
    }
  }

  /**
   * What is made for a video; false when absent.
   *
   * @param generateThumbnail a thumbnail with the title, set on the video
   * @param aiDescription a description made of the title, the tags and the given description
   * @param aiTags tags made of the title and the description
   */
  record Options(
      @JsonProperty("generate_thumbnail") @Nullable Boolean generateThumbnail,
      @JsonProperty("ai_description") @Nullable Boolean aiDescription,
      @JsonProperty("ai_tags") @Nullable Boolean aiTags) {}

  /**
   * An upload.
   *
   * @param status {@code processing}, {@code scheduled} (YouTube has it and shows it at {@code
   *     scheduled_at}), {@code complete}, {@code failed} or {@code cancelled}
   * @param progress how much of the video YouTube has, in whole percent; absent when it is over
   * @param estimatedTime seconds until the last byte is sent: what is left divided by the mean rate
   *     of uploads so far, or by 1 MB/s before the first; 120 MB are assumed while the size is not
   *     known; absent when it is over
   * @param youtubeId once YouTube has it
   * @param url once YouTube has it
   * @param publishedAt once it is complete
   * @param scheduledAt beyond the document
   * @param error why it failed; beyond the document
   * @param uncertain true when it failed and may have appeared all the same, otherwise absent;
   *     beyond the document
   * @param platformNote what should be known, such as that a stand-in took YouTube's place; beyond
   *     the document
   */
  record Upload(
      @JsonProperty("upload_id") String uploadId,
      @JsonProperty("status") String status,
      @JsonProperty("progress") @Nullable Integer progress,
      @JsonProperty("estimated_time") @Nullable Long estimatedTime,
      @JsonProperty("youtube_id") @Nullable String youtubeId,
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("published_at") @Nullable Instant publishedAt,
      @JsonProperty("scheduled_at") @Nullable Instant scheduledAt,
      @JsonProperty("error") @Nullable String error,
      @JsonProperty("uncertain") @Nullable Boolean uncertain,
      @JsonProperty("platform_note") @Nullable String platformNote) {

    /** Whether the work on it has ended. */
    @JsonIgnore
    public boolean isOver() {
      return !status.equals("processing");
    }
  }
}
