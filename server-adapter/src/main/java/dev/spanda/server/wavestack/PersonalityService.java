package dev.spanda.server.wavestack;

import dev.spanda.server.http.Mount;

/** The AI Personality. */
final class PersonalityService extends Service {

  PersonalityService(Wavestack.Needs needs) {
    super(Place.PERSONALITY);
  }

  @Override
  void keep(Mount.Builder mount) {}
}
