package dev.spanda.server.gate.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks the JSON Web Tokens (RFC 7519) of one issuer. A login makes a family: an access
 * token for an hour and a refresh token that gives the next pair once. A refresh token that comes a
 * second time was copied, so it ends its family, and every token of it is refused from then on on
 * every node (RFC 9700, section 4.14.2). Thread-safe.
 */
public final class Tokens {

  private static final JOSEObjectType ACCESS = JOSEObjectType.JWT;
  private static final JOSEObjectType REFRESH = new JOSEObjectType("refresh+jwt");
  private static final String FAMILY = "fam";
  private static final int LONGEST = 8 << 10;

  /** How a token is signed. */
  public enum Algorithm {
    /** HMAC with SHA-256: only this server can check it. */
    HS256,
    /** RSA with SHA-256: everybody can check it with the public keys. */
    RS256
  }

  /**
   * What an issuer's tokens are like.
   *
   * @param issuer the issuer's name in tokens and in the names of its keys, such as {@code
   *     wavestack}
   * @param accessFor how long an access token is good
   * @param refreshFor how long a login can be refreshed, counted from its last refresh
   * @param signingFor how long a key signs before the next one does
   */
  public record Settings(
      String issuer,
      Algorithm algorithm,
      Duration accessFor,
      Duration refreshFor,
      Duration signingFor) {

    /** An hour, thirty days and thirty days. */
    public static Settings of(String issuer, Algorithm algorithm) {
      return new Settings(
          issuer, algorithm, Duration.ofHours(1), Duration.ofDays(30), Duration.ofDays(30));
    }

    /** The same with other lives of tokens. */
    public Settings withLives(Duration access, Duration refresh) {
      return new Settings(issuer, algorithm, access, refresh, signingFor);
    }

    Duration longestLife() {
      return accessFor.compareTo(refreshFor) > 0 ? accessFor : refreshFor;
    }
  }

  /**
   * An access token and what gives the next one.
   *
   * @param expiresIn how long the access token is good
   */
  public record Pair(String accessToken, String refreshToken, Duration expiresIn) {
    @Override
    public String toString() {
      return "Pair[" + expiresIn + "]";
    }
  }

  /**
   * What a good access token says.
   *
   * @param account whose it is
   * @param id the token's own name
   * @param family the login it comes from, null for a token without refresh
   * @param claims the issuer's own words
   */
  public record Verified(
      String account,
      String id,
      @Nullable String family,
      Map<String, String> claims,
      Instant expiresAt) {

    /** Copies the claims. */
    public Verified {
      claims = Map.copyOf(claims);
    }
  }

  private record Stored(String account, Map<String, String> claims) {}

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final Settings settings;
  private final SigningKeys keys;

  /** The tokens of an issuer; its first key is made when it is first needed. */
  public Tokens(Store store, InstantSource clock, Ids ids, Vault vault, Settings settings) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
    this.keys = new SigningKeys(store, clock, vault, settings);
  }

  /**
   * Tokens for somebody who has just proved who they are.
   *
   * @param claims further words for the access tokens of this login, such as its client
   */
  public Pair login(String account, Map<String, String> claims) {
    String family = ids.next("login");
    Instant now = clock.instant();
    SigningKeys.SigningKey key = keys.current();
    return store.write(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO identity_family"
                      + " (id, issuer, account, claims, created_at, expires_at)"
                      + " VALUES (:id, :issuer, :account, :claims, :now, :end)")
              .bind("id", family)
              .bind("issuer", settings.issuer())
              .bind("account", account)
              .bind("claims", Json.write(new Stored(account, claims)))
              .bind("now", now.toEpochMilli())
              .bind("end", now.plus(settings.refreshFor()).toEpochMilli())
              .execute();
          return pair(handle, key, family, account, claims, now);
        });
  }

  /** An access token that cannot be refreshed, for a program that can ask for the next itself. */
  public String access(String account, Map<String, String> claims) {
    return signed(keys.current(), ACCESS, null, account, claims, settings.accessFor());
  }

  /** How long an access token is good. */
  public Duration accessFor() {
    return settings.accessFor();
  }

  /**
   * The next pair of a login.
   *
   * @throws Failure UNAUTHENTICATED, subject {@code token}, when the token is not one of these, has
   *     ended, was used before, or its login was ended
   */
  public Pair refresh(String refreshToken) {
    JWTClaimsSet set = checked(refreshToken, REFRESH);
    String family = claim(set, FAMILY);
    Instant now = clock.instant();
    // Made before, since a key that is due costs a transaction of its own.
    SigningKeys.SigningKey key = keys.current();
    Optional<Pair> next =
        store.write(
            handle -> {
              int taken =
                  handle
                      .createUpdate(
                          "UPDATE identity_refresh SET used_at = :now"
                              + " WHERE id = :id AND family = :family AND used_at IS NULL")
                      .bind("now", now.toEpochMilli())
                      .bind("id", set.getJWTID())
                      .bind("family", family)
                      .execute();
              if (taken == 0) {
                revoke(handle, family, now);
                return Optional.empty();
              }
              int alive =
                  handle
                      .createUpdate(
                          "UPDATE identity_family SET expires_at = :end WHERE id = :id"
                              + " AND issuer = :issuer AND revoked_at IS NULL"
                              + " AND expires_at > :now")
                      .bind("end", now.plus(settings.refreshFor()).toEpochMilli())
                      .bind("id", family)
                      .bind("issuer", settings.issuer())
                      .bind("now", now.toEpochMilli())
                      .execute();
              if (alive == 0) {
                return Optional.empty();
              }
              Stored stored =
                  Json.read(
                      handle
                          .createQuery("SELECT claims FROM identity_family WHERE id = :id")
                          .bind("id", family)
                          .mapTo(String.class)
                          .one(),
                      Stored.class);
              return Optional.of(pair(handle, key, family, stored.account(), stored.claims(), now));
            });
    return next.orElseThrow(() -> refused("The refresh token was used or ended"));
  }

  /**
   * What an access token says, when it is good now.
   *
   * @throws Failure UNAUTHENTICATED, subject {@code token}, when it is not, or its login was ended
   */
  public Verified verify(String accessToken) {
    JWTClaimsSet set = checked(accessToken, ACCESS);
    Object family = set.getClaim(FAMILY);
    if (family != null && isEnded(family.toString())) {
      throw refused("The login of this token was ended");
    }
    Map<String, String> claims = new LinkedHashMap<>();
    set.getClaims()
        .forEach(
            (name, value) -> {
              if (value instanceof String text
                  && !JWTClaimsSet.getRegisteredNames().contains(name)
                  && !name.equals(FAMILY)) {
                claims.put(name, text);
              }
            });
    return new Verified(
        Objects.requireNonNull(set.getSubject()),
        Objects.requireNonNull(set.getJWTID()),
        family == null ? null : family.toString(),
        claims,
        set.getExpirationTime().toInstant());
  }

  /** Ends a login: no token of it is good any more. */
  public void revoke(String family) {
    Instant now = clock.instant();
    store.change(handle -> revoke(handle, family, now));
  }

  /**
   * Ends every login of an account.
   *
   * @return how many there were
   */
  public int revokeAll(String account) {
    long now = clock.instant().toEpochMilli();
    return store.write(
        handle ->
            handle
                .createUpdate(
                    "UPDATE identity_family SET revoked_at = :now WHERE account = :account"
                        + " AND issuer = :issuer AND revoked_at IS NULL AND expires_at > :now")
                .bind("now", now)
                .bind("account", account)
                .bind("issuer", settings.issuer())
                .execute());
  }

  /**
   * The public keys as a JSON Web Key Set (RFC 7517), the newest first: empty for {@link
   * Algorithm#HS256}, whose keys are secret.
   */
  public List<Map<String, Object>> publicKeys() {
    if (settings.algorithm() == Algorithm.HS256) {
      return List.of();
    }
    keys.current();
    return keys.all().stream().map(key -> key.jwk().toPublicJWK().toJSONObject()).toList();
  }

  /** Signs with a new key from now on; what the old one signed stays good for its time. */
  public void rotateKeys() {
    keys.rotate();
  }

  /**
   * Forgets logins and keys that have ended.
   *
   * @return how many
   */
  public int sweep() {
    long now = clock.instant().toEpochMilli();
    int families =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "DELETE FROM identity_family WHERE issuer = :issuer AND expires_at <= :now")
                    .bind("issuer", settings.issuer())
                    .bind("now", now)
                    .execute());
    return families + keys.sweep();
  }

  private boolean isEnded(String family) {
    return store.read(
        handle ->
            handle
                    .createQuery(
                        "SELECT count(*) FROM identity_family"
                            + " WHERE id = :id AND issuer = :issuer AND revoked_at IS NULL")
                    .bind("id", family)
                    .bind("issuer", settings.issuer())
                    .mapTo(Long.class)
                    .one()
                == 0);
  }

  private void revoke(Handle handle, String family, Instant now) {
    handle
        .createUpdate(
            "UPDATE identity_family SET revoked_at = :now"
                + " WHERE id = :id AND issuer = :issuer AND revoked_at IS NULL")
        .bind("now", now.toEpochMilli())
        .bind("id", family)
        .bind("issuer", settings.issuer())
        .execute();
  }

  private Pair pair(
      Handle handle,
      SigningKeys.SigningKey key,
      String family,
      String account,
      Map<String, String> claims,
      Instant now) {
    String id = ids.next("ref");
    handle
        .createUpdate(
            "INSERT INTO identity_refresh (id, family, created_at) VALUES (:id, :family, :now)")
        .bind("id", id)
        .bind("family", family)
        .bind("now", now.toEpochMilli())
        .execute();
    JWTClaimsSet refresh =
        new JWTClaimsSet.Builder()
            .issuer(settings.issuer())
            .subject(account)
            .jwtID(id)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(settings.refreshFor())))
            .claim(FAMILY, family)
            .build();
    return new Pair(
        signed(key, ACCESS, family, account, claims, settings.accessFor()),
        signed(key, REFRESH, refresh),
        settings.accessFor());
  }

  private String signed(
      SigningKeys.SigningKey key,
      JOSEObjectType type,
      @Nullable String family,
      String account,
      Map<String, String> claims,
      Duration life) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
    claims.forEach(set::claim);
    set.issuer(settings.issuer())
        .subject(account)
        .jwtID(ids.next("tok"))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(life)));
    if (family != null) {
      set.claim(FAMILY, family);
    }
    return signed(key, type, set.build());
  }

  private String signed(SigningKeys.SigningKey key, JOSEObjectType type, JWTClaimsSet set) {
    try {
      JWSSigner signer =
          settings.algorithm() == Algorithm.HS256
              ? new MACSigner(key.jwk().toOctetSequenceKey())
              : new RSASSASigner(key.jwk().toRSAKey());
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(keys.algorithm()).type(type).keyID(key.id()).build(), set);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of a token of this kind that this issuer signed and that is good now. */
  private JWTClaimsSet checked(String text, JOSEObjectType type) {
    if (text.length() > LONGEST) {
      throw invalid();
    }
    try {
      SignedJWT token = SignedJWT.parse(text);
      JWSHeader header = token.getHeader();
      String id = header.getKeyID();
      // The algorithm is ours to choose, never the token's.
      if (!keys.algorithm().equals(header.getAlgorithm())
          || !type.equals(header.getType())
          || id == null) {
        throw invalid();
      }
      SigningKeys.SigningKey key = keys.find(id);
      if (key == null || !token.verify(verifier(key.jwk()))) {
        throw invalid();
      }
      JWTClaimsSet set = token.getJWTClaimsSet();
      if (!settings.issuer().equals(set.getIssuer())
          || set.getSubject() == null
          || set.getJWTID() == null
          || set.getExpirationTime() == null) {
        throw invalid();
      }
      if (!set.getExpirationTime().toInstant().isAfter(clock.instant())) {
        throw refused("The token has expired");
      }
      return set;
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
      throw invalid();
    }
  }

  private JWSVerifier verifier(JWK key) throws JOSEException {
    return settings.algorithm() == Algorithm.HS256
        ? new MACVerifier(key.toOctetSequenceKey())
        : new RSASSAVerifier(key.toRSAKey());
  }

  private static String claim(JWTClaimsSet set, String name) {
    Object value = set.getClaim(name);
    if (value == null) {
      throw invalid();
    }
    return value.toString();
  }

  private static Failure invalid() {
    return refused("The token is not valid");
  }

  private static Failure refused(String message) {
    return Failure.of(Failure.Reason.UNAUTHENTICATED, "token", message);
  }
}
