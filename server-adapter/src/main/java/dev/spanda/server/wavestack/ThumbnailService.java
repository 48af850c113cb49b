package dev.spanda.server.wavestack;

import dev.spanda.server.http.Mount;

/** The Thumbnail Generator. */
final class ThumbnailService extends Service {

  ThumbnailService(Wavestack.Needs needs) {
    super(Place.THUMBNAILS);
  }

  @Override
  void keep(Mount.Builder mount) {}
}
