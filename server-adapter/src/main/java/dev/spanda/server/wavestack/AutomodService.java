package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.AutomodApi;
import dev.spanda.media.moderation.Automod;
import dev.spanda.media.moderation.Moderator;
import dev.spanda.server.http.Mount;

/** The Auto-Mod. */
final class AutomodService extends Service {

  private final Automod automod;

  AutomodService(Wavestack.Needs needs) {
    super(Place.AUTOMOD);
    automod = new Automod(needs.store(), needs.clock(), needs.ids(), Moderator.packaged());
  }

  @Override
  void keep(Mount.Builder mount) {
    mount.endpoints(
        AutomodApi.class,
        organised(organisation -> new AutomodEndpoints(automod, organisation.owner())));
  }
}
