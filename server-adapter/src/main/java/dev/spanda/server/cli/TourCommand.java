package dev.spanda.server.cli;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Chart;
import dev.spanda.astrology.Charts;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.event.Passing;
import dev.spanda.astrology.event.RiseSet;
import dev.spanda.astrology.map.AstroMap;
import dev.spanda.astrology.map.ChartDrawing;
import dev.spanda.astrology.map.MapDrawing;
import dev.spanda.astrology.moon.MoonCalendar;
import dev.spanda.astrology.moon.MoonState;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.bowl.BowlSynth;
import dev.spanda.audio.bowl.ToneSettings;
import dev.spanda.audio.file.FlacWriter;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavWriter;
import dev.spanda.audio.spectrum.Spectrogram;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.client.BiofieldClient;
import dev.spanda.client.VajraClient;
import dev.spanda.client.socket.LiveSocket;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.biofield.RealtimeSocket;
import dev.spanda.contract.vajra.AstrologyApi;
import dev.spanda.contract.vajra.AttunementApi;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.AutomationApi;
import dev.spanda.contract.vajra.BlessingsApi;
import dev.spanda.contract.vajra.PopulationsApi;
import dev.spanda.contract.vajra.RadionicsApi;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.contract.vajra.VajraSocket;
import dev.spanda.core.Failure;
import dev.spanda.core.store.trial.ScratchFolder;
import dev.spanda.server.Config;
import dev.spanda.server.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Walks the whole path once: files, sky, server, client, socket, credits, creators, work. */
@Command(
    name = "tour",
    description =
        "Walk the whole path once: render a bowl, draw the sky, start a server, drive it, listen,"
            + " make a logo for credits, publish a video, cut a clip, run a task.",
    mixinStandardHelpOptions = true)
final class TourCommand implements Callable<Integer> {

  private static final int FRAMES_PER_SECOND = 30;
  private static final double FREQUENCY_HZ = 136.1;
  private static final Place LONDON = Place.of(51.5074, -0.1278);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the files go; spanda-tour by default.",
      defaultValue = "spanda-tour")
  private Path out = Path.of("spanda-tour");

  @Option(
      names = "--seconds",
      description = "How long to listen to the socket, 1 to 60; ${DEFAULT-VALUE} by default.",
      defaultValue = "10")
  private int seconds = 10;

  TourCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Failure.requireInRange("seconds", "Seconds", seconds, 1, 60, "");
    // The tour tells what it does itself; a line a request would stand between its lines.
    System.setProperty("org.slf4j.simpleLogger.log.dev.spanda", "warn");
    Files.createDirectories(out);
    PrintWriter screen = spec.commandLine().getOut();
    sound(screen);
    sky(screen);
    long began = System.nanoTime();
    try (ScratchFolder data = ScratchFolder.named("spanda-tour");
        Server server = Server.start(Config.in(data.path()).onFreePorts().asDemo())) {
      URI url = Objects.requireNonNull(server.mounts().get("vajra"));
      say(screen, "Server", "%s, ready after %.0f ms", url, millisSince(began));
      vajra(screen, url);
      biofield(screen, Objects.requireNonNull(server.mounts().get("biofield")));
      CreditsTour.walk(screen, Objects.requireNonNull(server.mounts().get("craudioviz")), out);
      CreatorTour.walk(screen, server.mounts(), out);
      WorkTour.walk(screen, Objects.requireNonNull(server.mounts().get("octospine")));
    }
    screen.println();
    screen.println("Next: ./spanda serve --demo, then open http://127.0.0.1:8008/docs");
    screen.flush();
    return 0;
  }

  private void sound(PrintWriter screen) throws IOException {
    screen.println("Sound");
    BowlSynth bowl =
        BowlSynth.from(ToneSettings.of(FREQUENCY_HZ, Duration.ofSeconds(30)), SampleRate.CD);
    Path wav = out.resolve("bowl.wav");
    long began = System.nanoTime();
    WavWriter.of(WavFormat.PCM16).write(bowl.fork(), wav);
    say(
        screen,
        "Bowl",
        "%s, %d frames in %.0f ms, %d bytes",
        wav,
        bowl.frames(),
        millisSince(began),
        Files.size(wav));
    Path flac = out.resolve("bowl.flac");
    began = System.nanoTime();
    FlacWriter.of(16).write(bowl.fork(), flac);
    say(
        screen,
        "FLAC",
        "%s, %d bytes in %.0f ms, %.0f %% of the WAV",
        flac,
        Files.size(flac),
        millisSince(began),
        100.0 * Files.size(flac) / Files.size(wav));
    Path png = out.resolve("bowl.png");
    Files.write(png, Spectrogram.of(bowl.fork()).withTitle("Bowl 136.1 Hz").png());
    say(screen, "Spectrogram", "%s, %d bytes", png, Files.size(png));
  }

  private void sky(PrintWriter screen) throws IOException {
    screen.println();
    screen.println("Sky");
    Instant now = Clock.systemUTC().instant();
    Chart chart = Charts.standard().at(now, LONDON);
    for (Body body : List.of(Body.SUN, Body.MOON)) {
      Position position = chart.position(body).orElseThrow();
      say(
          screen,
          body.label(),
          "%s, %.6f au, %+.4f° a day",
          SkyTable.zodiac(position.longitudeDeg()).strip(),
          position.distanceAu(),
          position.longitudeSpeedDegPerDay());
    }
    MoonState moon = new MoonCalendar().state(now);
    say(
        screen,
        "Phase",
        "%s, %.0f %% lit, next full %s UTC",
        moon.phase().label(),
        100 * moon.illumination(),
        SkyTable.moment(moon.nextFull()));
    Passing sunrise = new RiseSet().next(RiseSet.Event.RISE, Body.SUN, LONDON, now);
    say(
        screen,
        "Sunrise",
        "%s UTC in London",
        sunrise.time().map(SkyTable::moment).orElse("not within 28 hours"));
    long began = System.nanoTime();
    Path wheel = out.resolve("chart.svg");
    Files.writeString(wheel, ChartDrawing.svg(chart));
    say(screen, "Chart", "%s, %d bytes", wheel, Files.size(wheel));
    Path map = out.resolve("map.svg");
    Files.writeString(map, MapDrawing.svg(AstroMap.at(now, Body.planets()), LONDON));
    say(
        screen,
        "Map",
        "%s, %d bytes; both drawn in %.0f ms",
        map,
        Files.size(map),
        millisSince(began));
  }

  private void vajra(PrintWriter screen, URI url) throws IOException, InterruptedException {
    screen.println();
    screen.println("Vajra.Stream");
    try (VajraClient client = VajraClient.connect(url)) {
      AudioApi.Generated generated =
          client
              .audio()
              .generate(AudioApi.Settings.UNCHANGED.withFrequency(FREQUENCY_HZ).withDuration(30));
      say(screen, "Generate", "%s: %d samples", generated.message(), generated.samples());
      AudioApi.Playback playback = client.audio().play(new AudioApi.PlayRequest(2, null));
      say(
          screen,
          "Play",
          "%s for %.0f s on the virtual output",
          playback.message(),
          playback.audioDuration());
      SessionsApi.Created session =
          client
              .sessions()
              .create(
                  new SessionsApi.Plan(
                      "Tour", 1800L, "A look around", FREQUENCY_HZ, List.of("audio")));
      client.sessions().start(session.sessionId());
      say(screen, "Session", "%s runs for %d s", session.sessionId(), session.duration());
      String bits =
          client
              .attunements()
              .create(new AttunementApi.Plan("A look around", 600L, "system", null, null))
              .sessionId();
      listen(screen, client, session.sessionId());
      SessionsApi.Stopped stopped = client.sessions().stop(session.sessionId());
      say(screen, "Session", "stopped after %d s", stopped.durationActual());
      AstrologyApi.PlanetaryHours hours =
          client.astrology().planetaryHours("51.5074,-0.1278", null);
      say(
          screen,
          "Hour",
          "of %s until %s, then %s",
          hours.currentHour().planet(),
          SkyTable.moment(hours.currentHour().end()),
          hours.nextHours().get(0).planet());
      Path download = out.resolve("download.flac");
      Files.write(download, client.audio().download("flac", 16).bytes());
      say(screen, "Download", "%s, %d bytes", download, Files.size(download));
      practice(screen, client, bits);
    }
  }

  private static void practice(PrintWriter screen, VajraClient client, String bits) {
    screen.println();
    screen.println("Practice");
    RadionicsApi.Calculated rate =
        client
            .radionics()
            .calculateRate(new RadionicsApi.RateRequest("A look around", null, null, null));
    say(
        screen,
        "Rate",
        "%.1f by %s, dials %s, balanced by %.1f",
        rate.rate(),
        rate.method(),
        rate.dials(),
        rate.balancingRate());
    RadionicsApi.Rates calm = client.radionics().rates(null, "calm", 1, null);
    say(
        screen,
        "Book",
        "%d rates for \"calm\", first %s at %.1f",
        calm.count(),
        calm.rates().get(0).name(),
        calm.rates().get(0).rate());
    BlessingsApi.Narrative blessing =
        client
            .blessings()
            .generateNarrative(
                new BlessingsApi.NarrativeRequest(
                    "peace", null, "simple", "short", null, 108L, null));
    say(screen, "Blessing", "%s", blessing.narrative().lines().findFirst().orElse(""));
    AttunementApi.Answer reading = client.attunements().stop(bits);
    say(
        screen,
        "Bits",
        "%d, deviation %+.4f, p %.3f: %s",
        reading.reading().samplesAnalyzed(),
        reading.reading().deviationFromExpected(),
        reading.reading().pValue(),
        reading.reading().significance().replace('_', ' '));
    String population =
        client
            .populations()
            .create(new PopulationsApi.Plan("Everyone on this tour", "", 1L, null, "peace"))
            .populationId();
    RadionicsApi.BroadcastStarted broadcast =
        client
            .radionics()
            .broadcast(new RadionicsApi.BroadcastRequest(null, 60L, "peace", 2, population));
    say(
        screen,
        "Broadcast",
        "rate %.1f, carrier %.1f Hz, %d active for %s",
        broadcast.rate(),
        broadcast.carrierFrequency(),
        client.populations().get(population).population().activeBlessings(),
        "Everyone on this tour");
    client.radionics().stopBroadcast(broadcast.broadcastId());
    AutomationApi.Created workflow =
        client
            .automations()
            .create(
                new AutomationApi.Plan(
                    "Morning",
                    "0 6 * * *",
                    List.of(
                        new AutomationApi.Action(
                            "broadcast_blessing", Map.of("population_id", population))),
                    "Europe/London",
                    null,
                    null));
    say(screen, "Workflow", "next run %s UTC", SkyTable.moment(workflow.nextRun()));
  }

  private void biofield(PrintWriter screen, URI url) throws IOException {
    screen.println();
    screen.println("Biofield");
    byte[] picture = Pictures.jpeg(glow(640, 480, 0), 0.85);
    Path file = Files.write(out.resolve("picture.jpg"), picture);
    try (BiofieldClient client =
        BiofieldClient.login(url, "user@example.com", "secure_password", "your_client_id")) {
      AnalysisApi.Analysis analysis = client.analyzeImage(file);
      AnalysisApi.Scores scores = analysis.scores();
      say(
          screen,
          "Analysis",
          "%s: energy %s, symmetry %s, coherence %s, complexity %s",
          analysis.id(),
          shown(scores.energy()),
          shown(scores.symmetry()),
          shown(scores.coherence()),
          shown(scores.complexity()));
      int frames = 2 * FRAMES_PER_SECOND;
      List<byte[]> pictures = new ArrayList<>();
      for (int i = 0; i < frames; i++) {
        pictures.add(Pictures.jpeg(glow(640, 480, i), 0.85));
      }
      AtomicInteger measured = new AtomicInteger();
      RealtimeSocket.Summary summary =
          client.streamAnalysis(
              pictures.iterator(),
              RealtimeSocket.Settings.of(AnalysisApi.FULL_BODY, FRAMES_PER_SECOND),
              frame -> measured.incrementAndGet());
      say(
          screen,
          "Session",
          "%d frames sent, %d measured, %d dropped; energy is %s",
          frames,
          measured.get(),
          Objects.requireNonNullElse(summary.framesDropped(), 0L),
          Objects.requireNonNullElse(summary.trends().energy(), "not defined"));
      Path report = out.resolve("analysis.pdf");
      client.exportAnalysis(analysis.id(), "pdf", true, report);
      say(screen, "Report", "%s, %d bytes", report, Files.size(report));
    }
  }

  private static String shown(@Nullable Double score) {
    return score == null ? "not defined" : String.format(Locale.ROOT, "%.1f", score);
  }

  /** A warm disc on a cool ground that wanders a little with the number. */
  private static Frame glow(int width, int height, int number) {
    int[] pixels = new int[width * height];
    double centerX = width / 2.0 + 40 * Math.sin(number / 10.0);
    double centerY = height / 2.0;
    for (int i = 0; i < pixels.length; i++) {
      double x = i % width - centerX;
      double y = i / width - centerY;
      double light = Math.exp(-(x * x + 1.4 * y * y) / (0.08 * width * height));
      int red = (int) (40 + 200 * light);
      int green = (int) (30 + 150 * light * light);
      int blue = (int) (90 - 40 * light + 20 * Math.sin(i / 97.0));
      pixels[i] = red << 16 | green << 8 | blue;
    }
    return Frame.wrap(width, height, pixels);
  }

  private void listen(PrintWriter screen, VajraClient client, String sessionId)
      throws InterruptedException {
    Listener listener = new Listener();
    try (LiveSocket<?, ?> socket = client.socket(listener);
        ProgressBar bar = new ProgressBar("listening")) {
      CountDownLatch never = new CountDownLatch(1);
      int steps = seconds * 10;
      for (int step = 0; step < steps && !socket.isClosed(); step++) {
        bar.at((double) step / steps);
        never.await(100, TimeUnit.MILLISECONDS);
      }
    }
    VajraSocket.RealtimeData last = listener.last.get();
    if (last == null) {
      say(screen, "Socket", "no broadcast in %d s", seconds);
      return;
    }
    VajraSocket.LiveSession live = last.sessions().get(sessionId);
    say(
        screen,
        "Socket",
        "%d broadcasts in %d s, strongest band %d of %d, session at %s s, processor %.1f %%",
        listener.broadcasts.get(),
        seconds,
        strongest(last.audioSpectrum()),
        last.audioSpectrum().size(),
        live == null ? "–" : Long.toString(live.elapsed()),
        last.systemStatus().cpuUsage());
  }

  private static int strongest(List<Double> bands) {
    int best = 0;
    for (int band = 1; band < bands.size(); band++) {
      if (bands.get(band) > bands.get(best)) {
        best = band;
      }
    }
    return best;
  }

  /** A line of the tour: what it is about, then how it went. */
  static void say(PrintWriter screen, String what, String how, @Nullable Object... values) {
    screen.printf(Locale.ROOT, "  %-12s %s%n", what, String.format(Locale.ROOT, how, values));
    screen.flush();
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  /** Counts the broadcasts and keeps the newest. */
  private static final class Listener implements SocketListener<VajraSocket.FromServer> {
    private final AtomicInteger broadcasts = new AtomicInteger();
    private final AtomicReference<VajraSocket.@Nullable RealtimeData> last =
        new AtomicReference<>();

    @Override
    public void onMessage(VajraSocket.FromServer message) {
      if (message instanceof VajraSocket.RealtimeData data) {
        broadcasts.incrementAndGet();
        last.set(data);
      }
    }
  }
}
