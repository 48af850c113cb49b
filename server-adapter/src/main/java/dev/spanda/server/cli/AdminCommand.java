package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.gate.identity.Clients;
import dev.spanda.server.gate.identity.Tokens;
import dev.spanda.server.gate.identity.Vault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who may use a server: accounts, API keys and clients. */
@Command(
    name = "admin",
    description = "Make, list, rotate and revoke accounts, API keys, clients and signing keys.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AdminCommand.AccountCommand.class,
      AdminCommand.KeyCommand.class,
      AdminCommand.ClientCommand.class,
      AdminCommand.SigningCommand.class
    })
final class AdminCommand implements Runnable {

  private static final int LARGEST_PAGE = 1_000;

  /** The plans of each API, as its document names them; the first is that of who names none. */
  private static final Map<String, List<String>> PLANS =
      Map.of(
          "biofield", List.of("free", "basic", "pro", "enterprise"),
          "craudioviz", List.of("free", "starter", "pro", "business", "enterprise"),
          "octospine", List.of("standard"),
          "wavestack", List.of("standard"));

  /** How the APIs that sign tokens of their own do that. */
  private static final Map<String, Tokens.Algorithm> SIGNED =
      Map.of("biofield", Tokens.Algorithm.HS256, "wavestack", Tokens.Algorithm.RS256);

  @Spec private CommandSpec spec = CommandSpec.create();

  AdminCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static void requireApi(String api) {
    if (!PLANS.containsKey(api)) {
      throw Failure.notAllowed("api", api, PLANS.keySet().stream().sorted().toList());
    }
  }

  /** Where the records are, and how the answer is written. */
  static final class Place {
    @Option(
        names = "--data",
        paramLabel = "FOLDER",
        defaultValue = "spanda-data",
        description = "The data folder of a server that does not run; ${DEFAULT-VALUE} by default.")
    private Path data = Path.of("spanda-data");

    @Option(
        names = "--database",
        paramLabel = "URL",
        description =
            "A jdbc:postgresql: URL instead, whose servers may run; user and password are read from"
                + " SPANDA_DATABASE_USER and SPANDA_DATABASE_PASSWORD.")
    private @Nullable String database;

    @Option(names = "--json", description = "Write the answer as JSON.")
    private boolean json;

    /** What is done with the records; the store is closed afterwards. */
    interface Work {
      int on(Desk desk) throws IOException;
    }

    int open(PrintWriter out, Work work) throws IOException {
      Map<String, String> environment = System.getenv();
      StoreLocation location =
          database == null
              ? StoreLocation.folder(data)
              : StoreLocation.postgresql(
                  database,
                  environment.getOrDefault("SPANDA_DATABASE_USER", "postgres"),
                  environment.getOrDefault("SPANDA_DATABASE_PASSWORD", ""));
      Clock clock = Clock.systemUTC();
      Ids ids = Ids.secure();
      RateLimiter limiter = new RateLimiter(clock);
      try (Store store = Store.open(location)) {
        return work.on(
            new Desk(
                new Accounts(store, clock, ids, limiter),
                new ApiKeys(store, clock, ids),
                new Clients(store, clock, ids, limiter),
                issuer ->
                    new Tokens(
                        store,
                        clock,
                        ids,
                        Vault.in(data, environment.get(Vault.VARIABLE)),
                        Tokens.Settings.of(
                            issuer, Objects.requireNonNull(SIGNED.get(issuer), issuer))),
                out,
                json));
      }
    }
  }

  /** The records, opened, and where to write. */
  private record Desk(
      Accounts accounts,
      ApiKeys keys,
      Clients clients,
      Function<String, Tokens> tokens,
      PrintWriter out,
      boolean json) {

    int show(Map<String, Object> row) {
      Report report = new Report();
      row.forEach(report::add);
      report.print(out, json);
      return 0;
    }

    int show(List<Map<String, Object>> rows) {
      if (json) {
        out.println(Report.json(rows));
      } else {
        rows.forEach(
            row ->
                out.println(
                    String.join("  ", row.values().stream().map(Object::toString).toList())));
        out.println(rows.size() + (rows.size() == 1 ? " row" : " rows"));
      }
      out.flush();
      return 0;
    }

    int show(Map<String, Object> row, String secretName, String secret) {
      row.put(secretName, secret);
      show(row);
      if (!json) {
        out.println("Keep it: it is not stored and cannot be shown again.");
        out.flush();
      }
      return 0;
    }
  }

  private static Map<String, Object> row(Accounts.Account account) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", account.id());
    row.put("api", account.api());
    row.put("email", account.email());
    row.put("plan", account.plan());
    String client = account.clientId();
    if (client != null) {
      row.put("client_id", client);
    }
    row.put("created_at", account.createdAt().toString());
    put(row, "disabled_at", account.disabledAt());
    return row;
  }

  private static Map<String, Object> row(ApiKeys.Key key) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", key.id());
    row.put("account", key.account());
    row.put("api", key.api());
    row.put("name", key.name());
    row.put("begins", key.hint());
    row.put("environment", key.environment());
    row.put("created_at", key.createdAt().toString());
    put(row, "expires_at", key.expiresAt());
    put(row, "revoked_at", key.revokedAt());
    put(row, "used_at", key.usedAt());
    return row;
  }

  private static Map<String, Object> row(Clients.Client client) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", client.id());
    row.put("api", client.api());
    row.put("organisation", client.organisation());
    row.put("name", client.name());
    row.put("scopes", String.join(" ", client.scopes().stream().sorted().toList()));
    row.put("created_at", client.createdAt().toString());
    put(row, "revoked_at", client.revokedAt());
    return row;
  }

  private static void put(Map<String, Object> row, String name, @Nullable Instant time) {
    if (time != null) {
      row.put(name, time.toString());
    }
  }

  /** Accounts. */
  @Command(
      name = "account",
      description = "Accounts and their passwords.",
      mixinStandardHelpOptions = true)
  static final class AccountCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "create", description = "Make an account.", mixinStandardHelpOptions = true)
    int create(
        @Mixin Place place,
        @Option(names = "--api", required = true, description = "Which API it is for.") String api,
        @Option(names = "--email", required = true, description = "Its email.") String email,
        @Option(names = "--plan", description = "Its plan; the API's first when not given.")
            @Nullable String plan,
        @Option(names = "--id", description = "Its id; a new one when not given.")
            @Nullable String id,
        @Option(names = "--client-id", description = "The only program it may log in with.")
            @Nullable String clientId,
        @Option(
                names = "--password-stdin",
                description = "Read its password from the first line of standard input.")
            boolean password)
        throws IOException {
      requireApi(api);
      List<String> plans = Objects.requireNonNull(PLANS.get(api));
      String chosen = plan == null ? plans.get(0) : plan;
      requirePlan(api, chosen);
      Accounts.Draft draft =
          new Accounts.Draft(id, api, email, chosen, clientId, password ? readPassword() : null);
      return place.open(
          spec.commandLine().getOut(), desk -> desk.show(row(desk.accounts().create(draft))));
    }

    @Command(name = "list", description = "List accounts.", mixinStandardHelpOptions = true)
    int list(
        @Mixin Place place,
        @Option(names = "--api", description = "Of this API only.") @Nullable String api)
        throws IOException {
      if (api != null) {
        requireApi(api);
      }
      return place.open(
          spec.commandLine().getOut(),
          desk ->
              desk.show(
                  desk.accounts().list(api, LARGEST_PAGE, 0).items().stream()
                      .map(AdminCommand::row)
                      .toList()));
    }

    @Command(
        name = "password",
        description = "Give an account the password of the first line of standard input.",
        mixinStandardHelpOptions = true)
    int password(@Mixin Place place, @Parameters(paramLabel = "ACCOUNT") String id)
        throws IOException {
      String password = readPassword();
      return place.open(
          spec.commandLine().getOut(),
          desk -> {
            desk.accounts().setPassword(id, password);
            return desk.show(row(desk.accounts().find(id)));
          });
    }

    @Command(
        name = "plan",
        description = "Give an account another plan.",
        mixinStandardHelpOptions = true)
    int plan(
        @Mixin Place place,
        @Parameters(paramLabel = "ACCOUNT") String id,
        @Parameters(paramLabel = "PLAN") String plan)
        throws IOException {
      return place.open(
          spec.commandLine().getOut(),
          desk -> {
            requirePlan(desk.accounts().find(id).api(), plan);
            return desk.show(row(desk.accounts().setPlan(id, plan)));
          });
    }

    @Command(
        name = "revoke",
        description = "Close an account: its keys, tokens and password are refused.",
        mixinStandardHelpOptions = true)
    int revoke(
        @Mixin Place place,
        @Parameters(paramLabel = "ACCOUNT") String id,
        @Option(names = "--undo", description = "Open it again.") boolean undo)
        throws IOException {
      return place.open(
          spec.commandLine().getOut(),
          desk -> {
            if (undo) {
              desk.accounts().enable(id);
            } else {
              desk.accounts().disable(id);
            }
            return desk.show(row(desk.accounts().find(id)));
          });
    }

    private static void requirePlan(String api, String plan) {
      List<String> plans = PLANS.get(api);
      if (plans != null && !plans.contains(plan)) {
        throw Failure.notAllowed("plan", plan, plans);
      }
    }

    private static String readPassword() throws IOException {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      if (line == null) {
        throw Failure.of(Failure.Reason.INVALID, "password", "Standard input holds no password");
      }
      return line;
    }
  }

  /** API keys. */
  @Command(name = "key", description = "API keys of accounts.", mixinStandardHelpOptions = true)
  static final class KeyCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
        name = "create",
        description = "Make a key; its secret is shown once.",
        mixinStandardHelpOptions = true)
    int create(
        @Mixin Place place,
        @Option(names = "--account", required = true, description = "Whose key.") String account,
        @Option(
                names = "--name",
                defaultValue = "key",
                description = "What its owner calls it; ${DEFAULT-VALUE} by default.")
            String name,
        @Option(names = "--sandbox", description = "A key for the sandbox.") boolean sandbox,
        @Option(names = "--days", description = "After how many days it ends; never by default.")
            @Nullable Integer days)
        throws IOException {
      if (days != null) {
        Failure.requireInRange("days", "Days", days, 1, 36_500, "");
      }
      ApiKeys.Draft draft =
          new ApiKeys.Draft(
              account,
              name,
              sandbox ? Identity.SANDBOX : Identity.LIVE,
              days == null ? null : Duration.ofDays(days));
      return place.open(
          spec.commandLine().getOut(),
          desk -> {
            ApiKeys.Created made = desk.keys().create(draft);
            return desk.show(row(made.key()), "key", made.secret());
          });
    }

    @Command(
        name = "list",
        description = "List the keys of an account.",
        mixinStandardHelpOptions = true)
    int list(
        @Mixin Place place,
        @Option(names = "--account", required = true, description = "Whose keys.") String account)
        throws IOException {
      return place.open(
          spec.commandLine().getOut(),
          desk -> desk.show(desk.keys().list(account).stream().map(AdminCommand::row).toList()));
    }

    @Command(
        name = "rotate",
        description = "Make a key in place of another, which stays good for a while.",
        mixinStandardHelpOptions = true)
    int rotate(
        @Mixin Place place,
        @Option(names = "--account", required = true, description = "Whose key.") String account,
        @Parameters(paramLabel = "KEY") String id,
        @Option(
                names = "--grace-hours",
                defaultValue = "24",
                description =
                    "How long the old key stays good, 0 to 8784; ${DEFAULT-VALUE} by default.")
            int hours)
        throws IOException {
      Failure.requireInRange("grace_hours", "Grace", hours, 0, 8_784, "h");
      return place.open(
          spec.commandLine().getOut(),
          desk -> {
            ApiKeys.Created made = desk.keys().rotate(account, id, Duration.ofHours(hours));
            return desk.show(row(made.key()), "key", made.secret());
          });
    }

    @Command(name = "revoke", description = "End a key now.", mixinStandardHelpOptions = true)
    int revoke(
        @Mixin Place place,
        @Option(names = "--account", required = true, description = "Whose key.") String account,
        @Parameters(paramLabel = "KEY") String id)
        throws IOException {
      return place.open(
          spec.commandLine().getOut(), desk -> desk.show(row(desk.keys().revoke(account, id))));
    }
  }

  /** Clients. */
  @Command(
      name = "client",
      description = "Programs with a secret of their own.",
      mixinStandardHelpOptions = true)
  static final class ClientCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
        name = "create",
        description = "Make a client; its secret is shown once.",
        mixinStandardHelpOptions = true)
    int create(
        @Mixin Place place,
        @Option(names = "--api", required = true, description = "Which API it is for.") String api,
        @Option(names = "--org", required = true, description = "Whom it acts for.") String org,
        @Option(
                names = "--name",
                defaultValue = "client",
                description = "What its owner calls it; ${DEFAULT-VALUE} by default.")
            String name,
        @Option(names = "--id", description = "Its id; a new one when not given.")
            @Nullable String id,
        @Option(names = "--scope", description = "What it may do; everything when not given.")
            @Nullable Set<String> scopes)
        throws IOException {
      requireApi(api);
      Clients.Draft draft =
          new Clients.Draft(id, api, org, name, scopes == null ? Set.of() : scopes);
      return place.open(
          spec.commandLine().getOut(),
          desk -> {
            Clients.Created made = desk.clients().create(draft);
            return desk.show(row(made.client()), "client_secret", made.secret());
          });
    }

    @Command(name = "list", description = "List clients.", mixinStandardHelpOptions = true)
    int list(
        @Mixin Place place,
        @Option(names = "--api", description = "Of this API only.") @Nullable String api)
        throws IOException {
      return place.open(
          spec.commandLine().getOut(),
          desk -> desk.show(desk.clients().list(api).stream().map(AdminCommand::row).toList()));
    }

    @Command(
        name = "rotate",
        description = "Give a client a new secret; the old one is refused from now on.",
        mixinStandardHelpOptions = true)
    int rotate(@Mixin Place place, @Parameters(paramLabel = "CLIENT") String id)
        throws IOException {
      return place.open(
          spec.commandLine().getOut(),
          desk -> {
            Clients.Created made = desk.clients().rotate(id);
            return desk.show(row(made.client()), "client_secret", made.secret());
          });
    }

    @Command(name = "revoke", description = "End a client now.", mixinStandardHelpOptions = true)
    int revoke(@Mixin Place place, @Parameters(paramLabel = "CLIENT") String id)
        throws IOException {
      return place.open(
          spec.commandLine().getOut(), desk -> desk.show(row(desk.clients().revoke(id))));
    }
  }

  /** The keys that sign tokens. */
  @Command(
      name = "signing",
      description = "The keys that sign the tokens of an API.",
      mixinStandardHelpOptions = true)
  static final class SigningCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
        name = "rotate",
        description =
            "Sign with a new key from now on; what the old one has signed stays good for its time.",
        mixinStandardHelpOptions = true)
    int rotate(
        @Mixin Place place,
        @Option(names = "--api", required = true, description = "Whose tokens.") String api)
        throws IOException {
      requireSigned(api);
      return place.open(
          spec.commandLine().getOut(),
          desk -> {
            Tokens tokens = desk.tokens().apply(api);
            tokens.rotateKeys();
            return desk.show(row(api, tokens));
          });
    }

    @Command(
        name = "list",
        description = "How the tokens of an API are signed, and by which public keys.",
        mixinStandardHelpOptions = true)
    int list(
        @Mixin Place place,
        @Option(names = "--api", required = true, description = "Whose tokens.") String api)
        throws IOException {
      requireSigned(api);
      return place.open(
          spec.commandLine().getOut(), desk -> desk.show(row(api, desk.tokens().apply(api))));
    }

    private static void requireSigned(String api) {
      if (!SIGNED.containsKey(api)) {
        throw Failure.notAllowed("api", api, SIGNED.keySet().stream().sorted().toList());
      }
    }

    /** Keys that are secret are not shown. */
    private static Map<String, Object> row(String api, Tokens tokens) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("api", api);
      row.put("algorithm", Objects.requireNonNull(SIGNED.get(api)).name());
      row.put(
          "public_keys",
          String.join(
              " ",
              tokens.publicKeys().stream().map(key -> String.valueOf(key.get("kid"))).toList()));
      return row;
    }
  }
}
