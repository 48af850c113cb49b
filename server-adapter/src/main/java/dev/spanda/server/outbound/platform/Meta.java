package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What Facebook and Instagram have in common: the Graph API and its uploads. */
final class Meta {

  /** Application, user, page and business limits. Source: Graph API, "Rate Limits". */
  private static final Set<Integer> LIMITED = Set.of(4, 17, 32, 341, 368, 613, 80001, 80002);

  /** Unknown and temporary. Source: Graph API, "Handling Errors". */
  private static final Set<Integer> TEMPORARY = Set.of(1, 2);

  /** The token has ended, was revoked or never was. Source: as above. */
  static final int BAD_TOKEN = 190;

  private Meta() {}

  /** The account's id, which stands in paths. */
  static String id(Platform.Work work) {
    return id(work.account().account());
  }

  static String id(String id) {
    if (!id.matches("[A-Za-z0-9_.-]{1,100}")) {
      throw Failure.invalid("account", id, "An account id is letters, digits, dots and dashes");
    }
    return id;
  }

  static void requireNow(Publication.Plan plan) {
    if (plan.scheduledAt().isPresent()) {
      throw Failure.invalid(
          "scheduled_at", plan.scheduledAt().get(), plan.platform() + " publishes at once only");
    }
    if (plan.privacy() != Publication.Privacy.PUBLIC) {
      throw Failure.invalid(
          "privacy", plan.privacy(), "What " + plan.platform() + " publishes is public");
    }
  }

  static void requireLength(Publication.Plan plan, int longest, int mostTags) {
    int length = plan.text().length();
    for (String tag : plan.tags()) {
      length += tag.length() + 2;
    }
    if (length > longest) {
      throw Failure.outOfRange(
          "text", "The length of the caption with its tags", length, 0, longest, "characters");
    }
    if (plan.tags().size() > mostTags) {
      throw Failure.outOfRange("tags", "The number of tags", plan.tags().size(), 0, mostTags, "");
    }
  }

  /** Sends what the other side does not have yet. */
  static Api.Answer upload(Api api, URI url, String token, Platform.Content media, long offset) {
    long size = media.size();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "OAuth " + token);
    headers.put("offset", Long.toString(offset));
    headers.put("file_size", Long.toString(size));
    long from = Math.max(0, Math.min(offset, size));
    return api.upload("POST", url, headers, media, from, size - from);
  }

  static JsonNode requireSuccess(Api api, Api.Answer answer) {
    if (!answer.isSuccess()) {
      throw refused(api, answer);
    }
    return answer.json();
  }

  /** The Graph API answers 400 to nearly everything and tells the difference by a code. */
  static Failure refused(Api api, Api.Answer answer) {
    JsonNode error = answer.json().path("error");
    int code = error.path("code").asInt(0);
    if (answer.status() / 100 == 4 && answer.status() != 429) {
      if (LIMITED.contains(code)) {
        return Failure.of(Failure.Reason.RATE_LIMITED, "platform", Api.reason(answer.json()))
            .with("retry_after", 300L);
      }
      if (TEMPORARY.contains(code) || error.path("is_transient").asBoolean(false)) {
        return Failure.of(Failure.Reason.UNAVAILABLE, "platform", Api.reason(answer.json()));
      }
      if (code == BAD_TOKEN) {
        return Failure.of(
            Failure.Reason.UNAUTHENTICATED,
            "account",
            "The access token is no longer good; connect the account again");
      }
    }
    return api.refused(answer);
  }

  static boolean isPassing(Failure failure) {
    return switch (failure.reason()) {
      case UNAVAILABLE, TIMED_OUT, FAILED, RATE_LIMITED -> true;
      default -> false;
    };
  }
}
