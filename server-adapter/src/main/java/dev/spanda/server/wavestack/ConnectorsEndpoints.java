package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.ConnectorsApi;
import dev.spanda.core.Failure;
import dev.spanda.server.outbound.social.Connectors;
import java.util.Map;

/** What listens to the platforms. */
final class ConnectorsEndpoints implements ConnectorsApi {

  private final Listening listening;
  private final String organisation;

  ConnectorsEndpoints(Listening listening, Organisation organisation) {
    this.listening = listening;
    this.organisation = organisation.id();
  }

  @Override
  public Listing list() {
    return new Listing(
        listening.kept(organisation).stream()
            .map(kept -> wire(kept.kind(), kept.options()))
            .toList());
  }

  @Override
  public Connector put(String connector, Settings settings) {
    Connectors.Kind kind = Connectors.Kind.parse(connector);
    Map<String, String> options = settings.options() == null ? Map.of() : settings.options();
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (option.getValue() == null) {
        throw Failure.invalid(
            "options." + option.getKey(), null, option.getKey() + " must not be null");
      }
    }
    listening.put(organisation, new Connectors.Plan(kind, settings.token(), options));
    return wire(kind, options);
  }

  @Override
  public Deleted delete(String connector) {
    Connectors.Kind kind = Connectors.Kind.parse(connector);
    if (!listening.delete(organisation, kind)) {
      throw Failure.notFound("connector", connector);
    }
    return new Deleted(true, connector);
  }

  private Connector wire(Connectors.Kind kind, Map<String, String> options) {
    Connectors.Status status = listening.connectors().status(organisation, kind);
    if (status == null) {
      return new Connector(kind.word(), "waiting", "Another node runs it", 0, 0, 0, null, options);
    }
    return new Connector(
        kind.word(),
        status.state().word(),
        status.problem().orElse(null),
        status.messages(),
        status.events(),
        status.connections(),
        status.lastHeard().orElse(null),
        options);
  }
}
