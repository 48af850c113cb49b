package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.server.gate.identity.Tokens;
import dev.spanda.server.http.Mount;
import java.util.Map;

/** The Core App: tokens, the queue, projects and assets. */
final class CoreService extends Service {

  private final Wavestack.Needs needs;
  private final Tokens tokens;
  private final Door door;

  CoreService(Wavestack.Needs needs, Tokens tokens, Door door) {
    super(Place.CORE);
    this.needs = needs;
    this.tokens = tokens;
    this.door = door;
  }

  @Override
  void keep(Mount.Builder mount) {
    mount.endpoints(
        AuthApi.class, caller -> new AuthEndpoints(needs.clients(), tokens, door, caller));
  }

  /** This chapter writes its fields in camel case. */
  @Override
  Map<String, String> spellings() {
    return Map.of(
        "project_id", "projectId",
        "asset_id", "assetId",
        "schedule_at", "scheduleAt",
        "idempotency_key", "idempotencyKey");
  }
}
