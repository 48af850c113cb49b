package dev.spanda.server.craudioviz;

import dev.spanda.contract.craudioviz.AccountApi;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import java.time.Duration;

/** The chapter Authentication, with the keys that the document leaves to a dashboard. */
final class AccountEndpoints implements AccountApi {

  private static final String USUAL_NAME = "API key";

  private final Accounts accounts;
  private final ApiKeys keys;
  private final Purses purses;
  private final Tenant tenant;

  AccountEndpoints(Accounts accounts, ApiKeys keys, Purses purses, Tenant tenant) {
    this.accounts = accounts;
    this.keys = keys;
    this.purses = purses;
    this.tenant = tenant;
  }

  @Override
  public Profile profile() {
    Accounts.Account account = accounts.find(tenant.account());
    return new Profile(account.id(), account.email(), account.plan(), purses.balance(tenant));
  }

  @Override
  public Keys keys() {
    return new Keys(
        keys.list(tenant.account()).stream()
            .filter(key -> key.environment().equals(environment()) && key.revokedAt() == null)
            .map(
                key ->
                    new Key(
                        key.id(),
                        key.name(),
                        key.hint(),
                        key.environment(),
                        key.createdAt(),
                        key.usedAt()))
            .toList());
  }

  @Override
  public NewKey createKey(KeyRequest request) {
    return wire(
        keys.create(
            new ApiKeys.Draft(
                tenant.account(),
                request.name() == null ? USUAL_NAME : request.name(),
                request.environment() == null ? environment() : request.environment(),
                null)));
  }

  @Override
  public NewKey rotateKey(String keyId) {
    return wire(keys.rotate(tenant.account(), keyId, Duration.ZERO));
  }

  @Override
  public Revoked revokeKey(String keyId) {
    return new Revoked(true, keys.revoke(tenant.account(), keyId).id());
  }

  private String environment() {
    return tenant.sandbox() ? Identity.SANDBOX : Identity.LIVE;
  }

  private static NewKey wire(ApiKeys.Created created) {
    ApiKeys.Key key = created.key();
    return new NewKey(key.id(), key.name(), created.secret(), key.environment(), key.createdAt());
  }
}
