package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.PersonalityApi;
import dev.spanda.media.moderation.Moderator;
import dev.spanda.media.persona.Persona;
import dev.spanda.server.http.Mount;

/** The AI Personality. */
final class PersonalityService extends Service {

  private final Persona persona;

  PersonalityService(Wavestack.Needs needs) {
    super(Place.PERSONALITY);
    persona =
        new Persona(
            needs.store(), needs.clock(), needs.ids(), needs.textModel(), Moderator.packaged());
  }

  /** Who writes. */
  Persona persona() {
    return persona;
  }

  @Override
  void keep(Mount.Builder mount) {
    mount.endpoints(
        PersonalityApi.class,
        organised(organisation -> new PersonalityEndpoints(persona, organisation.owner())));
  }
}
