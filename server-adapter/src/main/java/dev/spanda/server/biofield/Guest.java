package dev.spanda.server.biofield;

import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.socket.SocketSession;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A socket and who opened it. One that came without a token has ten seconds to bring one in a
 * message; its place among the account's sockets is taken then.
 */
final class Guest {

  private static final long PATIENCE_SECONDS = 10;
  private static final int POLICY = 1008;

  private final SocketSession socket;
  private final Door door;
  private final Gate gate;
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile @Nullable Identity identity;
  private volatile @Nullable Runnable release;

  Guest(SocketSession socket, Door door, Gate gate, ScheduledExecutorService timer) {
    this.socket = socket;
    this.door = door;
    this.gate = gate;
    this.identity = socket.caller().identity().orElse(null);
    if (identity == null) {
      timer.schedule(
          () -> {
            if (identity == null) {
              socket.close(POLICY, "No auth message came");
            }
          },
          PATIENCE_SECONDS,
          TimeUnit.SECONDS);
    }
  }

  /**
   * Who the guest is.
   *
   * @throws Failure UNAUTHENTICATED when no token has come yet
   */
  Identity identity() {
    Identity known = identity;
    if (known == null) {
      throw Door.missing();
    }
    return known;
  }

  /**
   * Takes a token that came in a message; one that comes again must be of the same account.
   *
   * @throws Failure UNAUTHENTICATED when it is not good; RATE_LIMITED when the account holds as
   *     many sockets as its tier has
   */
  Identity authenticate(String token) {
    Identity shown = door.identity(token);
    Identity known = identity;
    if (known != null) {
      if (!known.account().equals(shown.account())) {
        throw Failure.of(
            Failure.Reason.UNAUTHENTICATED, "token", "This socket belongs to another account");
      }
      return known;
    }
    Caller caller = socket.caller();
    Caller account = new Caller(caller.address(), caller.requestId(), shown, caller.origin());
    Runnable place =
        gate.socket(account)
            .orElseThrow(
                () ->
                    Failure.of(
                            Failure.Reason.RATE_LIMITED,
                            "sockets",
                            "This tier has " + gate.socketsOf(account) + " sockets at once")
                        .with(Failure.MAX_VALUE, gate.socketsOf(account)));
    release = place;
    if (gone.get()) {
      place.run();
    }
    identity = shown;
    return shown;
  }

  /** What the client calls itself. */
  static String client(Identity identity) {
    return Objects.requireNonNullElse(identity.credential(), identity.account());
  }

  /** Gives the place back. */
  void leave() {
    Runnable place = release;
    if (gone.compareAndSet(false, true) && place != null) {
      place.run();
    }
  }
}
