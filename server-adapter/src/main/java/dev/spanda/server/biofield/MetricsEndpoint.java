package dev.spanda.server.biofield;

import dev.spanda.contract.biofield.MetricsSocket;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.socket.Hub;
import dev.spanda.server.socket.SocketEndpoint;
import dev.spanda.server.socket.SocketSession;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/** The socket {@code /ws/metrics}: whoever watches an account's live sessions. */
final class MetricsEndpoint implements SocketEndpoint<MetricsSocket.FromClient> {

  private final Door door;
  private final Gate gate;
  private final ScheduledExecutorService timer;
  private final Hub hub;
  private final Map<String, Guest> guests = new ConcurrentHashMap<>();
  private final Map<String, Set<SocketSession>> watchers = new ConcurrentHashMap<>();

  MetricsEndpoint(Door door, Gate gate, ScheduledExecutorService timer, InstantSource clock) {
    this.door = door;
    this.gate = gate;
    this.timer = timer;
    this.hub = new Hub(this, clock);
  }

  Hub hub() {
    return hub;
  }

  /** Tells all who watch the account; a slow one gets the newest of each session. */
  void tell(String account, String sessionId, MetricsSocket.Metrics message) {
    Set<SocketSession> here = watchers.get(account);
    if (here != null) {
      for (SocketSession watcher : here) {
        watcher.sendLatest(sessionId, message);
      }
    }
  }

  @Override
  public Class<MetricsSocket.FromClient> messages() {
    return MetricsSocket.FromClient.class;
  }

  @Override
  public void onOpen(SocketSession session) {
    guests.put(session.id(), new Guest(session, door, gate, timer));
    session.caller().identity().ifPresent(identity -> watch(identity, session));
  }

  @Override
  public void onMessage(SocketSession session, MetricsSocket.FromClient message) {
    if (message instanceof MetricsSocket.Auth auth) {
      Guest guest = guests.get(session.id());
      if (guest != null) {
        Identity identity = guest.authenticate(auth.token());
        session.send(new MetricsSocket.AuthSuccess(Guest.client(identity), null));
        watch(identity, session);
      }
    } else {
      session.send(new MetricsSocket.Pong());
    }
  }

  private void watch(Identity identity, SocketSession session) {
    watchers.compute(
        identity.account(),
        (account, here) -> {
          Set<SocketSession> all = here == null ? ConcurrentHashMap.newKeySet() : here;
          all.add(session);
          return all;
        });
  }

  @Override
  @SuppressWarnings("NullAway") // A null result removes the mapping.
  public void onClose(SocketSession session, int code, String reason) {
    Guest guest = guests.remove(session.id());
    if (guest != null) {
      guest.leave();
    }
    for (String account : watchers.keySet()) {
      watchers.computeIfPresent(
          account,
          (key, here) -> {
            here.remove(session);
            return here.isEmpty() ? null : here;
          });
    }
  }

  @Override
  public Object problem(SocketSession session, Failure failure) {
    return new MetricsSocket.Problem(
        BiofieldDialect.code(failure),
        BiofieldDialect.text(failure),
        RealtimeEndpoint.severity(failure),
        true);
  }
}
