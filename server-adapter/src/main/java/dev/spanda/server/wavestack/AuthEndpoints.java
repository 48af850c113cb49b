package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.identity.Clients;
import dev.spanda.server.gate.identity.Tokens;

/** The chapter Authentication. */
final class AuthEndpoints implements AuthApi {

  private static final String ORGANISATION = "org_id";

  private final Clients clients;
  private final Tokens tokens;
  private final Door door;
  private final Caller caller;

  AuthEndpoints(Clients clients, Tokens tokens, Door door, Caller caller) {
    this.clients = clients;
    this.tokens = tokens;
    this.door = door;
    this.caller = caller;
  }

  @Override
  public Token token(Credentials credentials) {
    requireGiven("client_id", credentials.clientId());
    requireGiven("client_secret", credentials.clientSecret());
    requireGiven(ORGANISATION, credentials.orgId());
    Clients.Client client =
        clients.authenticate(
            Wavestack.NAME, credentials.clientId(), credentials.clientSecret(), caller.address());
    if (!client.organisation().equals(credentials.orgId())) {
      throw Failure.of(
          Failure.Reason.FORBIDDEN, ORGANISATION, "This client acts for another organisation");
    }
    return new Token(door.token(client), "Bearer", tokens.accessFor().toSeconds());
  }

  @Override
  public KeySet keys() {
    return new KeySet(tokens.publicKeys());
  }

  private static void requireGiven(String field, String text) {
    if (text.isBlank()) {
      throw Failure.of(Failure.Reason.INVALID, field, field + " is required");
    }
  }
}
