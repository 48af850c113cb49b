package dev.spanda.server.biofield;

import dev.spanda.contract.biofield.AuthApi;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.identity.Accounts;

/** The chapter Authentication. */
final class AuthEndpoints implements AuthApi {

  private final Accounts accounts;
  private final dev.spanda.server.gate.identity.Tokens issuer;
  private final Door door;
  private final Caller caller;

  AuthEndpoints(
      Accounts accounts, dev.spanda.server.gate.identity.Tokens issuer, Door door, Caller caller) {
    this.accounts = accounts;
    this.issuer = issuer;
    this.door = door;
    this.caller = caller;
  }

  @Override
  public Tokens token(Login login) {
    Accounts.Account account =
        accounts.login(
            BiofieldMount.NAME,
            login.username(),
            login.password(),
            login.clientId(),
            caller.address());
    return pair(door.login(account, login.clientId()));
  }

  @Override
  public Tokens refresh(Refresh refresh) {
    return pair(issuer.refresh(refresh.refreshToken()));
  }

  private static Tokens pair(dev.spanda.server.gate.identity.Tokens.Pair pair) {
    return new Tokens(
        pair.accessToken(), "Bearer", pair.expiresIn().toSeconds(), pair.refreshToken());
  }
}
