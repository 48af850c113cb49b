package dev.spanda.server;

import dev.spanda.core.Failure;
import dev.spanda.core.population.Population;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.gate.identity.Clients;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a demo knows beforehand: the documents' example accounts, keys and clients. Each API adds
 * what only it can make, such as tokens, to its own section; together they become the file {@code
 * credentials.json}.
 */
public final class Demo {

  /** The account of CRAudioViz's document. */
  public static final String CRAUDIOVIZ_ACCOUNT = "user_123";

  /** A second account of CRAudioViz, for trials with few credits. */
  public static final String CRAUDIOVIZ_LOW_ACCOUNT = "user_low";

  /** The account of Biofield's document. */
  public static final String BIOFIELD_ACCOUNT = "user_biofield";

  /** The organisation of WaveStack's document, and the account of its API key. */
  public static final String WAVESTACK_ORGANISATION = "org_123";

  /** The account of OCTOSPINE's keys. */
  public static final String OCTOSPINE_ACCOUNT = "user_octospine";

  /** The population of Vajra.Stream's document. */
  public static final String VAJRA_POPULATION = "pop_xyz789";

  private final Map<String, Map<String, Object>> sections = new LinkedHashMap<>();

  Demo() {}

  /** Makes what is missing; a demo on a folder of an earlier one finds its accounts there. */
  static Demo in(Engines engines) {
    Demo demo = new Demo();
    Accounts accounts = engines.accounts;
    ApiKeys keys = engines.apiKeys;
    account(
        accounts,
        new Accounts.Draft(
            BIOFIELD_ACCOUNT,
            "biofield",
            "user@example.com",
            "pro",
            "your_client_id",
            "secure_password"));
    demo.put("biofield", "username", "user@example.com");
    demo.put("biofield", "password", "secure_password");
    demo.put("biofield", "client_id", "your_client_id");

    account(
        accounts,
        new Accounts.Draft(
            WAVESTACK_ORGANISATION, "wavestack", "org@example.com", "standard", null, null));
    key(keys, ApiKeys.Draft.live(WAVESTACK_ORGANISATION, "demo"), "your-api-key");
    client(
        engines.clients,
        new Clients.Draft("your-client-id", "wavestack", WAVESTACK_ORGANISATION, "demo", Set.of()),
        "your-client-secret");
    demo.put("wavestack", "client_id", "your-client-id");
    demo.put("wavestack", "client_secret", "your-client-secret");
    demo.put("wavestack", "org_id", WAVESTACK_ORGANISATION);
    demo.put("wavestack", "api_key", "your-api-key");

    account(
        accounts,
        new Accounts.Draft(
            OCTOSPINE_ACCOUNT,
            "octospine",
            "user@example.com",
            "standard",
            null,
            "secure_password"));
    key(keys, ApiKeys.Draft.live(OCTOSPINE_ACCOUNT, "demo"), "YOUR_API_KEY");
    key(keys, ApiKeys.Draft.live(OCTOSPINE_ACCOUNT, "demo"), "your-api-key");
    demo.put("octospine", "api_key", "YOUR_API_KEY");
    demo.put("octospine", "email", "user@example.com");
    demo.put("octospine", "password", "secure_password");

    account(
        accounts,
        new Accounts.Draft(
            CRAUDIOVIZ_ACCOUNT, "craudioviz", "user@example.com", "pro", null, null));
    account(
        accounts,
        new Accounts.Draft(
            CRAUDIOVIZ_LOW_ACCOUNT, "craudioviz", "low@example.com", "free", null, null));
    key(keys, ApiKeys.Draft.live(CRAUDIOVIZ_ACCOUNT, "demo"), "YOUR_API_KEY");
    key(keys, ApiKeys.Draft.live(CRAUDIOVIZ_LOW_ACCOUNT, "demo"), "YOUR_LOW_API_KEY");
    key(keys, ApiKeys.Draft.sandbox(CRAUDIOVIZ_ACCOUNT, "demo"), "YOUR_SANDBOX_API_KEY");
    demo.put("craudioviz", "api_key", "YOUR_API_KEY");
    demo.put("craudioviz", "low_api_key", "YOUR_LOW_API_KEY");
    demo.put("craudioviz", "sandbox_api_key", "YOUR_SANDBOX_API_KEY");
    population(engines);
    return demo;
  }

  /**
   * Adds a value, or replaces one.
   *
   * @param section the API, such as {@code octospine}
   * @param name in lower case with underscores
   * @param value text, a number, or a map or list of them
   */
  public synchronized Demo put(String section, String name, Object value) {
    sections.computeIfAbsent(section, key -> new LinkedHashMap<>()).put(name, value);
    return this;
  }

  /** Everything by section and name, in the order it was added. */
  public synchronized Map<String, Map<String, Object>> sections() {
    Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
    sections.forEach(
        (section, values) ->
            copy.put(section, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
    return Collections.unmodifiableMap(copy);
  }

  /** The population that the document's example of a workflow names. */
  private static void population(Engines engines) {
    List<Population> unused = engines.populations.addStarterSet();
    long now = engines.clock.millis();
    engines.store.change(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO population (id, name, folded, description, size_estimate,"
                        + " categories, intention, created_at, updated_at) VALUES (:id, :name,"
                        + " :folded, '', 0, '[]', 'Global healing', :now, :now)"
                        + " ON CONFLICT DO NOTHING")
                .bind("id", VAJRA_POPULATION)
                .bind("name", "Everyone in this demo")
                .bind("folded", "everyone in this demo")
                .bind("now", now)
                .execute());
  }

  private static void account(Accounts accounts, Accounts.Draft draft) {
    try {
      accounts.create(draft);
    } catch (Failure failure) {
      requireThere(failure);
    }
  }

  private static void key(ApiKeys keys, ApiKeys.Draft draft, String secret) {
    try {
      keys.createKnown(draft, secret);
    } catch (Failure failure) {
      requireThere(failure);
    }
  }

  private static void client(Clients clients, Clients.Draft draft, String secret) {
    try {
      clients.createKnown(draft, secret);
    } catch (Failure failure) {
      requireThere(failure);
    }
  }

  private static void requireThere(Failure failure) {
    if (failure.reason() != Failure.Reason.CONFLICT) {
      throw failure;
    }
  }
}
