package dev.spanda.server.socket;

import dev.spanda.core.Failure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Repeats what it hears. */
public final class TalkEndpoint implements SocketEndpoint<Talk.FromClient> {

  public final List<String> heard = new CopyOnWriteArrayList<>();
  public final List<Integer> closed = new CopyOnWriteArrayList<>();

  @Override
  public Class<Talk.FromClient> messages() {
    return Talk.FromClient.class;
  }

  @Override
  public void onOpen(SocketSession session) {
    session.send(new Talk.Said("welcome"));
  }

  @Override
  public void onMessage(SocketSession session, Talk.FromClient message) {
    if (message instanceof Talk.Say say) {
      if (say.text().equals("break")) {
        throw new IllegalStateException("the secret of the house");
      }
      heard.add(say.text());
      session.send(new Talk.Said("you said " + say.text()));
    }
  }

  @Override
  public void onClose(SocketSession session, int code, String reason) {
    closed.add(code);
  }

  @Override
  public Object problem(SocketSession session, Failure failure) {
    return new Talk.Problem(failure.reason().name(), String.valueOf(failure.getMessage()));
  }
}
