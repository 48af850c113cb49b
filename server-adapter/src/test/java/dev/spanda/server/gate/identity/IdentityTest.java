package dev.spanda.server.gate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.server.gate.Identity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String SECRET = "a secret of this test alone";

  private final SettableClock clock = SettableClock.at(NOON);
  private final Ids ids = Ids.secure();
  private final List<Store> opened = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    opened.forEach(Store::close);
  }

  private Store open(StoreLocation location) {
    Store store = Store.open(location);
    opened.add(store);
    return store;
  }

  private Accounts accounts(Store store) {
    return new Accounts(store, clock, ids, new RateLimiter(clock));
  }

  private Tokens tokens(Store store, Tokens.Algorithm algorithm) {
    return new Tokens(
        store, clock, ids, Vault.of(SECRET), Tokens.Settings.of("biofield", algorithm));
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Failure.Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void anAccountIsFoundByItsEmailInAnyCaseAndOnlyInItsApi(Databases kind) {
    Accounts accounts = accounts(open(kind.fresh()));
    Accounts.Account made =
        accounts.create(Accounts.Draft.of("biofield", "User@Example.com", "pro"));
    assertThat(accounts.findByEmail("biofield", "USER@example.COM")).contains(made);
    assertThat(accounts.findByEmail("craudioviz", "user@example.com")).isEmpty();
    assertThat(accounts.find(made.id())).isEqualTo(made);
    assertThat(accounts.list("biofield", 10, 0).items()).containsExactly(made);
    assertThat(accounts.list(null, 10, 0).total()).isEqualTo(1);
    refused(
        () -> accounts.create(Accounts.Draft.of("biofield", "user@EXAMPLE.com", "free")),
        Failure.Reason.CONFLICT);
    refused(() -> accounts.find("user_none"), Failure.Reason.NOT_FOUND);
    assertThat(accounts.setPlan(made.id(), "free").plan()).isEqualTo("free");
    refused(() -> accounts.setPlan("user_none", "free"), Failure.Reason.NOT_FOUND);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aLoginNeedsThePasswordTheClientAndAnOpenAccount(Databases kind) {
    Accounts accounts = accounts(open(kind.fresh()));
    Accounts.Account made =
        accounts.create(
            new Accounts.Draft(null, "biofield", "a@b.c", "pro", "client", "secure_password"));
    assertThat(accounts.login("biofield", " A@B.c", "secure_password", "client", "1.2.3.4"))
        .isEqualTo(made);
    for (String[] wrong :
        new String[][] {
          {"a@b.c", "Secure_password", "client"},
          {"a@b.c", "", "client"},
          {"x@b.c", "secure_password", "client"},
          {"a@b.c", "secure_password", "other"},
          {"a@b.c", "x".repeat(100_000), "client"},
          {"y".repeat(100_000), "secure_password", "client"}
        }) {
      assertThatThrownBy(() -> accounts.login("biofield", wrong[0], wrong[1], wrong[2], "1.2.3.4"))
          .isInstanceOf(Failure.class)
          .hasMessage("The credentials are not right");
    }
    refused(
        () -> accounts.login("biofield", "a@b.c", "secure_password", null, "1.2.3.4"),
        Failure.Reason.UNAUTHENTICATED);
    refused(
        () -> accounts.login("octospine", "a@b.c", "secure_password", "client", "1.2.3.4"),
        Failure.Reason.UNAUTHENTICATED);
    accounts.setPassword(made.id(), "another password");
    refused(
        () -> accounts.login("biofield", "a@b.c", "secure_password", "client", "1.2.3.4"),
        Failure.Reason.UNAUTHENTICATED);
    accounts.login("biofield", "a@b.c", "another password", "client", "1.2.3.4");
    accounts.disable(made.id());
    refused(
        () -> accounts.login("biofield", "a@b.c", "another password", "client", "1.2.3.4"),
        Failure.Reason.UNAUTHENTICATED);
    accounts.enable(made.id());
    accounts.login("biofield", "a@b.c", "another password", "client", "1.2.3.4");
  }

  @Test
  void anUnknownNameCostsTheTimeOfAWrongPassword() {
    Accounts accounts = accounts(open(StoreLocation.memory()));
    accounts.create(Accounts.Draft.of("biofield", "a@b.c", "pro").withPassword("secure_password"));
    accounts.create(Accounts.Draft.of("biofield", "keys@b.c", "pro"));
    double[] millis = new double[3];
    String[] names = {"a@b.c", "nobody@b.c", "keys@b.c"};
    for (int round = 0; round < 8; round++) {
      for (int i = 0; i < names.length; i++) {
        String name = names[i];
        long begin = System.nanoTime();
        refused(
            () -> accounts.login("biofield", name, "wrong password", null, "1.2.3.4"),
            Failure.Reason.UNAUTHENTICATED);
        millis[i] =
            round < 2 ? Double.MAX_VALUE : Math.min(millis[i], (System.nanoTime() - begin) / 1e6);
      }
      clock.advance(Duration.ofHours(1));
    }
    // Each computes one Argon2id digest: without it an unknown name would take a hundredth.
    assertThat(millis[1]).isBetween(millis[0] / 3, millis[0] * 3);
    assertThat(millis[2]).isBetween(millis[0] / 3, millis[0] * 3);
  }

  @Test
  void guessingHasAnEndForTheNameAndForTheAddress() {
    Accounts accounts = accounts(open(StoreLocation.memory()));
    accounts.create(Accounts.Draft.of("biofield", "a@b.c", "pro").withPassword("secure_password"));
    for (int i = 0; i < 30; i++) {
      accounts.login("biofield", "a@b.c", "secure_password", null, "1.2.3.4");
    }
    for (int i = 0; i < 10; i++) {
      refused(
          () -> accounts.login("biofield", "a@b.c", "guess guess", null, "1.2.3.4"),
          Failure.Reason.UNAUTHENTICATED);
    }
    assertThatThrownBy(
            () -> accounts.login("biofield", "a@b.c", "secure_password", null, "5.6.7.8"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.RATE_LIMITED);
              assertThat(failure.details()).containsEntry("retry_after", 90L);
            });
    clock.advance(Duration.ofSeconds(90));
    accounts.login("biofield", "a@b.c", "secure_password", null, "5.6.7.8");
  }

  @Test
  void aPasswordIsKeptAsAnArgon2idDigestAlone() throws Exception {
    Store store = open(StoreLocation.folder(folder));
    accounts(store)
        .create(Accounts.Draft.of("biofield", "a@b.c", "pro").withPassword("secure_password"));
    String kept =
        store.read(
            handle ->
                handle
                    .createQuery("SELECT password FROM identity_account")
                    .mapTo(String.class)
                    .one());
    assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    refused(
        () -> Accounts.Draft.of("biofield", "a@b.c", "pro").withPassword("short"),
        Failure.Reason.INVALID);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aKeyIsShownOnceAndFoundByItsSecret(Databases kind) {
    StoreLocation location = kind.fresh();
    Store store = open(location);
    Accounts.Account account =
        accounts(store).create(Accounts.Draft.of("craudioviz", "a@b.c", "pro"));
    ApiKeys keys = new ApiKeys(store, clock, ids);
    ApiKeys.Created made = keys.create(ApiKeys.Draft.live(account.id(), "laptop"));
    assertThat(made.secret()).matches("crav_live_[0-9a-z]{52}");
    assertThat(made.toString()).doesNotContain(made.secret());
    ApiKeys.Key found = keys.find("craudioviz", made.secret()).orElseThrow();
    assertThat(found.identity())
        .isEqualTo(new Identity(account.id(), "pro", found.id(), "live", Set.of()));
    assertThat(keys.find("octospine", made.secret())).isEmpty();
    assertThat(keys.find("craudioviz", made.secret() + "x")).isEmpty();
    assertThat(keys.find("craudioviz", "")).isEmpty();
    assertThat(keys.find("craudioviz", "x".repeat(100_000))).isEmpty();
    assertThat(keys.list(account.id())).hasSize(1);
    assertThat(keys.list(account.id()).get(0).usedAt()).isEqualTo(NOON);
    assertThat(made.secret()).startsWith(keys.list(account.id()).get(0).hint());
    assertThat(keys.create(ApiKeys.Draft.sandbox(account.id(), "trial")).secret())
        .startsWith("crav_test_");
    refused(() -> keys.create(ApiKeys.Draft.live("user_none", "x")), Failure.Reason.NOT_FOUND);
    String everything =
        store.read(
            handle ->
                handle.createQuery("SELECT * FROM identity_key").mapToMap().list().toString());
    assertThat(everything).doesNotContain(made.secret().substring(20));
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aKeyEndsWhenItIsRevokedRotatedOrItsAccountIsClosed(Databases kind) {
    Store store = open(kind.fresh());
    Accounts accounts = accounts(store);
    String account = accounts.create(Accounts.Draft.of("craudioviz", "a@b.c", "pro")).id();
    String other = accounts.create(Accounts.Draft.of("craudioviz", "x@b.c", "pro")).id();
    ApiKeys keys = new ApiKeys(store, clock, ids);
    ApiKeys.Created first = keys.create(ApiKeys.Draft.live(account, "a"));
    refused(
        () -> keys.rotate(other, first.key().id(), Duration.ofHours(1)), Failure.Reason.NOT_FOUND);
    refused(() -> keys.revoke(other, first.key().id()), Failure.Reason.NOT_FOUND);
    ApiKeys.Created second = keys.rotate(account, first.key().id(), Duration.ofHours(1));
    assertThat(keys.find("craudioviz", first.secret())).isPresent();
    assertThat(keys.find("craudioviz", second.secret())).isPresent();
    clock.advance(Duration.ofHours(1));
    assertThat(keys.find("craudioviz", first.secret())).isEmpty();
    accounts.disable(account);
    assertThat(keys.find("craudioviz", second.secret())).isEmpty();
    accounts.enable(account);
    assertThat(keys.find("craudioviz", second.secret())).isPresent();
    assertThat(keys.revoke(account, second.key().id()).revokedAt()).isEqualTo(clock.instant());
    assertThat(keys.find("craudioviz", second.secret())).isEmpty();
    refused(() -> keys.rotate(account, second.key().id(), Duration.ZERO), Failure.Reason.CONFLICT);
    ApiKeys.Created ending =
        keys.create(new ApiKeys.Draft(account, "day", "live", Duration.ofDays(1)));
    clock.advance(Duration.ofDays(1).minusMillis(1));
    assertThat(keys.find("craudioviz", ending.secret())).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(keys.find("craudioviz", ending.secret())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aClientProvesItselfByItsSecret(Databases kind) {
    Clients clients = new Clients(open(kind.fresh()), clock, ids, new RateLimiter(clock));
    Clients.Created made =
        clients.create(
            new Clients.Draft("c1", "wavestack", "org_123", "bot", Set.of("read", "write")));
    assertThat(clients.authenticate("wavestack", "c1", made.secret(), "1.2.3.4"))
        .isEqualTo(made.client());
    refused(
        () -> clients.authenticate("wavestack", "c1", "wrong", "1.2.3.4"),
        Failure.Reason.UNAUTHENTICATED);
    refused(
        () -> clients.authenticate("wavestack", "c2", made.secret(), "1.2.3.4"),
        Failure.Reason.UNAUTHENTICATED);
    refused(
        () -> clients.authenticate("biofield", "c1", made.secret(), "1.2.3.4"),
        Failure.Reason.UNAUTHENTICATED);
    refused(
        () -> clients.create(new Clients.Draft("c1", "wavestack", "o", "n", Set.of())),
        Failure.Reason.CONFLICT);
    Clients.Created next = clients.rotate("c1");
    refused(
        () -> clients.authenticate("wavestack", "c1", made.secret(), "1.2.3.4"),
        Failure.Reason.UNAUTHENTICATED);
    clients.authenticate("wavestack", "c1", next.secret(), "1.2.3.4");
    clients.revoke("c1");
    refused(
        () -> clients.authenticate("wavestack", "c1", next.secret(), "1.2.3.4"),
        Failure.Reason.UNAUTHENTICATED);
    assertThat(clients.list("wavestack")).hasSize(1);
    for (int i = 0; i < 16; i++) {
      refused(
          () -> clients.authenticate("wavestack", "c1", "guess", "1.2.3.4"),
          Failure.Reason.UNAUTHENTICATED);
    }
    refused(
        () -> clients.authenticate("wavestack", "c1", "guess", "1.2.3.4"),
        Failure.Reason.RATE_LIMITED);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aLoginGivesATokenForAnHourAndARefreshThatWorksOnce(Databases kind) {
    Tokens tokens = tokens(open(kind.fresh()), Tokens.Algorithm.HS256);
    Tokens.Pair pair = tokens.login("user_1", Map.of("client_id", "c", "plan", "pro"));
    assertThat(pair.expiresIn()).isEqualTo(Duration.ofHours(1));
    Tokens.Verified verified = tokens.verify(pair.accessToken());
    assertThat(verified.account()).isEqualTo("user_1");
    assertThat(verified.claims()).isEqualTo(Map.of("client_id", "c", "plan", "pro"));
    assertThat(verified.expiresAt()).isEqualTo(NOON.plusSeconds(3600));
    refused(() -> tokens.verify(pair.refreshToken()), Failure.Reason.UNAUTHENTICATED);
    refused(() -> tokens.refresh(pair.accessToken()), Failure.Reason.UNAUTHENTICATED);
    clock.advance(Duration.ofMinutes(59));
    Tokens.Pair next = tokens.refresh(pair.refreshToken());
    assertThat(tokens.verify(next.accessToken()).claims()).containsEntry("plan", "pro");
    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(() -> tokens.verify(pair.accessToken())).hasMessage("The token has expired");
    tokens.verify(next.accessToken());
    // The first refresh token comes again: it was copied, so the whole login ends.
    refused(() -> tokens.refresh(pair.refreshToken()), Failure.Reason.UNAUTHENTICATED);
    refused(() -> tokens.verify(next.accessToken()), Failure.Reason.UNAUTHENTICATED);
    refused(() -> tokens.refresh(next.refreshToken()), Failure.Reason.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aRefreshTokenEndsAndLoginsCanBeEnded(Databases kind) {
    Store store = open(kind.fresh());
    Tokens tokens = tokens(store, Tokens.Algorithm.HS256);
    Tokens.Pair old = tokens.login("user_1", Map.of());
    clock.advance(Duration.ofDays(30));
    refused(() -> tokens.refresh(old.refreshToken()), Failure.Reason.UNAUTHENTICATED);
    Tokens.Pair one = tokens.login("user_1", Map.of());
    Tokens.Pair two = tokens.login("user_1", Map.of());
    Tokens.Pair other = tokens.login("user_2", Map.of());
    tokens.revoke(tokens.verify(one.accessToken()).family());
    refused(() -> tokens.verify(one.accessToken()), Failure.Reason.UNAUTHENTICATED);
    assertThat(tokens.revokeAll("user_1")).isEqualTo(1);
    refused(() -> tokens.verify(two.accessToken()), Failure.Reason.UNAUTHENTICATED);
    tokens.verify(other.accessToken());
    assertThat(tokens.sweep()).isGreaterThanOrEqualTo(1);
    tokens.refresh(other.refreshToken());
    String program = tokens.access("org_123", Map.of("client_id", "c"));
    assertThat(tokens.verify(program).family()).isNull();
  }

  @Test
  void ofTwoNodesThatRefreshAtOnceOneWinsAndTheLoginEnds() throws Exception {
    StoreLocation location = Databases.freshPostgresql();
    Tokens first = tokens(open(location), Tokens.Algorithm.HS256);
    Tokens second = tokens(open(location), Tokens.Algorithm.HS256);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 10; round++) {
        Tokens.Pair pair = first.login("user_1", Map.of());
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          Tokens node = i % 2 == 0 ? first : second;
          tries.add(
              threads.submit(
                  () -> {
                    try {
                      node.refresh(pair.refreshToken());
                      return true;
                    } catch (Failure e) {
                      return false;
                    }
                  }));
        }
        int won = 0;
        for (Future<Boolean> one : tries) {
          won += one.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
        refused(() -> second.verify(pair.accessToken()), Failure.Reason.UNAUTHENTICATED);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void nodesThatShareAStoreCheckEachOthersTokens() {
    StoreLocation location = Databases.freshPostgresql();
    Tokens first = tokens(open(location), Tokens.Algorithm.RS256);
    Tokens second = tokens(open(location), Tokens.Algorithm.RS256);
    assertThat(second.verify(first.access("org", Map.of())).account()).isEqualTo("org");
    first.rotateKeys();
    clock.advance(Duration.ofSeconds(2));
    assertThat(second.verify(first.access("org", Map.of())).account()).isEqualTo("org");
    assertThat(second.publicKeys()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Tokens.Algorithm.class)
  void anotherKeySignsAfterItsTimeAndOldTokensStayGood(Tokens.Algorithm algorithm)
      throws Exception {
    Tokens tokens = tokens(open(StoreLocation.memory()), algorithm);
    Tokens.Pair old = tokens.login("user_1", Map.of());
    String program = tokens.access("org", Map.of());
    clock.advance(Duration.ofMinutes(59));
    tokens.rotateKeys();
    String next = tokens.access("org", Map.of());
    assertThat(SignedJWT.parse(program).getHeader().getKeyID()).isEqualTo("biofield-1");
    assertThat(SignedJWT.parse(next).getHeader().getKeyID()).isEqualTo("biofield-2");
    tokens.verify(program);
    tokens.verify(next);
    tokens.refresh(old.refreshToken());
    clock.advance(Duration.ofDays(30));
    assertThat(SignedJWT.parse(tokens.access("org", Map.of())).getHeader().getKeyID())
        .isEqualTo("biofield-3");
    if (algorithm == Tokens.Algorithm.RS256) {
      Map<String, Object> key = tokens.publicKeys().get(0);
      assertThat(key).containsKeys("n", "e").doesNotContainKeys("d", "p", "q");
      assertThat(key).containsEntry("kid", "biofield-3").containsEntry("alg", "RS256");
      assertThat(
              SignedJWT.parse(tokens.access("org", Map.of()))
                  .verify(new RSASSAVerifier(JWK.parse(key).toRSAKey())))
          .isTrue();
    } else {
      assertThat(tokens.publicKeys()).isEmpty();
    }
  }

  @Test
  void forgedTokensAreRefused() throws Exception {
    Store store = open(StoreLocation.memory());
    Tokens tokens = tokens(store, Tokens.Algorithm.RS256);
    String good = tokens.access("org", Map.of("scope", "read"));
    SignedJWT parsed = SignedJWT.parse(good);
    JWTClaimsSet set = parsed.getJWTClaimsSet();
    List<String> forged = new ArrayList<>();
    forged.add("");
    forged.add("a.b.c");
    forged.add("x".repeat(100_000));
    forged.add(new PlainJWT(set).serialize());
    String[] parts = good.split("\\.");
    forged.add(parts[0] + "." + parts[1] + ".");
    forged.add(parts[0] + "." + parts[1]);
    String payload =
        new String(java.util.Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("org", "evil");
    forged.add(
        parts[0]
            + "."
            + java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2]);
    // The public key used as the secret of an HMAC.
    SignedJWT confused =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID("biofield-1")
                .build(),
            set);
    byte[] publicKey = JWK.parse(tokens.publicKeys().get(0)).toRSAKey().toPublicKey().getEncoded();
    confused.sign(new MACSigner(publicKey));
    forged.add(confused.serialize());
    Tokens stranger =
        new Tokens(
            open(StoreLocation.memory()),
            clock,
            ids,
            Vault.of(SECRET),
            Tokens.Settings.of("biofield", Tokens.Algorithm.RS256));
    forged.add(stranger.access("org", Map.of()));
    Tokens otherIssuer =
        new Tokens(
            store,
            clock,
            ids,
            Vault.of(SECRET),
            Tokens.Settings.of("wavestack", Tokens.Algorithm.RS256));
    forged.add(otherIssuer.access("org", Map.of()));
    for (String token : forged) {
      refused(() -> tokens.verify(token), Failure.Reason.UNAUTHENTICATED);
      refused(() -> tokens.refresh(token), Failure.Reason.UNAUTHENTICATED);
    }
    tokens.verify(good);
    assertThat(set.getExpirationTime()).isEqualTo(Date.from(NOON.plusSeconds(3600)));
  }

  @Test
  void theKeysInTheStoreAreEncrypted() {
    StoreLocation location = StoreLocation.folder(folder);
    Store store = open(location);
    Tokens tokens = tokens(store, Tokens.Algorithm.HS256);
    String token = tokens.access("org", Map.of());
    String sealed =
        store.read(
            handle ->
                handle
                    .createQuery("SELECT sealed FROM identity_signing_key")
                    .mapTo(String.class)
                    .one());
    assertThat(sealed).doesNotContain("oct", "{", "biofield");
    Tokens thief =
        new Tokens(
            store,
            clock,
            ids,
            Vault.of("another secret entirely"),
            Tokens.Settings.of("biofield", Tokens.Algorithm.HS256));
    assertThatThrownBy(() -> thief.verify(token))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("SPANDA_SECRET");
  }

  @Test
  void theSecretOfAFolderIsTheOwnersAndStays() throws Exception {
    Path data = folder.resolve("data");
    String sealed = Vault.in(data, null).seal("text", "name");
    assertThat(Vault.in(data, null).open(sealed, "name")).isEqualTo("text");
    refused(() -> Vault.in(data, null).open(sealed, "other"), Failure.Reason.FAILED);
    refused(
        () -> Vault.in(data, "a secret from outside").open(sealed, "name"), Failure.Reason.FAILED);
    refused(() -> Vault.in(data, "short"), Failure.Reason.INVALID);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("secret.key"))))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).hasSize(1);
    }
  }
}
