package dev.spanda.server.gate.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.spanda.core.Failure;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign one issuer's tokens, encrypted in the store. The newest signs for its time;
 * then the next request makes another, and the old one verifies until the last token it signed has
 * ended. Every node reads them anew once a minute, and at once when a token names one it does not
 * know, which strangers cannot make it do more than once a second.
 */
final class SigningKeys {

  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration BETWEEN_SEARCHES = Duration.ofSeconds(1);
  private static final int RSA_BITS = 2048;
  private static final int SECRET_BITS = 256;

  /** A key and until when it signs and verifies. */
  record SigningKey(JWK jwk, Instant createdAt, Instant retiredAt, Instant goneAt) {
    String id() {
      return jwk.getKeyID();
    }
  }

  private record Known(List<SigningKey> newestFirst, Instant readAt) {}

  private final Store store;
  private final InstantSource clock;
  private final Vault vault;
  private final Tokens.Settings settings;
  private final JWSAlgorithm algorithm;
  private volatile @Nullable Known known;

  SigningKeys(Store store, InstantSource clock, Vault vault, Tokens.Settings settings) {
    this.store = store;
    this.clock = clock;
    this.vault = vault;
    this.settings = settings;
    this.algorithm = JWSAlgorithm.parse(settings.algorithm().name());
  }

  JWSAlgorithm algorithm() {
    return algorithm;
  }

  /** The key that signs now, made when there is none. */
  synchronized SigningKey current() {
    Instant now = clock.instant();
    for (SigningKey key : fresh(now)) {
      if (key.retiredAt().isAfter(now)) {
        return key;
      }
    }
    for (SigningKey key : read(now)) {
      if (key.retiredAt().isAfter(now)) {
        return key;
      }
    }
    return make(now);
  }

  /** The key of that id that still verifies, or null. */
  @Nullable SigningKey find(String id) {
    Instant now = clock.instant();
    SigningKey found = among(fresh(now), id, now);
    Known last = known;
    if (found == null && last != null && !now.isBefore(last.readAt().plus(BETWEEN_SEARCHES))) {
      found = among(read(now), id, now);
    }
    return found;
  }

  /** Every key that still verifies, the newest first. */
  List<SigningKey> all() {
    Instant now = clock.instant();
    return fresh(now).stream().filter(key -> key.goneAt().isAfter(now)).toList();
  }

  /** Ends the signing of every key now and makes another. */
  synchronized SigningKey rotate() {
    Instant now = clock.instant();
    store.change(
        handle ->
            handle
                .createUpdate(
                    "UPDATE identity_signing_key SET retired_at = :now"
                        + " WHERE issuer = :issuer AND retired_at > :now")
                .bind("now", now.toEpochMilli())
                .bind("issuer", settings.issuer())
                .execute());
    return make(now);
  }

  /** Forgets keys that verify nothing any more. */
  int sweep() {
    long now = clock.instant().toEpochMilli();
    return store.write(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM identity_signing_key WHERE issuer = :issuer AND gone_at <= :now")
                .bind("issuer", settings.issuer())
                .bind("now", now)
                .execute());
  }

  private static @Nullable SigningKey among(List<SigningKey> keys, String id, Instant now) {
    for (SigningKey key : keys) {
      if (key.id().equals(id) && key.goneAt().isAfter(now)) {
        return key;
      }
    }
    return null;
  }

  private List<SigningKey> fresh(Instant now) {
    Known last = known;
    return last == null || !now.isBefore(last.readAt().plus(FRESH)) || now.isBefore(last.readAt())
        ? read(now)
        : last.newestFirst();
  }

  private List<SigningKey> read(Instant now) {
    List<SigningKey> keys =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM identity_signing_key WHERE issuer = :issuer"
                            + " AND algorithm = :algorithm AND gone_at > :now"
                            + " ORDER BY created_at DESC, id DESC")
                    .bind("issuer", settings.issuer())
                    .bind("algorithm", algorithm.getName())
                    .bind("now", now.toEpochMilli())
                    .map((row, context) -> key(row))
                    .list());
    known = new Known(keys, now);
    return keys;
  }

  private SigningKey make(Instant now) {
    Instant retired = now.plus(settings.signingFor());
    Instant gone = retired.plus(settings.longestLife());
    // Two nodes may come to the same number; the second takes the key of the first.
    String id =
        store.read(
            handle ->
                settings.issuer()
                    + "-"
                    + (handle
                            .createQuery(
                                "SELECT count(*) FROM identity_signing_key WHERE issuer = :issuer")
                            .bind("issuer", settings.issuer())
                            .mapTo(Long.class)
                            .one()
                        + 1));
    String free = id;
    JWK jwk = generate(free);
    int made =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "INSERT INTO identity_signing_key"
                            + " (id, issuer, algorithm, sealed, created_at, retired_at, gone_at)"
                            + " VALUES (:id, :issuer, :algorithm, :sealed, :now, :retired, :gone)"
                            + " ON CONFLICT DO NOTHING")
                    .bind("id", free)
                    .bind("issuer", settings.issuer())
                    .bind("algorithm", algorithm.getName())
                    .bind("sealed", vault.seal(jwk.toJSONString(), free))
                    .bind("now", now.toEpochMilli())
                    .bind("retired", retired.toEpochMilli())
                    .bind("gone", gone.toEpochMilli())
                    .execute());
    for (SigningKey key : read(now)) {
      if (made == 0 ? key.retiredAt().isAfter(now) : key.id().equals(free)) {
        return key;
      }
    }
    throw Failure.of(Failure.Reason.FAILED, "secret", "No key to sign with could be made");
  }

  private JWK generate(String id) {
    try {
      return settings.algorithm() == Tokens.Algorithm.HS256
          ? new OctetSequenceKeyGenerator(SECRET_BITS)
              .keyID(id)
              .algorithm(algorithm)
              .keyUse(KeyUse.SIGNATURE)
              .generate()
          : new RSAKeyGenerator(RSA_BITS)
              .keyID(id)
              .algorithm(algorithm)
              .keyUse(KeyUse.SIGNATURE)
              .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private SigningKey key(ResultSet row) throws SQLException {
    String id = row.getString("id");
    try {
      return new SigningKey(
          JWK.parse(vault.open(row.getString("sealed"), id)),
          Instant.ofEpochMilli(row.getLong("created_at")),
          Instant.ofEpochMilli(row.getLong("retired_at")),
          Instant.ofEpochMilli(row.getLong("gone_at")));
    } catch (ParseException e) {
      throw Failure.of(Failure.Reason.FAILED, "secret", "The key " + id + " is damaged")
          .causedBy(e);
    }
  }
}
