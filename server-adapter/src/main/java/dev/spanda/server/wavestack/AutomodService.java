package dev.spanda.server.wavestack;

import dev.spanda.server.http.Mount;

/** The Auto-Mod. */
final class AutomodService extends Service {

  AutomodService(Wavestack.Needs needs) {
    super(Place.AUTOMOD);
  }

  @Override
  void keep(Mount.Builder mount) {}
}
