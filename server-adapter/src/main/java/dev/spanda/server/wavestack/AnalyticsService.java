package dev.spanda.server.wavestack;

import dev.spanda.server.http.Mount;

/** The Analytics Dashboard. */
final class AnalyticsService extends Service {

  AnalyticsService(Wavestack.Needs needs) {
    super(Place.ANALYTICS);
  }

  @Override
  void keep(Mount.Builder mount) {}
}
