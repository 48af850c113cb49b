package dev.spanda.server.biofield;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.archive.FieldSession;
import dev.spanda.biofield.archive.FieldSessions;
import dev.spanda.biofield.baseline.Baseline;
import dev.spanda.biofield.baseline.Baselines;
import dev.spanda.biofield.baseline.Comparison;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.biofield.realtime.LiveMeasurement;
import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.biofield.MetricsSocket;
import dev.spanda.contract.biofield.RealtimeSocket;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.socket.Hub;
import dev.spanda.server.socket.SocketEndpoint;
import dev.spanda.server.socket.SocketLimits;
import dev.spanda.server.socket.SocketSession;
import dev.spanda.server.socket.Ticker;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket {@code /ws/realtime}. Each socket holds one session at a time. Frames are decoded from
 * their text by the thread that reads the socket and measured by those of {@link Measuring}; at
 * most two wait, and the older gives way.
 */
final class RealtimeEndpoint implements SocketEndpoint<RealtimeSocket.FromClient> {

  /**
   * Characters of a message: a picture of 10 MB in base64 and what is around it. Messages a second
   * are more than any tier's frames, so that those are counted by the session and not refused here.
   */
  private static final SocketLimits LIMITS =
      SocketLimits.DEFAULT.withIncoming(14 << 20, 240).withWaiting(1024);

  private static final Logger LOG = LoggerFactory.getLogger(RealtimeEndpoint.class);
  private static final Duration ALIVE_EVERY = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int USUAL_RATE = 30;
  private static final double LATEST_MILLIS = 8.64e15;
  private static final long NANOS_A_MILLI = 1_000_000;

  private static final int MOST_MEASURED = 1000;

  /** A steady sender is a little early or late; only a truly faster one is held back. */
  private static final double LEEWAY = 1.1;

  private final Door door;
  private final Gate gate;
  private final ScheduledExecutorService timer;
  private final InstantSource clock;
  private final Measuring measuring;
  private final FieldSessions sessions;
  private final Baselines baselines;
  private final MetricsEndpoint watchers;
  private final int limitFactor;
  private final Hub hub;
  private final Map<String, Talk> talks = new ConcurrentHashMap<>();

  RealtimeEndpoint(
      Door door,
      Gate gate,
      Measuring measuring,
      FieldSessions sessions,
      Baselines baselines,
      MetricsEndpoint watchers,
      BiofieldMount.Needs needs) {
    this.door = door;
    this.gate = gate;
    this.timer = needs.timer();
    this.clock = needs.clock();
    this.measuring = measuring;
    this.sessions = sessions;
    this.baselines = baselines;
    this.watchers = watchers;
    this.limitFactor = needs.limitFactor();
    this.hub = new Hub(this, LIMITS, needs.clock());
  }

  /** Tells the archive which sessions live; closing what is returned ends that. */
  Ticker start() {
    return Ticker.start(
        timer,
        ALIVE_EVERY,
        () ->
            talks
                .values()
                .forEach(
                    talk -> {
                      Live live = talk.live;
                      if (live != null) {
                        sessions.keepAlive(live.id);
                      }
                    }));
  }

  Hub hub() {
    return hub;
  }

  /** How many sessions run now. */
  int sessions() {
    int running = 0;
    for (Talk talk : talks.values()) {
      running += talk.live == null ? 0 : 1;
    }
    return running;
  }

  @Override
  public Class<RealtimeSocket.FromClient> messages() {
    return RealtimeSocket.FromClient.class;
  }

  @Override
  public void onOpen(SocketSession session) {
    talks.put(session.id(), new Talk(session));
  }

  @Override
  public void onMessage(SocketSession session, RealtimeSocket.FromClient message) {
    Talk talk = talks.get(session.id());
    if (talk == null) {
      return;
    }
    if (message instanceof RealtimeSocket.Frame frame) {
      talk.frame(frame.payload());
    } else if (message instanceof RealtimeSocket.Auth auth) {
      talk.authenticate(auth.token());
    } else if (message instanceof RealtimeSocket.SessionStart start) {
      RealtimeSocket.Settings settings = start.settings();
      talk.start(settings == null ? RealtimeSocket.Settings.DEFAULT : settings);
    } else if (message instanceof RealtimeSocket.SessionEnd) {
      talk.end();
    } else {
      session.send(new RealtimeSocket.Pong());
    }
  }

  @Override
  public void onClose(SocketSession session, int code, String reason) {
    Talk talk = talks.remove(session.id());
    if (talk != null) {
      talk.close();
    }
  }

  @Override
  public Object problem(SocketSession session, Failure failure) {
    return new RealtimeSocket.Problem(
        BiofieldDialect.code(failure), BiofieldDialect.text(failure), severity(failure), true);
  }

  static String severity(Failure failure) {
    return failure.reason() == Failure.Reason.FAILED ? "error" : "warning";
  }

  /** One socket: its guest and its session. Messages come one after another. */
  private final class Talk {
    private final SocketSession socket;
    private final Guest guest;
    private volatile @Nullable Live live;

    Talk(SocketSession socket) {
      this.socket = socket;
      this.guest = new Guest(socket, door, gate, timer);
    }

    void authenticate(String token) {
      Identity identity = guest.authenticate(token);
      Live running = live;
      socket.send(
          new RealtimeSocket.AuthSuccess(
              Guest.client(identity), running == null ? null : running.id));
    }

    void start(RealtimeSocket.Settings asked) {
      Identity identity = guest.identity();
      if (live != null) {
        throw Failure.of(
            Failure.Reason.CONFLICT, "session", "A session runs on this socket already");
      }
      Live begun = new Live(socket, identity, asked);
      live = begun;
      socket.send(begun.started());
    }

    void frame(RealtimeSocket.Picture picture) {
      guest.identity();
      Live running = live;
      if (running == null) {
        throw noSession();
      }
      running.frame(picture);
    }

    void end() {
      guest.identity();
      Live running = live;
      if (running == null) {
        throw noSession();
      }
      live = null;
      socket.send(running.end());
    }

    void close() {
      guest.leave();
      Live running = live;
      live = null;
      if (running != null) {
        running.abandon();
      }
    }

    private Failure noSession() {
      return Failure.of(
          Failure.Reason.NOT_FOUND,
          "session",
          "No session runs on this socket: send session_start");
    }
  }

  /** One session. */
  private final class Live implements LiveMeasurement.Listener {
    private final SocketSession socket;
    private final String owner;
    private final String id;
    private final RealtimeSocket.Settings settings;
    private final Optional<Baseline> baseline;
    private final LiveMeasurement measurement;
    private final long most;
    private long nextSequence;
    private long unreadable;
    private long toldDrops;
    private @Nullable Instant toldRateAt;

    Live(SocketSession socket, Identity identity, RealtimeSocket.Settings asked) {
      this.socket = socket;
      this.owner = identity.account();
      var mode = Words.mode(asked.mode());
      var region = Words.region(asked.region());
      var pip = Words.pip(asked.pipSettings());
      Number fps = granted(asked.fps(), identity);
      String baselineId = asked.baselineId();
      baseline =
          baselineId == null || baselineId.isEmpty()
              ? baselines.current(owner)
              : Optional.of(baselines.find(owner, baselineId));
      measuring.requireFor(mode, region);
      int rate = (int) Math.ceil(fps.doubleValue());
      id =
          sessions
              .start(
                  owner,
                  new FieldSession.Settings(mode, region, rate, baseline.map(Baseline::id), pip))
              .id();
      settings =
          new RealtimeSocket.Settings(
              Words.word(mode),
              Words.word(region),
              fps,
              baselineId == null || baselineId.isEmpty() ? null : baselineId,
              asked.pipSettings());
      most = allowed(identity);
      Measuring.Session frames = measuring.session(mode, region);
      measurement =
          new LiveMeasurement(
              LiveMeasurement.Settings.of((int) Math.min(MOST_MEASURED, Math.ceil(most * LEEWAY))),
              frames::next,
              this,
              measuring.sessions(),
              clock);
    }

    /** The rate that was asked for, or what the tier has when that is less. */
    private Number granted(@Nullable Number asked, Identity identity) {
      Number fps = asked == null ? USUAL_RATE : asked;
      Failure.requireInRange(
          "fps", "Frame rate", fps.doubleValue(), 1, Tiers.MOST_FRAMES_PER_SECOND, "");
      long most = allowed(identity);
      return fps.doubleValue() > most ? (Number) most : fps;
    }

    private long allowed(Identity identity) {
      return (long) Tiers.framesPerSecond(identity) * limitFactor;
    }

    RealtimeSocket.SessionStarted started() {
      return new RealtimeSocket.SessionStarted(
          id,
          settings,
          baseline
              .map(
                  usual ->
                      new RealtimeSocket.BaselineName(usual.id(), usual.name().orElse(usual.id())))
              .orElse(null));
    }

    void frame(RealtimeSocket.Picture picture) {
      Long given = picture.sequenceNumber();
      long sequence = given == null ? nextSequence : given;
      nextSequence = sequence + 1;
      byte[] bytes;
      Instant at;
      try {
        at = instant(picture.timestamp());
        bytes = bytes(picture.imageData());
      } catch (Failure failure) {
        unreadable++;
        tell(sequence, failure);
        return;
      }
      LiveMeasurement.Answer answer =
          measurement.offer(new LiveMeasurement.Incoming(sequence, at, bytes));
      if (answer == LiveMeasurement.Answer.OVER_RATE) {
        tellRate();
      }
    }

    /** Once a second at most: a client that sends too fast should not be sent as much back. */
    private void tellRate() {
      Instant now = clock.instant();
      Instant before = toldRateAt;
      if (before == null || Duration.between(before, now).toMillis() >= 1_000) {
        toldRateAt = now;
        socket.send(
            new RealtimeSocket.Problem(
                "RATE_LIMIT_EXCEEDED",
                "This tier has at most " + most + " frames a second; others are dropped",
                "warning",
                true));
      }
    }

    private void tell(long sequence, Failure failure) {
      socket.send(
          new RealtimeSocket.Problem(
              failure.reason() == Failure.Reason.FAILED
                      && failure.subject().equals(BiofieldDialect.ANALYSIS)
                  ? "ANALYSIS_FAILED"
                  : "PROCESSING_ERROR",
              "Failed to process frame " + sequence + ": " + BiofieldDialect.text(failure),
              "warning",
              true));
    }

    @Override
    public void measured(LiveMeasurement.Incoming frame, Analysis analysis) {
      sessions
          .append(id, frame.sequence(), frame.capturedAt(), analysis)
          .exceptionally(
              problem -> {
                LOG.warn("{}: a frame was not stored: {}", id, problem.toString());
                return null;
              });
      long dropped = measurement.counts().notMeasured();
      socket.send(
          new RealtimeSocket.Metrics(
              new RealtimeSocket.Measured(
                  millis(frame.capturedAt()),
                  frame.sequence(),
                  "frame_" + frame.sequence(),
                  Words.flat(analysis.metrics()),
                  Words.scores(analysis.scores()),
                  baseline
                      .map(usual -> Words.comparison(Comparison.of(usual, analysis)))
                      .orElse(null),
                  dropped == 0 ? null : dropped)));
      keepDrops(dropped);
      AnalysisApi.Nonlinear nonlinear = Words.nonlinear(analysis.metrics().nonlinear());
      watchers.tell(
          owner,
          id,
          new MetricsSocket.Metrics(
              nonlinear.fractalDimension(),
              nonlinear.hurstExponent(),
              nonlinear.lyapunovExponent(),
              nonlinear.dfaAlpha(),
              nonlinear.sampleEntropy(),
              nonlinear.correlationDimension(),
              id,
              millis(frame.capturedAt()),
              frame.sequence()));
    }

    @Override
    public void problem(LiveMeasurement.Incoming frame, Failure failure) {
      tell(frame.sequence(), failure);
    }

    private synchronized void keepDrops(long dropped) {
      if (dropped > toldDrops) {
        sessions.drop(id, dropped - toldDrops);
        toldDrops = dropped;
      }
    }

    RealtimeSocket.SessionEnded end() {
      drain();
      sessions.end(owner, id);
      FieldSession.Summary summary = sessions.summary(owner, id);
      LiveMeasurement.Counts counts = measurement.counts();
      return new RealtimeSocket.SessionEnded(
          id,
          new RealtimeSocket.Summary(
              Words.seconds(summary.duration()),
              summary.frameCount(),
              Words.scores(means(summary)),
              trends(summary),
              counts.offered() + unreadable,
              counts.notMeasured(),
              counts.problems() + unreadable));
    }

    void abandon() {
      drain();
      try {
        sessions.abandon(owner, id);
      } catch (Failure failure) {
        LOG.warn("{} could not be ended: {}", id, failure.getMessage());
      }
    }

    private void drain() {
      try {
        if (!measurement.drain(PATIENCE)) {
          LOG.warn("{}: frames still waited after {} s and were dropped", id, PATIENCE.toSeconds());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      keepDrops(measurement.counts().notMeasured());
    }

    private Instant instant(@Nullable Number millis) {
      if (millis == null) {
        return clock.instant();
      }
      double value = millis.doubleValue();
      if (!(Math.abs(value) <= LATEST_MILLIS)) {
        throw Failure.outOfRange(
            "timestamp", "Timestamp", value, -LATEST_MILLIS, LATEST_MILLIS, "ms");
      }
      try {
        long whole = (long) Math.floor(value);
        return Instant.ofEpochMilli(whole)
            .plusNanos(Math.round((value - whole) * (double) NANOS_A_MILLI));
      } catch (DateTimeException e) {
        throw Failure.invalid("timestamp", value, "The timestamp is no time").causedBy(e);
      }
    }
  }

  /** The client's own time as it came: whole when it was. */
  private static Number millis(Instant at) {
    long whole = at.toEpochMilli();
    long rest = at.getNano() % NANOS_A_MILLI;
    return rest == 0 ? (Number) whole : (Number) (whole + rest / (double) NANOS_A_MILLI);
  }

  private static byte[] bytes(String imageData) {
    if (imageData.startsWith("data:")) {
      return Pictures.fromDataUrl(imageData, Pictures.Limits.DEFAULT);
    }
    try {
      return Base64.getDecoder().decode(imageData);
    } catch (IllegalArgumentException e) {
      throw Failure.of(
              Failure.Reason.INVALID,
              BiofieldDialect.IMAGE,
              "Invalid image data: neither a data URL nor base64")
          .causedBy(e);
    }
  }

  private static Map<String, Double> means(FieldSession.Summary summary) {
    Map<String, Double> means = new LinkedHashMap<>();
    summary.scores().forEach((name, course) -> means.put(name, course.mean()));
    return means;
  }

  private static RealtimeSocket.Trends trends(FieldSession.Summary summary) {
    return new RealtimeSocket.Trends(
        trend(summary, "energy"),
        trend(summary, "coherence"),
        trend(summary, "regulation"),
        trend(summary, "symmetry"),
        trend(summary, "complexity"),
        trend(summary, "colorBalance"));
  }

  /** A score that was never defined did not move. */
  private static String trend(FieldSession.Summary summary, String score) {
    FieldSession.Course course = summary.scores().get(score);
    return course == null ? "stable" : Words.word(course.trend().direction());
  }
}
