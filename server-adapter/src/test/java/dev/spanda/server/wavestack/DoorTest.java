package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.contract.wavestack.HealthApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.server.gate.Authenticator;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.gate.identity.Clients;
import dev.spanda.server.gate.identity.Tokens;
import dev.spanda.server.gate.identity.Vault;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {

  private static final String LOCAL = "local";

  @TempDir Path folder;
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-15T10:00:00Z"));
  private Store store;
  private Tokens tokens;
  private ApiKeys keys;
  private Clients clients;
  private Accounts accounts;
  private Door door;

  @BeforeEach
  void open() {
    store = Store.open(StoreLocation.folder(folder));
    Ids ids = Ids.secure();
    tokens =
        new Tokens(
            store,
            clock,
            ids,
            Vault.in(folder, null),
            Tokens.Settings.of(Wavestack.NAME, Tokens.Algorithm.RS256));
    keys = new ApiKeys(store, clock, ids);
    clients = new Clients(store, clock, ids, new RateLimiter(clock));
    accounts = new Accounts(store, clock, ids, new RateLimiter(clock));
    accounts.create(
        new Accounts.Draft("org_1", Wavestack.NAME, "one@example.com", "standard", null, null));
    door = new Door(tokens, keys, clients, accounts, LOCAL);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** A request as the gate shows it. */
  private record Request(
      String address, @Nullable Method operation, Map<String, String> headers, String token)
      implements Authenticator.Visit {

    @Override
    public String path() {
      return "/api/v1/messages";
    }

    @Override
    public @Nullable String header(String name) {
      Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      anyCase.putAll(headers);
      return anyCase.get(name);
    }

    @Override
    public @Nullable String query(String name) {
      return name.equals("token") && !token.isEmpty() ? token : null;
    }

    Request with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Request(address, operation, more, token);
    }
  }

  private static Request request(String address, String host) throws NoSuchMethodException {
    // Any operation that is not open.
    return new Request(address, Object.class.getMethod("hashCode"), Map.of("Host", host), "");
  }

  private static Request near() throws NoSuchMethodException {
    return request("127.0.0.1", "localhost:8100");
  }

  private static Request far() throws NoSuchMethodException {
    return request("192.0.2.7", "wave.example.com");
  }

  private static String account(@Nullable Object principal) {
    return ((Identity) principal).account();
  }

  private void assertRefused(Request request, Failure.Reason reason) {
    assertThatThrownBy(() -> door.identify(request))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost:8100",
    "127.0.0.1, 127.0.0.1:8100",
    "127.0.0.1, LOCALHOST",
    "127.8.9.1, localhost",
    "[0:0:0:0:0:0:0:1], [::1]:8100",
    "::1, localhost:8100",
  })
  void aNeighbourNeedsNoCredentials(String address, String host) throws Exception {
    assertThat(account(door.identify(request(address, host)))).isEqualTo(LOCAL);
  }

  @ParameterizedTest
  @CsvSource({
    // From beyond, whatever it calls us.
    "192.0.2.7, localhost:8100",
    "10.0.0.5, 127.0.0.1",
    // From this machine by a name that was rebound to it.
    "127.0.0.1, rebound.example.com",
    "127.0.0.1, rebound.example.com:8100",
    "127.0.0.1, localhost.example.com",
    "127.0.0.1, 127.0.0.1.example.com",
    "127.0.0.1, 192.0.2.7:8100",
    "127.0.0.1, 127.0.0.256",
    "127.0.0.1, ''",
  })
  void whoIsNoNeighbourIsUnknown(String address, String host) throws Exception {
    assertRefused(request(address, host), Failure.Reason.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For, 127.0.0.1",
    "Forwarded, for=127.0.0.1",
    "Origin, https://evil.example.com",
    "Origin, http://localhost.evil.example.com",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
  })
  void whatAProxyOrAForeignPageSendsIsUnknown(String header, String value) throws Exception {
    assertRefused(near().with(header, value), Failure.Reason.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://localhost:5173",
    "Origin, http://[::1]:5173",
    "Sec-Fetch-Site, none",
  })
  void aPageOfThisMachineIsANeighbour(String header, String value) throws Exception {
    assertThat(account(door.identify(near().with(header, value)))).isEqualTo(LOCAL);
  }

  @Test
  void aSocketOfAForeignPageIsUnknown() throws Exception {
    Request socket = new Request("127.0.0.1", null, Map.of("Host", "localhost:8100"), "");
    assertThat(account(door.identify(socket))).isEqualTo(LOCAL);
    assertRefused(
        socket.with("Origin", "https://evil.example.com"), Failure.Reason.UNAUTHENTICATED);
  }

  @Test
  void aKeyOpensTheDoorFromAnywhere() throws Exception {
    String key = keys.create(ApiKeys.Draft.live("org_1", "key")).secret();
    assertThat(account(door.identify(far().with("Authorization", "Bearer " + key))))
        .isEqualTo("org_1");
    assertThat(account(door.identify(far().with("X-API-Key", key)))).isEqualTo("org_1");
    Request socket = new Request("192.0.2.7", null, Map.of("Host", "wave.example.com"), key);
    assertThat(account(door.identify(socket))).isEqualTo("org_1");
  }

  @Test
  void aTokenOpensTheDoorUntilItEnds() throws Exception {
    Clients.Client client =
        clients.create(Clients.Draft.of(Wavestack.NAME, "org_1", "program")).client();
    Request request = far().with("Authorization", "bearer " + door.token(client));
    assertThat(account(door.identify(request))).isEqualTo("org_1");
    clock.advance(Duration.ofSeconds(3_599));
    assertThat(account(door.identify(request))).isEqualTo("org_1");
    clock.advance(Duration.ofSeconds(1));
    assertRefused(request, Failure.Reason.UNAUTHENTICATED);
  }

  @Test
  void aTokenEndsWithItsClient() throws Exception {
    Clients.Client client =
        clients.create(Clients.Draft.of(Wavestack.NAME, "org_1", "program")).client();
    Request request = far().with("Authorization", "Bearer " + door.token(client));
    assertThat(account(door.identify(request))).isEqualTo("org_1");
    clients.revoke(client.id());
    assertRefused(request, Failure.Reason.UNAUTHENTICATED);
  }

  @Test
  void aTokenEndsWithItsOrganisation() throws Exception {
    Clients.Client client =
        clients.create(Clients.Draft.of(Wavestack.NAME, "org_1", "program")).client();
    Request request = far().with("Authorization", "Bearer " + door.token(client));
    accounts.disable("org_1");
    assertRefused(request, Failure.Reason.UNAUTHENTICATED);
    accounts.enable("org_1");
    assertThat(account(door.identify(request))).isEqualTo("org_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Bearer a.b.c", "Basic b3JnOmtleQ==", "Bearer "})
  void wrongCredentialsAreRefusedToNeighboursToo(String header) throws Exception {
    assertRefused(near().with("Authorization", header), Failure.Reason.UNAUTHENTICATED);
  }

  @Test
  void theOrganisationMustBeThatOfTheCredentials() throws Exception {
    String key = keys.create(ApiKeys.Draft.live("org_1", "key")).secret();
    Request request = far().with("X-API-Key", key);
    assertThat(account(door.identify(request.with("X-Org-Id", "org_1")))).isEqualTo("org_1");
    assertRefused(request.with("X-Org-Id", "org_2"), Failure.Reason.FORBIDDEN);
    assertRefused(near().with("X-Org-Id", "org_1"), Failure.Reason.FORBIDDEN);
    assertThat(account(door.identify(near().with("X-Org-Id", LOCAL)))).isEqualTo(LOCAL);
  }

  @Test
  void theCoreAppAsksNeighboursForCredentialsAndEverybodyForTheOrganisation() throws Exception {
    String key = keys.create(ApiKeys.Draft.live("org_1", "key")).secret();
    Request bare = near();
    Request without = bare.with("Authorization", "Bearer " + key);
    assertThatThrownBy(() -> door.identifyWithCredentials(bare))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.UNAUTHENTICATED));
    assertThatThrownBy(() -> door.identifyWithCredentials(without))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo("X-Org-Id");
            });
    assertThat(account(door.identifyWithCredentials(without.with("X-Org-Id", "org_1"))))
        .isEqualTo("org_1");
  }

  @Test
  void healthAndTokensNeedNoCredentials() throws Exception {
    for (Method open :
        new Method[] {
          HealthApi.class.getMethod("health"),
          AuthApi.class.getMethod("token", AuthApi.Credentials.class)
        }) {
      Request request = new Request("192.0.2.7", open, Map.of("Host", "x"), "");
      assertThat(door.identify(request)).isNull();
      assertThat(door.identifyWithCredentials(request)).isNull();
    }
  }
}
