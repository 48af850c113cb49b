package dev.spanda.server.wavestack;

/**
 * The nine services, as the document names, addresses and limits them. Auto-Mod, Thumbnail
 * Generator and Analytics Dashboard are not in its table of rate limits; they have the 60 a minute
 * of the AI Personality. Both publishers have the 30 of the row Publishers; what the Clipper's 10
 * are for, {@link ClipperService#limit} says.
 */
enum Place {
  CORE("core", 3000, "core-app", "Core App", 100),
  CLIPPER("clipper", 8000, "clipper", "Clipper", 10),
  SOCIAL("social", 8100, "social-ingest", "Social Ingest", 200),
  PERSONALITY("personality", 8200, "ai-personality", "AI Personality", 60),
  THUMBNAILS("thumbnails", 8400, "thumbnail-generator", "Thumbnail Generator", 60),
  YOUTUBE("youtube", 8500, "youtube-publisher", "YouTube Publisher", 30),
  PUBLISHER("publisher", 8600, "social-publisher", "Social Publisher", 30),
  AUTOMOD("automod", 8700, "auto-mod", "Auto-Mod", 60),
  ANALYTICS("analytics", 8800, "analytics-dashboard", "Analytics Dashboard", 60);

  private final String word;
  private final int port;
  private final String service;
  private final String title;
  private final int perMinute;

  Place(String word, int port, String service, String title, int perMinute) {
    this.word = word;
    this.port = port;
    this.service = service;
    this.title = title;
    this.perMinute = perMinute;
  }

  /** The name of the mount, such as {@code wavestack-core}. */
  String mount() {
    return Wavestack.NAME + "-" + word;
  }

  /** The documented port. */
  int port() {
    return port;
  }

  /** The name of the service in its health check, such as {@code ai-personality}. */
  String service() {
    return service;
  }

  /** What a person calls it. */
  String title() {
    return "WaveStack " + title;
  }

  /** How many requests an organisation, or an address without one, may send a minute. */
  int perMinute() {
    return perMinute;
  }
}
