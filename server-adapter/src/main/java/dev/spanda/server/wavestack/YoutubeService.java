package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.YoutubeApi;
import dev.spanda.server.http.Mount;
import java.util.List;
import java.util.Map;

/** The YouTube Publisher. */
final class YoutubeService extends Service {

  private final Publishing publishing;

  YoutubeService(Publishing publishing) {
    super(Place.YOUTUBE);
    this.publishing = publishing;
  }

  @Override
  void keep(Mount.Builder mount) {
    mount.endpoints(
        YoutubeApi.class,
        organised(organisation -> new YoutubeEndpoints(publishing, organisation)));
  }

  @Override
  Map<String, String> spellings() {
    return Map.of(
        "source", "video_url",
        "text", "description",
        "key", "Idempotency-Key",
        "publication", "upload",
        "extras.text", "options.ai_description",
        "extras.tags", "options.ai_tags",
        "extras.cover", "options.generate_thumbnail");
  }

  @Override
  void seed() {
    publishing.seed(List.of("youtube"));
  }
}
