package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.PublisherApi;
import dev.spanda.server.http.Mount;
import java.util.Map;

/** The Social Publisher. */
final class PublisherService extends Service {

  private final Publishing publishing;

  PublisherService(Publishing publishing) {
    super(Place.PUBLISHER);
    this.publishing = publishing;
  }

  @Override
  void keep(Mount.Builder mount) {
    mount.endpoints(
        PublisherApi.class,
        organised(organisation -> new PublisherEndpoints(publishing, organisation)));
  }

  @Override
  Map<String, String> spellings() {
    return Map.of(
        "source", "media_url",
        "text", "caption",
        "tags", "hashtags",
        "key", "Idempotency-Key",
        "publication", "publish",
        "extras.text", "options.ai_caption",
        "extras.tags", "options.ai_hashtags",
        "extras.cover", "options.generate_cover");
  }

  @Override
  void seed() {
    publishing.seed(PublisherEndpoints.WITH_ACCOUNTS);
  }
}
