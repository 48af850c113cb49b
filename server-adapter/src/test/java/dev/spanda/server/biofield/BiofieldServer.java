package dev.spanda.server.biofield;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.client.BiofieldClient;
import dev.spanda.client.ClientOptions;
import dev.spanda.client.RetryPolicy;
import dev.spanda.contract.biofield.AuthApi;
import dev.spanda.core.Ids;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.server.Config;
import dev.spanda.server.Server;
import dev.spanda.server.gate.identity.Accounts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A demo server of Biofield on a free port, with a client of its example account. */
final class BiofieldServer implements AutoCloseable {

  static final String USERNAME = "user@example.com";
  static final String PASSWORD = "secure_password";
  static final String CLIENT_ID = "your_client_id";

  private final Server server;
  private final BiofieldClient client;

  BiofieldServer(Config config) {
    server = Server.start(config);
    client =
        BiofieldClient.login(
            url(),
            USERNAME,
            PASSWORD,
            CLIENT_ID,
            ClientOptions.DEFAULT.withRetry(RetryPolicy.NONE));
  }

  static Config config(Path folder, int limitFactor) {
    return new Config(
        "127.0.0.1",
        Map.of(BiofieldMount.NAME, 0),
        Set.of(BiofieldMount.NAME),
        folder,
        null,
        true,
        limitFactor,
        false,
        -1,
        Set.of());
  }

  /** A server whose limits no test reaches. */
  static BiofieldServer in(Path folder) {
    return new BiofieldServer(config(folder, 1_000));
  }

  URI url() {
    return Objects.requireNonNull(server.mounts().get(BiofieldMount.NAME));
  }

  BiofieldClient client() {
    return client;
  }

  /** An access token of the example account. */
  String token() {
    return token(USERNAME);
  }

  /** An access token of an account whose password and client are those of the example. */
  String token(String username) {
    return client.auth().token(new AuthApi.Login(username, PASSWORD, CLIENT_ID)).accessToken();
  }

  /** Makes an account in the folder of a server that does not run. */
  static void addAccount(Path folder, String username, String tier) {
    Clock clock = Clock.systemUTC();
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      new Accounts(store, clock, Ids.secure(), new RateLimiter(clock))
          .create(
              new Accounts.Draft(null, BiofieldMount.NAME, username, tier, CLIENT_ID, PASSWORD));
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  /** A picture with colours, edges and some noise, the same for the same number. */
  static Frame frame(int width, int height, int number) {
    int[] pixels = new int[width * height];
    long state = 88172645463325252L + number;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        int noise = (int) (state & 15);
        int dx = x - width / 2 - number % 20;
        int dy = y - height / 2;
        boolean inside = dx * dx * 4 + dy * dy < height * height / 6;
        int red = Math.min(255, (inside ? 200 : 40) + noise);
        int green = Math.min(255, 60 + x * 120 / width + noise);
        int blue = Math.min(255, 30 + y * 150 / height + noise);
        pixels[y * width + x] = red << 16 | green << 8 | blue;
      }
    }
    return Frame.of(width, height, pixels);
  }

  static byte[] jpeg(int width, int height, int number) {
    return Pictures.jpeg(frame(width, height, number), 0.8);
  }

  static byte[] png(int width, int height, int number) {
    return Pictures.png(frame(width, height, number));
  }
}
