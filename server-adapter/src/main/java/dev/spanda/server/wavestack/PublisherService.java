package dev.spanda.server.wavestack;

import dev.spanda.server.http.Mount;

/** The Social Publisher. */
final class PublisherService extends Service {

  PublisherService(Wavestack.Needs needs) {
    super(Place.PUBLISHER);
  }

  @Override
  void keep(Mount.Builder mount) {}
}
