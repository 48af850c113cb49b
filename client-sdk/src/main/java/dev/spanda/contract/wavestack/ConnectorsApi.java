package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Beyond the document: what listens to the platforms for an organisation. A connector is {@code
 * discord} (the gateway), {@code twitch} (chat), {@code twitch-events} (EventSub), {@code youtube}
 * (live chat) or {@code twitter} (filtered stream). Secrets are sealed when they are kept and never
 * told again.
 */
@Route.Group("Connectors")
public interface ConnectorsApi {

  /** All that are configured, and how they fare. */
  @Route(value = "GET /api/v1/connectors", summary = "What listens to the platforms.")
  Listing list();

  /** Configures a connector and starts it anew. */
  @Route(value = "PUT /api/v1/connectors/{connector}", summary = "Configures a connector.")
  Connector put(@Param.Path("connector") String connector, Settings settings);

  /** Stops a connector and forgets its settings and its secret. */
  @Route(value = "DELETE /api/v1/connectors/{connector}", summary = "Stops a connector.")
  Deleted delete(@Param.Path("connector") String connector);

  /**
   * How to listen.
   *
   * @param token the platform's token, 1 to 4 000 characters; for YouTube an API key when it does
   *     not begin with {@code ya29.}
   * @param options by connector: {@code url} (where the platform is, its public address when
   *     absent) for all; {@code intents} for discord; {@code login} and {@code channels} (with
   *     commas between) for twitch; {@code client_id}, {@code broadcaster_id} and {@code api_url}
   *     for twitch-events; {@code live_chat_id} for youtube; none for twitter
   */
  record Settings(
      @JsonProperty(value = "token", required = true) String token,
      @JsonProperty("options") @Nullable Map<String, String> options) {

    /** Copies the options. */
    public Settings {
      options = options == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
      return "Settings[…, " + options + "]";
    }
  }

  /**
   * A connector.
   *
   * @param state {@code connecting}, {@code listening}, {@code waiting} (for its next try) or
   *     {@code refused} (the platform refuses its token or settings: it will not try again)
   * @param problem why it is not listening
   * @param messages how many it has taken since it was started
   * @param timesConnected how often it has connected since then
   */
  record Connector(
      @JsonProperty("connector") String connector,
      @JsonProperty("state") String state,
      @JsonProperty("problem") @Nullable String problem,
      @JsonProperty("messages") long messages,
      @JsonProperty("events") long events,
      @JsonProperty("connections") long timesConnected,
      @JsonProperty("last_heard") @Nullable Instant lastHeard,
      @JsonProperty("options") Map<String, String> options) {}

  /** Connectors. */
  record Listing(@JsonProperty("connectors") List<Connector> connectors) {
    /** Copies the rows. */
    public Listing {
      connectors = List.copyOf(connectors);
    }
  }

  /** A connector that is gone. */
  record Deleted(
      @JsonProperty("deleted") boolean deleted, @JsonProperty("connector") String connector) {}
}
