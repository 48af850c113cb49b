package dev.spanda.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pages of an API's documentation: {@code /docs} by Swagger UI, {@code /redoc} by Redoc and
 * {@code /openapi.json}. Scripts and styles come from the class path, and the pages' security
 * policy lets the browser load nothing from elsewhere.
 */
public final class Pages {

  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
  private static final String REDOC = "/META-INF/resources/webjars/redoc/2.1.4/bundles/";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** For what is read again only when it has changed. */
  private static final String ASK_FIRST = "no-cache";

  /** For what never changes, since its path names its version. */
  private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";

  private Pages() {}

  /** A page or a part of one; its bytes are read when they are first asked for. Thread-safe. */
  public static final class Page {
    private final String mediaType;
    private final String resource;
    private final String policy;
    private final String caching;
    private volatile byte @Nullable [] bytes;
    private volatile @Nullable String tag;

    private Page(String mediaType, String resource) {
      this(mediaType, resource, POLICY, ASK_FIRST);
    }

    private Page(String mediaType, String resource, String policy, String caching) {
      this.mediaType = mediaType;
      this.resource = resource;
      this.policy = policy;
      this.caching = caching;
    }

    private Page(String mediaType, byte[] bytes) {
      this(mediaType, "");
      this.bytes = bytes;
    }

    /** The same under another {@code Content-Security-Policy}. */
    public Page under(String otherPolicy) {
      return new Page(mediaType, resource, otherPolicy, caching);
    }

    /** The media type. */
    public String mediaType() {
      return mediaType;
    }

    /** The value of {@code Content-Security-Policy}. */
    public String policy() {
      return policy;
    }

    /** The value of {@code Cache-Control}. */
    public String caching() {
      return caching;
    }

    /** The value of {@code ETag}, which is another one for other bytes. */
    public String tag() {
      String known = tag;
      if (known == null) {
        known = '"' + HexFormat.of().formatHex(sha256(bytes()), 0, 16) + '"';
        tag = known;
      }
      return known;
    }

    /** The bytes; not copied, not to be modified. */
    public byte[] bytes() {
      byte[] known = bytes;
      if (known == null) {
        known = load(resource);
        bytes = known;
      }
      return known;
    }
  }

  /**
   * The pages by their path below the base.
   *
   * @param title what a person calls the API
   * @param base where the pages are, empty or beginning with a slash
   * @param openApiResource the description's name on the class path
   * @throws IllegalArgumentException when there is no such description
   */
  public static Map<String, Page> of(String title, String base, String openApiResource) {
    if (Pages.class.getResource(openApiResource) == null) {
      throw new IllegalArgumentException("no " + openApiResource + " on the class path");
    }
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/openapi.json", new Page("application/json", openApiResource));
    pages.put("/docs", html(docs(title, base)));
    pages.put("/docs/start.js", script(start(base)));
    pages.put("/docs/swagger-ui.css", new Page("text/css", SWAGGER + "swagger-ui.css"));
    pages.put(
        "/docs/swagger-ui-bundle.js",
        new Page("text/javascript", SWAGGER + "swagger-ui-bundle.js"));
    pages.put("/docs/favicon.png", new Page("image/png", SWAGGER + "favicon-32x32.png"));
    pages.put("/redoc", html(redoc(title, base)));
    pages.put("/redoc/redoc.js", new Page("text/javascript", REDOC + "redoc.standalone.js"));
    return pages;
  }

  /**
   * A page, or a part of one, that is a file on the class path.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  public static Page file(String mediaType, String resource) {
    if (Pages.class.getResource(resource) == null) {
      throw new IllegalArgumentException("no " + resource + " on the class path");
    }
    return new Page(mediaType, resource);
  }

  /**
   * The same for a file that never changes, which browsers keep for a year: its path must name its
   * version.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  public static Page versioned(String mediaType, String resource) {
    return new Page(mediaType, file(mediaType, resource).resource, POLICY, FOR_A_YEAR);
  }

  private static Page html(String text) {
    return new Page("text/html;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Page script(String text) {
    return new Page("text/javascript", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String docs(String title, String base) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <link rel="icon" href="%2$s/docs/favicon.png">
    <link rel="stylesheet" href="%2$s/docs/swagger-ui.css">
    </head>
    <body>
    <div id="docs"></div>
    <script src="%2$s/docs/swagger-ui-bundle.js"></script>
    <script src="%2$s/docs/start.js"></script>
    </body>
    </html>
    """
        .formatted(escape(title), base);
  }

  private static String start(String base) {
    return """
    SwaggerUIBundle({
      url: "%s/openapi.json",
      dom_id: "#docs",
      deepLinking: true,
      validatorUrl: null
    });
    """
        .formatted(base);
  }

  private static String redoc(String title, String base) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <link rel="icon" href="%2$s/docs/favicon.png">
    <style>body { margin: 0 }</style>
    </head>
    <body>
    <redoc spec-url="%2$s/openapi.json"></redoc>
    <script src="%2$s/redoc/redoc.js"></script>
    </body>
    </html>
    """
        .formatted(escape(title), base);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] load(String resource) {
    try (InputStream in =
        Objects.requireNonNull(Pages.class.getResourceAsStream(resource), resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
