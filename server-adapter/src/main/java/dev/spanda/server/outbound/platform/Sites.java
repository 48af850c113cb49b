package dev.spanda.server.outbound.platform;

import java.net.URI;
import java.util.Map;

/**
 * Where the platforms are. Every address may be another one, for tests and for gateways.
 *
 * @param google the base of YouTube's data API and uploads
 * @param googleSignIn the page where a person agrees
 * @param googleToken where codes and refresh tokens become access tokens
 * @param graph the base of Facebook's and Instagram's Graph API, version included
 * @param instagramUpload where the bytes of an Instagram container go, version included
 * @param instagram the base of Instagram's own Graph API, for tokens of Instagram Login, version
 *     included
 * @param instagramToken where those tokens are renewed
 * @param tiktok the base of TikTok's API
 * @param linkedin the base of LinkedIn's API
 * @param linkedinToken where LinkedIn's refresh tokens become access tokens
 */
public record Sites(
    URI google,
    URI googleSignIn,
    URI googleToken,
    URI graph,
    URI instagramUpload,
    URI instagram,
    URI instagramToken,
    URI tiktok,
    URI linkedin,
    URI linkedinToken) {

  /** The documented addresses of late 2025. */
  public static final Sites DOCUMENTED =
      new Sites(
          URI.create("https://www.googleapis.com"),
          URI.create("https://accounts.google.com/o/oauth2/v2/auth"),
          URI.create("https://oauth2.googleapis.com/token"),
          URI.create("https://graph.facebook.com/v23.0"),
          URI.create("https://rupload.facebook.com/ig-api-upload/v23.0"),
          URI.create("https://graph.instagram.com/v23.0"),
          URI.create("https://graph.instagram.com"),
          URI.create("https://open.tiktokapis.com"),
          URI.create("https://api.linkedin.com"),
          URI.create("https://www.linkedin.com/oauth/v2/accessToken"));

  /**
   * The documented addresses, and in place of them those of the environment: {@code
   * SPANDA_GOOGLE_URL}, {@code SPANDA_GOOGLE_SIGN_IN_URL}, {@code SPANDA_GOOGLE_TOKEN_URL}, {@code
   * SPANDA_GRAPH_URL}, {@code SPANDA_INSTAGRAM_UPLOAD_URL}, {@code SPANDA_INSTAGRAM_URL}, {@code
   * SPANDA_INSTAGRAM_TOKEN_URL}, {@code SPANDA_TIKTOK_URL}, {@code SPANDA_LINKEDIN_URL} and {@code
   * SPANDA_LINKEDIN_TOKEN_URL}.
   *
   * @throws IllegalArgumentException when one of them is no address
   */
  public static Sites of(Map<String, String> environment) {
    return new Sites(
        named(environment, "SPANDA_GOOGLE_URL", DOCUMENTED.google),
        named(environment, "SPANDA_GOOGLE_SIGN_IN_URL", DOCUMENTED.googleSignIn),
        named(environment, "SPANDA_GOOGLE_TOKEN_URL", DOCUMENTED.googleToken),
        named(environment, "SPANDA_GRAPH_URL", DOCUMENTED.graph),
        named(environment, "SPANDA_INSTAGRAM_UPLOAD_URL", DOCUMENTED.instagramUpload),
        named(environment, "SPANDA_INSTAGRAM_URL", DOCUMENTED.instagram),
        named(environment, "SPANDA_INSTAGRAM_TOKEN_URL", DOCUMENTED.instagramToken),
        named(environment, "SPANDA_TIKTOK_URL", DOCUMENTED.tiktok),
        named(environment, "SPANDA_LINKEDIN_URL", DOCUMENTED.linkedin),
        named(environment, "SPANDA_LINKEDIN_TOKEN_URL", DOCUMENTED.linkedinToken));
  }

  /** All of them on one host, as a test has it: {@code base} and a path that tells them apart. */
  public static Sites on(URI base) {
    String text = base.toString();
    return new Sites(
        URI.create(text + "/google"),
        URI.create(text + "/google/sign-in"),
        URI.create(text + "/google/token"),
        URI.create(text + "/graph"),
        URI.create(text + "/graph/rupload"),
        URI.create(text + "/instagram"),
        URI.create(text + "/instagram"),
        URI.create(text + "/tiktok"),
        URI.create(text + "/linkedin"),
        URI.create(text + "/linkedin/token"));
  }

  private static URI named(Map<String, String> environment, String name, URI otherwise) {
    String text = environment.getOrDefault(name, "");
    return text.isEmpty() ? otherwise : URI.create(text);
  }
}
