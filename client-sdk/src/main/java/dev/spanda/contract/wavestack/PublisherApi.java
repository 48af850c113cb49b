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
 * The Social Publisher. Each platform but {@code local} needs an account of the organisation, which
 * is connected by {@link #connect}; without one publishing is a {@code CONFLICT}. What is published
 * to {@code local} goes into the outbox, a folder of this machine.
 *
 * <p>A demo has no accounts. It is connected to local stand-ins instead: nothing appears on a
 * platform, {@code url} points into the outbox, and {@code platform_note} says so.
 */
@Route.Group("Publishing")
public interface PublisherApi {

  /**
   * Begins to publish. It is durable when this returns, and appears once, whatever fails.
   *
   * @param idempotencyKey the same key and request give the first back, another request is a {@code
   *     CONFLICT}; 1 to 200 characters; beyond the document
   */
  @Route(value = "POST /api/v1/publish", summary = "Publishes to a platform.")
  Publish publish(Post post, @Param.Header("Idempotency-Key") @Nullable String idempotencyKey);

  /** The same without a key. */
  default Publish publish(Post post) {
    return publish(post, null);
  }

  /** How far it is. */
  @Route(value = "GET /api/v1/publish/{publish_id}", summary = "How far it is.")
  Publish get(@Param.Path("publish_id") String publishId);

  /**
   * Calls it off; beyond the document. {@code CONFLICT} when it is over or the platform was asked
   * to show it.
   */
  @Route(
      value = "POST /api/v1/publish/{publish_id}/cancel",
      summary = "Calls it off while the platform does not show it.")
  Publish cancel(@Param.Path("publish_id") String publishId);

  /** The accounts of the organisation by platform, without their tokens; beyond the document. */
  @Route(value = "GET /api/v1/accounts", summary = "The connected accounts.")
  Accounts accounts();

  /**
   * Connects an account, in place of the one that was connected to its platform; beyond the
   * document. Tokens are kept encrypted and never shown. YouTube is connected by {@link
   * YoutubeApi#authUrl}.
   */
  @Route(value = "POST /api/v1/accounts", summary = "Connects an account.")
  Account connect(Credentials credentials);

  /** Forgets an account and its tokens; beyond the document. */
  @Route(value = "DELETE /api/v1/accounts/{platform}", summary = "Forgets an account.")
  Disconnected disconnect(@Param.Path("platform") String platform);

  /**
   * What to publish.
   *
   * @param platform {@code instagram}, {@code tiktok}, {@code facebook}, {@code linkedin}, or
   *     beyond the document {@code local}
   * @param contentType {@code reel}, {@code post} or {@code story} on Instagram, {@code video} on
   *     TikTok, {@code post} or {@code reel} on Facebook, {@code post} on LinkedIn, any of them
   *     locally
   * @param mediaUrl as {@link YoutubeApi.Video#videoUrl}
   * @param caption at most 2 200 characters on Instagram and TikTok, 5 000 on Facebook, 3 000 on
   *     LinkedIn, tags included; replaced when {@code ai_caption} is true
   * @param hashtags at most 30, without a number sign; added to when {@code ai_hashtags} is true;
   *     beyond the document
   */
  record Post(
      @JsonProperty(value = "platform", required = true) String platform,
      @JsonProperty(value = "content_type", required = true) String contentType,
      @JsonProperty(value = "media_url", required = true) String mediaUrl,
      @JsonProperty("caption") @Nullable String caption,
      @JsonProperty("options") @Nullable Options options,
      @JsonSetter(contentNulls = Nulls.FAIL) @JsonProperty("hashtags")
          @Nullable List<String> hashtags) {

    /** Copies the tags. */
    public Post {
      hashtags = hashtags == null ? null : List.copyOf(hashtags);
    }
  }

  /**
   * What is made for it; false when absent.
   *
   * @param aiCaption a caption made of the given one and the hashtags
   * @param aiHashtags hashtags made of the caption
   * @param generateCover a cover; of the platforms only {@code local} takes one from a file, the
   *     others say so in {@code platform_note}
   */
  record Options(
      @JsonProperty("ai_caption") @Nullable Boolean aiCaption,
      @JsonProperty("ai_hashtags") @Nullable Boolean aiHashtags,
      @JsonProperty("generate_cover") @Nullable Boolean generateCover) {}

  /**
   * How far it is. The document shows three fields; the others are beyond it.
   *
   * @param status {@code processing}, {@code complete}, {@code failed} or {@code cancelled}
   * @param progress as {@link YoutubeApi.Upload#progress}
   * @param estimatedTime as {@link YoutubeApi.Upload#estimatedTime}
   * @param postId what the platform calls it, once it is there
   * @param url where it is to be seen, if the platform has told
   * @param error why it failed
   * @param uncertain true when it failed and may have appeared all the same, otherwise absent
   * @param platformNote what should be known, such as that a stand-in took the platform's place
   */
  record Publish(
      @JsonProperty("publish_id") String publishId,
      @JsonProperty("status") String status,
      @JsonProperty("platform") String platform,
      @JsonProperty("progress") @Nullable Integer progress,
      @JsonProperty("estimated_time") @Nullable Long estimatedTime,
      @JsonProperty("post_id") @Nullable String postId,
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("published_at") @Nullable Instant publishedAt,
      @JsonProperty("error") @Nullable String error,
      @JsonProperty("uncertain") @Nullable Boolean uncertain,
      @JsonProperty("platform_note") @Nullable String platformNote) {

    /** Whether the work on it has ended. */
    @JsonIgnore
    public boolean isOver() {
      return !status.equals("processing");
    }
  }

  /**
   * An account and what proves it.
   *
   * @param platform {@code instagram}, {@code tiktok}, {@code facebook} or {@code linkedin}
   * @param accountId what the platform calls it: the Instagram user id, the TikTok open id, the
   *     Facebook page id, the URN of the LinkedIn member or organization; 1 to 200 characters
   * @param accessToken 1 to 4 000 characters
   * @param label for people; at most 200 characters
   * @param refreshToken with which the access token is renewed: TikTok's, LinkedIn's, and for
   *     Facebook the user's own token; at most 4 000 characters
   * @param expiresIn when the access token ends, in seconds from now, 0 to 31 536 000; null when it
   *     does not
   */
  record Credentials(
      @JsonProperty(value = "platform", required = true) String platform,
      @JsonProperty(value = "account_id", required = true) String accountId,
      @JsonProperty(value = "access_token", required = true) String accessToken,
      @JsonProperty("label") @Nullable String label,
      @JsonProperty("refresh_token") @Nullable String refreshToken,
      @JsonProperty("expires_in") @Nullable Long expiresIn) {

    /** An account whose access token is not renewed. */
    public static Credentials of(String platform, String accountId, String accessToken) {
      return new Credentials(platform, accountId, accessToken, null, null, null);
    }

    /** Leaves the tokens out. */
    @Override
    public String toString() {
      return "Credentials[" + platform + ", " + accountId + "]";
    }
  }

  /**
   * A connected account.
   *
   * @param standIn whether it is a local stand-in, under which nothing appears on the platform
   */
  record Account(
      @JsonProperty("platform") String platform,
      @JsonProperty("account_id") String accountId,
      @JsonProperty("label") String label,
      @JsonProperty("stand_in") boolean standIn,
      @JsonProperty("connected_at") Instant connectedAt) {}

  /** The connected accounts. */
  record Accounts(@JsonProperty("accounts") List<Account> accounts) {

    /** Copies the rows. */
    public Accounts {
      accounts = List.copyOf(accounts);
    }
  }

  /** An account that is forgotten. */
  record Disconnected(
      @JsonProperty("disconnected") boolean disconnected,
      @JsonProperty("platform") String platform) {}
}
