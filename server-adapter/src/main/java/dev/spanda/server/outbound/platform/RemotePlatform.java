package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Platform;
import dev.spanda.server.outbound.Fetcher;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the platforms have in common: how they are reached, and who asks. */
abstract class RemotePlatform implements Platform {

  /**
   * How platforms are reached.
   *
   * @param patience how long an answer is waited for; longer with what is uploaded
   */
  record Reach(Fetcher fetcher, Sites sites, Access access, Duration patience) {}

  /** What a platform is called and how much it takes. */
  record Traits(String name, int longestText, int mostTags, Duration settling) {}

  final Api api;
  final Sites sites;
  private final Access access;
  private final Traits traits;

  RemotePlatform(Reach reach, Traits traits) {
    this.api = new Api(reach.fetcher(), traits.name(), reach.patience());
    this.sites = reach.sites();
    this.access = reach.access();
    this.traits = traits;
  }

  @Override
  public final String name() {
    return traits.name();
  }

  @Override
  public final int longestText() {
    return traits.longestText();
  }

  @Override
  public final int mostTags() {
    return traits.mostTags();
  }

  @Override
  public final Duration settling() {
    return traits.settling();
  }

  /**
   * Asks with the account's access token, and when that is refused once more with a renewed one: a
   * refused token means that nothing was done.
   *
   * @throws Failure UNAUTHENTICATED, subject {@code account}, when no token is good; of a passing
   *     reason when it cannot be renewed now
   */
  final Api.Answer as(Work work, Function<String, Api.Answer> request) {
    String token = access.token(work.account());
    Api.Answer answer = request.apply(token);
    if (refusesToken(answer)) {
      Optional<String> another = access.another(work.account(), token);
      if (another.isPresent()) {
        answer = request.apply(another.get());
      }
      if (refusesToken(answer)) {
        throw Access.connectAgain(name(), Api.reason(answer.json()));
      }
    }
    return answer;
  }

  /** As {@link #as}, with the headers of a bearer. */
  final Api.Answer asBearer(Work work, Function<Map<String, String>, Api.Answer> request) {
    return as(work, token -> request.apply(Api.bearer(token)));
  }

  /** As {@link #asBearer(Work, Function)}, with more headers. */
  final Api.Answer asBearer(
      Work work, Map<String, String> more, Function<Map<String, String>, Api.Answer> request) {
    return as(
        work,
        token -> {
          Map<String, String> headers = new LinkedHashMap<>(Api.bearer(token));
          headers.putAll(more);
          return request.apply(headers);
        });
  }

  private static boolean refusesToken(Api.Answer answer) {
    JsonNode code = answer.json().path("error").path("code");
    return code.asText("").equals("access_token_invalid")
        || (answer.status() / 100 == 4 && code.asInt(0) == Meta.BAD_TOKEN)
        || (answer.status() == 401 && !code.asText("").equals("scope_not_authorized"));
  }

  /** What a platform says of a cover of which it takes the frame alone, or nothing. */
  static String frameAlone(String title, Cover cover) {
    return cover
        .frame()
        .map(
            at ->
                String.format(
                    Locale.ROOT,
                    "%s takes no picture as a cover: it shows the frame at %d ms, without the"
                        + " words",
                    title,
                    at.toMillis()))
        .orElse(
            "The cover was not used: " + title + " takes a frame of the video, and it has none");
  }

  /** Tells that a cover was made and not used. */
  static String unused(Work work, String why) {
    return work.cover().isPresent() ? "The cover was not used: " + why : "";
  }
}
