package dev.spanda.server.cli;

import dev.spanda.client.WavestackClient;
import dev.spanda.contract.wavestack.AnalyticsApi;
import dev.spanda.contract.wavestack.AutomodApi;
import dev.spanda.contract.wavestack.QueueApi;
import dev.spanda.contract.wavestack.ThumbnailsApi;
import dev.spanda.contract.wavestack.YoutubeApi;
import dev.spanda.core.Failure;
import dev.spanda.core.store.trial.ScratchFolder;
import dev.spanda.media.clip.Clip;
import dev.spanda.media.clip.ClipPlan;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.clip.Cutter;
import dev.spanda.media.clip.Ffmpeg;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chapter of the tour about a creator's day: queue, pictures, audience, clips. */
final class CreatorTour {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private CreatorTour() {}

  /** Walks it against a demo whose mounts are at these addresses. */
  static void walk(PrintWriter screen, Map<String, URI> mounts, Path out)
      throws IOException, InterruptedException {
    screen.println();
    screen.println("WaveStack");
    try (WavestackClient client = WavestackClient.connect(mounts, "your-api-key", "org_123")) {
      QueueApi.Created made =
          client
              .queue()
              .create(
                  QueueApi.NewItem.of(
                      "proj_456", "asset_789", "My Video", List.of("youtube", "instagram")));
      QueueApi.Item item = client.queue().await(made.id(), PATIENCE);
      TourCommand.say(
          screen, "Queue", "%s is %s on %s", item.title(), item.status(), item.platforms());
      YoutubeApi.Upload upload =
          client.youtube().upload(YoutubeApi.Video.of("asset:asset_789", "My Awesome Video"));
      upload = client.youtube().await(upload.uploadId(), PATIENCE);
      TourCommand.say(screen, "Upload", "%s; %s", upload.status(), upload.platformNote());
      thumbnail(screen, client, out.resolve("thumbnail.png"));
      for (String text : List.of("HELLO EVERYONE", "y0u st\u200Bup1d 1d1ot")) {
        AutomodApi.Verdict verdict = client.automod().check(text);
        TourCommand.say(
            screen,
            "Moderation",
            "toxicity %.2f, %s",
            verdict.scores().toxicity(),
            verdict.allowed() ? "allowed" : verdict.action() + ": " + verdict.reason());
      }
      TourCommand.say(
          screen, "Persona", "%s", client.ai().chat("Hey, what should I stream?").response());
      TourCommand.say(
          screen,
          "Audience",
          "%d messages hold \"awesome\"; %s wrote most",
          client.social().search("awesome").total(),
          client.social().leaderboard(null, "messages", 1).leaderboard().get(0).username());
      AnalyticsApi.Overview week = client.analytics().overview("7d");
      TourCommand.say(
          screen,
          "Analytics",
          "%d views in 7 days, most on %s",
          week.metrics().totalViews(),
          week.metrics().topPlatform());
      Path film = out.resolve("film.mp4");
      Files.write(film, client.assets().content("asset_789").bytes());
      clip(screen, film, out.resolve("clip.mp4"));
    }
  }

  private static void thumbnail(PrintWriter screen, WavestackClient client, Path file)
      throws IOException {
    long began = System.nanoTime();
    ThumbnailsApi.Thumbnail thumbnail =
        client.thumbnails().generate(new ThumbnailsApi.Plan("Epic Gaming Moments", "gaming", null));
    double millis = (System.nanoTime() - began) / 1e6;
    String name = thumbnail.url().substring(thumbnail.url().lastIndexOf('/') + 1);
    Files.write(file, client.thumbnails().file(name).bytes());
    TourCommand.say(
        screen,
        "Thumbnail",
        "%s, %d x %d in %.0f ms",
        file,
        thumbnail.dimensions().width(),
        thumbnail.dimensions().height(),
        millis);
  }

  /** Cuts one and a half seconds out of the middle of a film, if this machine can. */
  private static void clip(PrintWriter screen, Path film, Path file)
      throws IOException, InterruptedException {
    try {
      Ffmpeg unused = Ffmpeg.find(Optional.empty());
    } catch (Failure absent) {
      TourCommand.say(screen, "Clip", "needs ffmpeg: %s", Ffmpeg.INSTALL);
      return;
    }
    long began = System.nanoTime();
    Clip clip;
    try (ScratchFolder work = ScratchFolder.named("spanda-clip")) {
      clip =
          new Cutter()
              .cut(
                  ClipSource.of(film),
                  ClipPlan.of(Duration.ofMillis(1_300), Duration.ofMillis(1_500)),
                  file,
                  work.path(),
                  fraction -> {});
    }
    TourCommand.say(
        screen,
        "Clip",
        "%s, %d frames, %d of them encoded again, in %.0f ms",
        file,
        clip.frames(),
        clip.encodedFrames(),
        (System.nanoTime() - began) / 1e6);
  }
}
