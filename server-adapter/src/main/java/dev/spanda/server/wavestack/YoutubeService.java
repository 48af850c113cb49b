package dev.spanda.server.wavestack;

import dev.spanda.server.http.Mount;

/** The YouTube Publisher. */
final class YoutubeService extends Service {

  YoutubeService(Wavestack.Needs needs) {
    super(Place.YOUTUBE);
  }

  @Override
  void keep(Mount.Builder mount) {}
}
