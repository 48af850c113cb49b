package dev.spanda.contract.craudioviz;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the key belongs to, and the account's keys, which the document leaves to a dashboard. */
@Route.Group("Account")
public interface AccountApi {

  /** Whose key this is. */
  @Route(value = "GET /user/profile", summary = "Whose key this is.")
  Profile profile();

  /** The account's keys of this environment, newest first, without their secrets; beyond. */
  @Route(
      value = "GET /user/api-keys",
      summary = "The account's keys, newest first, without their secrets.")
  Keys keys();

  /** Makes a key; its secret is in this answer and never again; beyond the document. */
  @Route(
      value = "POST /user/api-keys",
      status = 201,
      summary = "Makes a key; its secret is in this answer and never again.")
  NewKey createKey(KeyRequest request);

  /** Makes the successor of a key and ends the old one at once; beyond the document. */
  @Route(
      value = "POST /user/api-keys/{key_id}/rotate",
      summary = "Makes the successor of a key and ends the old one at once.")
  NewKey rotateKey(@Param.Path("key_id") String keyId);

  /** Ends a key at once; beyond the document. */
  @Route(value = "DELETE /user/api-keys/{key_id}", summary = "Ends a key at once.")
  Revoked revokeKey(@Param.Path("key_id") String keyId);

  /**
   * An account.
   *
   * @param plan {@code free}, {@code starter}, {@code pro}, {@code business} or {@code enterprise}
   * @param credits what may be spent now
   */
  record Profile(
      @JsonProperty("id") String id,
      @JsonProperty("email") String email,
      @JsonProperty("plan") String plan,
      @JsonProperty("credits") long credits) {}

  /**
   * What key to make.
   *
   * @param name for people, 1 to 100 characters; {@code API key} when absent
   * @param environment {@code live} or {@code sandbox}; that of the asking key when absent
   */
  record KeyRequest(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("environment") @Nullable String environment) {}

  /** The keys of an account. */
  record Keys(@JsonProperty("api_keys") List<Key> apiKeys) {

    /** Copies the rows. */
    public Keys {
      apiKeys = List.copyOf(apiKeys);
    }
  }

  /**
   * A key without its secret.
   *
   * @param prefix how its secret begins, to tell keys apart
   * @param lastUsedAt to the minute or so; absent for one that was never used
   */
  record Key(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("prefix") String prefix,
      @JsonProperty("environment") String environment,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("last_used_at") @Nullable Instant lastUsedAt) {}

  /**
   * A key that was just made.
   *
   * @param apiKey the secret, to be stored now: the server keeps a hash of it only
   */
  record NewKey(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("api_key") String apiKey,
      @JsonProperty("environment") String environment,
      @JsonProperty("created_at") Instant createdAt) {

    /** Everything but the secret. */
    @Override
    public String toString() {
      return "NewKey[" + id + ", " + name + ", " + environment + "]";
    }
  }

  /** A key that has ended. */
  record Revoked(@JsonProperty("revoked") boolean revoked, @JsonProperty("id") String id) {}
}
