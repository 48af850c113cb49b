package dev.spanda.server.wavestack;

import dev.spanda.server.http.Mount;

/** The Clipper. */
final class ClipperService extends Service {

  ClipperService(Wavestack.Needs needs) {
    super(Place.CLIPPER);
  }

  @Override
  void keep(Mount.Builder mount) {}
}
