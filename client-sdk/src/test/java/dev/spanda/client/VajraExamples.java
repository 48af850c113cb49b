package dev.spanda.client;

import dev.spanda.client.socket.SocketListener;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.AudioApi.Settings;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.contract.vajra.VajraSocket.FromServer;
import dev.spanda.contract.vajra.VajraSocket.RealtimeData;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The document's client examples, step for step, in Java. They run against any server. */
public final class VajraExamples {

  private static final long PATIENCE_SECONDS = 30;

  private VajraExamples() {}

  /**
   * What the Python example prints.
   *
   * @param audioSpectrum the first five bands of the first broadcast
   */
  public record Python(
      AudioApi.Generated audioGenerated,
      SessionsApi.Started sessionStarted,
      List<Double> audioSpectrum) {}

  /**
   * What the JavaScript example prints.
   *
   * @param audioSpectrum the first five bands of the first broadcast
   */
  public record JavaScript(
      String greeting, AudioApi.Generated audioGenerated, List<Double> audioSpectrum) {}

  /** "Python Client Example": a sound, a session, its start, then the live socket. */
  public static Python python(URI base) {
    try (VajraClient client = VajraClient.connect(base)) {
      AudioApi.Generated generated =
          client
              .audio()
              .generate(
                  Settings.UNCHANGED
                      .withFrequency(136.1)
                      .withDuration(30.0)
                      .withVolume(0.8)
                      .withPrayerBowlMode(true));
      String sessionId =
          client
              .sessions()
              .create(
                  new SessionsApi.Plan("Healing Session", 1800L, "Universal healing", null, null))
              .sessionId();
      SessionsApi.Started started = client.sessions().start(sessionId);
      CompletableFuture<List<Double>> spectrum = new CompletableFuture<>();
      client.socket(
          message -> {
            if (message instanceof RealtimeData data) {
              spectrum.complete(data.audioSpectrum().subList(0, 5));
            }
          });
      return new Python(generated, started, soon(spectrum));
    }
  }

  /** "JavaScript/Node.js Client Example": the live socket, and a sound beside it. */
  public static JavaScript javaScript(URI base) {
    try (VajraClient client = VajraClient.connect(base)) {
      CompletableFuture<String> greeting = new CompletableFuture<>();
      CompletableFuture<List<Double>> spectrum = new CompletableFuture<>();
      client.socket(
          new SocketListener<FromServer>() {
            @Override
            public void onOpen(boolean again) {
              greeting.complete("Connected to Vajra.Stream");
            }

            @Override
            public void onMessage(FromServer message) {
              if (message instanceof RealtimeData data) {
                spectrum.complete(data.audioSpectrum().subList(0, 5));
              }
            }
          });
      CompletableFuture<AudioApi.Generated> generated =
          client.async(
              client.audio(),
              audio ->
                  audio.generate(
                      Settings.UNCHANGED
                          .withFrequency(528.0)
                          .withDuration(30.0)
                          .withVolume(0.8)
                          .withPrayerBowlMode(true)));
      return new JavaScript(soon(greeting), soon(generated), soon(spectrum));
    }
  }

  /** The snippet of the chapter "Connection": the first message after the socket stands. */
  public static FromServer connection(URI base) {
    CompletableFuture<FromServer> received = new CompletableFuture<>();
    try (VajraClient client = VajraClient.connect(base)) {
      client.socket(received::complete);
      return soon(received);
    }
  }

  private static <T> T soon(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
