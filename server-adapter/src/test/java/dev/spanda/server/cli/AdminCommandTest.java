package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Ids;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.server.Config;
import dev.spanda.server.Server;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class AdminCommandTest {

  @TempDir private Path folder;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    String[] all = new String[arguments.length + 3];
    all[0] = "admin";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--data";
    all[all.length - 1] = folder.toString();
    return Main.run(new PrintWriter(out), new PrintWriter(err), all);
  }

  private JsonNode json(String... arguments) throws IOException {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    assertThat(run(all)).as(err.toString()).isZero();
    return WireJson.mapper().readTree(out.toString());
  }

  @Test
  void aKeyIsMadeShownOnceRotatedAndRevoked() throws IOException {
    JsonNode account =
        json("account", "create", "--api", "craudioviz", "--email", "a@b.c", "--plan", "pro");
    String id = account.get("id").asText();
    JsonNode key = json("key", "create", "--account", id, "--name", "laptop");
    String secret = key.get("key").asText();
    assertThat(secret).startsWith("crav_live_");
    assertThat(found(secret)).isTrue();
    assertThat(run("key", "list", "--account", id)).isZero();
    assertThat(out.toString()).contains("laptop", "1 row").doesNotContain(secret);
    JsonNode next =
        json("key", "rotate", "--account", id, key.get("id").asText(), "--grace-hours", "0");
    assertThat(found(secret)).isFalse();
    assertThat(found(next.get("key").asText())).isTrue();
    assertThat(run("key", "revoke", "--account", id, next.get("id").asText())).isZero();
    assertThat(found(next.get("key").asText())).isFalse();
    assertThat(run("key", "create", "--account", id, "--sandbox")).isZero();
    assertThat(out.toString()).contains("crav_test_", "cannot be shown again");
    assertThat(run("account", "plan", id, "business")).isZero();
    assertThat(run("account", "plan", id, "golden")).isEqualTo(2);
    assertThat(run("account", "revoke", id)).isZero();
    assertThat(json("account", "list").get(0).has("disabled_at")).isTrue();
    assertThat(run("account", "revoke", id, "--undo")).isZero();
    assertThat(json("account", "list", "--api", "biofield")).isEmpty();
  }

  private boolean found(String secret) {
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      return new ApiKeys(store, Clock.systemUTC(), Ids.secure())
          .find("craudioviz", secret)
          .isPresent();
    }
  }

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void aPasswordIsReadFromStandardInput() {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream("secure_password\n".getBytes(StandardCharsets.UTF_8)));
      assertThat(
              run(
                  "account",
                  "create",
                  "--api",
                  "biofield",
                  "--email",
                  "a@b.c",
                  "--client-id",
                  "c",
                  "--password-stdin"))
          .as(err.toString())
          .isZero();
      assertThat(out.toString()).doesNotContain("secure_password");
    } finally {
      System.setIn(before);
    }
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      Clock clock = Clock.systemUTC();
      Accounts.Account account =
          new Accounts(store, clock, Ids.secure(), new RateLimiter(clock))
              .login("biofield", "a@b.c", "secure_password", "c", "127.0.0.1");
      assertThat(account.plan()).isEqualTo("free");
    }
  }

  @Test
  void aClientIsMadeRotatedAndRevoked() throws IOException {
    JsonNode client =
        json("client", "create", "--api", "wavestack", "--org", "org_1", "--scope", "read");
    assertThat(client.get("client_secret").asText()).hasSize(52);
    JsonNode next = json("client", "rotate", client.get("id").asText());
    assertThat(next.get("client_secret")).isNotEqualTo(client.get("client_secret"));
    assertThat(run("client", "revoke", client.get("id").asText())).isZero();
    assertThat(run("client", "rotate", client.get("id").asText())).isEqualTo(1);
    assertThat(json("client", "list").get(0).get("scopes").asText()).isEqualTo("read");
  }

  @Test
  void aFolderThatAServerUsesIsRefusedAndSaysSo() {
    try (Server server = Server.start(Config.in(folder).onFreePorts())) {
      assertThat(server.credentials()).isEmpty();
      assertThat(run("account", "list")).isEqualTo(1);
      assertThat(err.toString()).contains("in use by another Spanda process");
    }
    assertThat(run("account", "list")).isZero();
  }

  @Test
  void aSigningKeyIsRotatedAndTheOldOneStays() throws IOException {
    assertThat(json("signing", "list", "--api", "wavestack").get("public_keys").asText())
        .isEqualTo("wavestack-1");
    assertThat(json("signing", "rotate", "--api", "wavestack").get("public_keys").asText())
        .isEqualTo("wavestack-2 wavestack-1");
    assertThat(json("signing", "rotate", "--api", "biofield").get("public_keys").asText())
        .isEmpty();
    assertThat(run("signing", "rotate", "--api", "craudioviz")).isEqualTo(2);
    assertThat(err.toString()).contains("biofield, wavestack");
  }

  @Test
  void whatIsNotKnownIsRefused() {
    assertThat(run("account", "create", "--api", "nothing", "--email", "a@b.c")).isEqualTo(2);
    assertThat(run("account", "create", "--api", "biofield", "--email", "a", "--plan", "gold"))
        .isEqualTo(2);
    assertThat(run("key", "list", "--account", "user_none")).isEqualTo(1);
    assertThat(run("client", "revoke", "client_none")).isEqualTo(1);
  }

  @Test
  void aDemoKnowsTheDocumentsCredentials() {
    for (int start = 0; start < 2; start++) {
      try (Server server = Server.start(Config.in(folder).onFreePorts().asDemo())) {
        assertThat(server.credentials())
            .containsKeys("mounts", "biofield", "wavestack", "octospine", "craudioviz");
        // As serve prints them.
        assertThat(server.mounts().keySet()).containsExactlyElementsOf(Config.MOUNTS);
      }
    }
    assertThat(found("YOUR_API_KEY")).isTrue();
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      Clock clock = Clock.systemUTC();
      Accounts accounts = new Accounts(store, clock, Ids.secure(), new RateLimiter(clock));
      assertThat(
              accounts
                  .login(
                      "biofield",
                      "user@example.com",
                      "secure_password",
                      "your_client_id",
                      "127.0.0.1")
                  .plan())
          .isEqualTo("pro");
      ApiKeys keys = new ApiKeys(store, clock, Ids.secure());
      assertThat(keys.find("octospine", "your-api-key")).isPresent();
      assertThat(keys.find("wavestack", "your-api-key").orElseThrow().account())
          .isEqualTo("org_123");
      assertThat(keys.find("craudioviz", "YOUR_API_KEY").orElseThrow().account())
          .isEqualTo("user_123");
    }
  }
}
