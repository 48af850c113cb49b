package dev.spanda.client;

import dev.spanda.client.socket.LiveSocket;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.client.socket.SocketProblem;
import dev.spanda.contract.biofield.RealtimeSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One live session from the side that sends the pictures. Used once. */
final class FieldStream implements SocketListener<RealtimeSocket.FromServer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double USUAL_RATE = 30;

  private final RealtimeSocket.Settings settings;
  private final Consumer<? super RealtimeSocket.Measured> onMetrics;
  private final Pace pace;

  // Guarded by this object.
  private RealtimeSocket.@Nullable SessionStarted started;
  private RealtimeSocket.@Nullable SessionEnded ended;
  private @Nullable ApiException failure;
  private long sent;
  private long answered;
  private long dropped;

  FieldStream(
      RealtimeSocket.Settings settings,
      Consumer<? super RealtimeSocket.Measured> onMetrics,
      Pace pace) {
    this.settings = settings;
    this.onMetrics = onMetrics;
    this.pace = pace;
  }

  RealtimeSocket.Summary run(
      LiveSocket<RealtimeSocket.FromServer, RealtimeSocket.FromClient> socket,
      Iterator<byte[]> pictures) {
    socket.send(new RealtimeSocket.SessionStart(settings));
    double rate = rate(awaitStarted().settings());
    long begin = pace.nanoTime();
    for (long number = 0; pictures.hasNext(); number++) {
      byte[] picture = pictures.next();
      pauseUntil(begin + (long) (number * 1e9 / rate));
      awaitRoom(Math.max(1, (long) rate));
      RealtimeSocket.Picture payload =
          new RealtimeSocket.Picture(
              TimeUnit.NANOSECONDS.toMillis(pace.nanoTime() - begin), dataUrl(picture), number);
      if (socket.send(new RealtimeSocket.Frame(payload)) != LiveSocket.Outcome.SENT) {
        throw lost(null);
      }
    }
    socket.send(new RealtimeSocket.SessionEnd());
    return awaitEnded().summary();
  }

  @Override
  public void onMessage(RealtimeSocket.FromServer message) {
    if (message instanceof RealtimeSocket.Metrics metrics) {
      onMetrics.accept(metrics.payload());
    }
    synchronized (this) {
      if (message instanceof RealtimeSocket.SessionStarted start) {
        started = start;
      } else if (message instanceof RealtimeSocket.SessionEnded end) {
        ended = end;
      } else if (message instanceof RealtimeSocket.Metrics metrics) {
        answered++;
        dropped = Objects.requireNonNullElse(metrics.payload().droppedFrames(), dropped);
      } else if (message instanceof RealtimeSocket.Problem problem) {
        answered++;
        if (started == null || !problem.recoverable()) {
          failure = ApiException.of(0, problem.errorCode(), problem.message(), null);
        }
      }
      notifyAll();
    }
  }

  @Override
  public void onClosed(int code, String reason, boolean mending) {
    fail(lost(null));
  }

  @Override
  public void onProblem(SocketProblem problem) {
    if (problem.kind() == SocketProblem.Kind.UNREACHABLE
        || problem.kind() == SocketProblem.Kind.BROKEN) {
      fail(
          ApiException.of(
              0, ApiException.NO_ANSWER, problem.message(), problem.cause().orElse(null)));
    }
  }

  private synchronized void fail(ApiException cause) {
    if (ended == null && failure == null) {
      failure = cause;
    }
    notifyAll();
  }

  private synchronized RealtimeSocket.SessionStarted awaitStarted() {
    while (started == null) {
      pauseForNews();
    }
    return started;
  }

  private synchronized void awaitRoom(long most) {
    while (sent - answered - dropped >= most) {
      pauseForNews();
    }
    if (failure != null) {
      throw failure;
    }
    sent++;
  }

  private synchronized RealtimeSocket.SessionEnded awaitEnded() {
    while (ended == null) {
      pauseForNews();
    }
    return ended;
  }

  /** Waits for one more message; only while the lock is held. */
  private void pauseForNews() {
    if (failure != null) {
      throw failure;
    }
    long news = answered;
    long before = System.nanoTime();
    try {
      wait(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.of(0, ApiException.CANCELLED, "The stream was broken off", e);
    }
    if (answered == news && System.nanoTime() - before >= PATIENCE.toNanos()) {
      throw lost(null);
    }
  }

  private void pauseUntil(long nanos) {
    long left = nanos - pace.nanoTime();
    if (left > 0) {
      try {
        pace.pause(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ApiException.of(0, ApiException.CANCELLED, "The stream was broken off", e);
      }
    }
  }

  private static ApiException lost(@Nullable Exception cause) {
    return ApiException.of(
        0, ApiException.NO_ANSWER, "The connection ended before the session did", cause);
  }

  private static double rate(RealtimeSocket.Settings granted) {
    Number fps = granted.fps();
    return fps == null || !(fps.doubleValue() > 0) ? USUAL_RATE : fps.doubleValue();
  }

  private static String dataUrl(byte[] picture) {
    return "data:" + mediaType(picture) + ";base64," + Base64.getEncoder().encodeToString(picture);
  }

  /** The type that the first bytes tell; what is none of them is for the server to refuse. */
  static String mediaType(byte[] picture) {
    int first = picture.length == 0 ? 0 : picture[0] & 0xFF;
    return switch (first) {
      case 0xFF -> "image/jpeg";
      case 0x89 -> "image/png";
      case 'B' -> "image/bmp";
      default -> "application/octet-stream";
    };
  }
}
