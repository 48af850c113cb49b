package dev.spanda.core.file;

/** What a content looks like. Told by its bytes, never by its name or by what the sender says. */
public enum FileType {
  /** A PNG picture. */
  PNG("image/png", "png", true),
  /** A JPEG picture. */
  JPEG("image/jpeg", "jpg", true),
  /** A GIF picture. */
  GIF("image/gif", "gif", true),
  /** A WebP picture. */
  WEBP("image/webp", "webp", true),
  /** A Windows bitmap. */
  BMP("image/bmp", "bmp", true),
  /** An SVG drawing, which may hold scripts: served as an attachment. */
  SVG("image/svg+xml", "svg", false),
  /** A PDF document. */
  PDF("application/pdf", "pdf", false),
  /** A WAV or RF64 recording. */
  WAV("audio/wav", "wav", true),
  /** A FLAC recording. */
  FLAC("audio/flac", "flac", true),
  /** An MP3 recording. */
  MP3("audio/mpeg", "mp3", true),
  /** An Ogg stream. */
  OGG("audio/ogg", "ogg", true),
  /** An MP4 film or recording. */
  MP4("video/mp4", "mp4", true),
  /** A WebM film. */
  WEBM("video/webm", "webm", true),
  /** A ZIP archive, and everything that is one inside, such as office documents. */
  ZIP("application/zip", "zip", false),
  /** UTF-8 text that begins and ends as a JSON object or array. */
  JSON("application/json", "json", false),
  /** Any other UTF-8 text, HTML included. */
  TEXT("text/plain; charset=utf-8", "txt", false),
  /** Anything else, and a content without any bytes. */
  OCTET_STREAM("application/octet-stream", "bin", false);

  private final String mediaType;
  private final String extension;
  private final boolean inline;

  FileType(String mediaType, String extension, boolean inline) {
    this.mediaType = mediaType;
    this.extension = extension;
    this.inline = inline;
  }

  /** Its media type, such as {@code image/png}. */
  public String mediaType() {
    return mediaType;
  }

  /** What a file name of this type usually ends with, without the dot. */
  public String extension() {
    return extension;
  }

  /**
   * Whether a browser may show it in a page's own origin; false means that it is served as an
   * attachment, because it could hold scripts or pretend to be a page. Either way it is served with
   * {@code X-Content-Type-Options: nosniff}.
   */
  public boolean isInline() {
    return inline;
  }
}
