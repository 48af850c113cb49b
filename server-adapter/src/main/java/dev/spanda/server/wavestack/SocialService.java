package dev.spanda.server.wavestack;

import dev.spanda.server.http.Mount;

/** The Social Ingest. */
final class SocialService extends Service {

  SocialService(Wavestack.Needs needs) {
    super(Place.SOCIAL);
  }

  @Override
  void keep(Mount.Builder mount) {}
}
