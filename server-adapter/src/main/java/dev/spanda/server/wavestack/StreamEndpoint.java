package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.StreamSocket;
import dev.spanda.contract.wavestack.WavestackError;
import dev.spanda.core.Failure;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.server.socket.Hub;
import dev.spanda.server.socket.SocketEndpoint;
import dev.spanda.server.socket.SocketLimits;
import dev.spanda.server.socket.SocketSession;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The socket {@code /api/v1/stream/messages}. */
final class StreamEndpoint implements SocketEndpoint<StreamSocket.FromClient> {

  private static final int MOST_WAITING = 16_384;
  private static final int MOST_CHANNELS = 1_000;

  private record Standing(
      SocketSession session, String organisation, Set<Platform> platforms, Set<String> channels) {
    boolean wants(Message message) {
      return (platforms.isEmpty() || platforms.contains(message.platform()))
          && (channels.isEmpty() || channels.contains(message.channel().id()));
    }
  }

  private final Hub hub;
  private final WavestackDialect dialect = new WavestackDialect(Map.of());
  private final Map<String, Standing> standing = new ConcurrentHashMap<>();

  StreamEndpoint(InstantSource clock) {
    hub = new Hub(this, SocketLimits.DEFAULT.withWaiting(MOST_WAITING), clock);
  }

  Hub hub() {
    return hub;
  }

  /** Tells new messages to those who asked for them. */
  void tell(SocialFeed.Heard heard) {
    for (Standing each : standing.values()) {
      if (each.organisation.equals(heard.organisation())) {
        for (Message message : heard.messages()) {
          if (each.wants(message)) {
            each.session.send(wire(message));
          }
        }
      }
    }
  }

  private static StreamSocket.MessageEvent wire(Message message) {
    return new StreamSocket.MessageEvent(
        new StreamSocket.Data(
            message.id(),
            message.platform().word(),
            message.author().name(),
            message.text(),
            message.at(),
            message.channel().id(),
            message.author().id()));
  }

  @Override
  public Class<StreamSocket.FromClient> messages() {
    return StreamSocket.FromClient.class;
  }

  @Override
  public void onMessage(SocketSession session, StreamSocket.FromClient message) {
    if (message instanceof StreamSocket.Subscribe subscribe) {
      subscribe(session, subscribe);
    } else if (message instanceof StreamSocket.Unsubscribe) {
      standing.remove(session.id());
      session.send(new StreamSocket.Unsubscribed());
    } else {
      session.send(new StreamSocket.Pong());
    }
  }

  private void subscribe(SocketSession session, StreamSocket.Subscribe asked) {
    Set<Platform> platforms = EnumSet.noneOf(Platform.class);
    for (String word : orNone(asked.platforms())) {
      platforms.add(Platform.parse(word));
    }
    List<String> channels = orNone(asked.channels());
    if (channels.size() > MOST_CHANNELS) {
      throw Failure.invalid(
              "channels",
              channels.size(),
              "At most " + MOST_CHANNELS + " channels can be named; had " + channels.size())
          .with(Failure.MAX_VALUE, MOST_CHANNELS);
    }
    // First the answer: messages follow it.
    session.send(
        new StreamSocket.Subscribed(
            platforms.stream().map(Platform::word).toList(), List.copyOf(channels)));
    standing.put(
        session.id(),
        new Standing(session, session.caller().account(), platforms, Set.copyOf(channels)));
    if (!session.isOpen()) {
      standing.remove(session.id());
    }
  }

  private static List<String> orNone(@Nullable List<String> list) {
    return Objects.requireNonNullElse(list, List.of());
  }

  @Override
  public void onClose(SocketSession session, int code, String reason) {
    standing.remove(session.id());
  }

  @Override
  public Object problem(SocketSession session, Failure failure) {
    WavestackError body = (WavestackError) dialect.error(failure, session.id()).body();
    return new StreamSocket.Problem(body.error());
  }
}
