package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.media.social.SocialFeed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audience that is made up, for a demo only: some messages and events of several platforms, and
 * a new message every three seconds. All of it says so: the authors' role is {@code demo}, and each
 * text and event carries the word, save the one message that the document shows.
 */
final class DemoFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoFeed.class);
  private static final int EVERY_SECONDS = 3;
  private static final int AT_FIRST = 120;
  private static final Duration REACHES_BACK = Duration.ofDays(6);
  private static final long SEED = 123;

  private static final List<Platform> PLATFORMS = List.of(Platform.values());

  private static final List<String> TEXTS =
      List.of(
          "this stream is awesome! 🎉",
          "what a play LUL",
          "hello everyone from the back row",
          "@streamer_demo which game is next?",
          "that was close PogChamp",
          "the sound is perfect today",
          "first time here, loving it");

  private final SocialFeed feed;
  private final Clock clock;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Future<?> telling;

  DemoFeed(SocialFeed feed, Clock clock, ScheduledExecutorService timer) {
    this.feed = feed;
    this.clock = clock;
    begin();
    telling =
        timer.scheduleWithFixedDelay(this::tell, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void begin() {
    Instant now = clock.instant();
    feed.setCreators(Wavestack.DEMO_ORGANISATION, Set.of("streamer_demo"));
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < AT_FIRST; i++) {
      messages.add(
          message(now.minusMillis((long) (random.nextDouble() * REACHES_BACK.toMillis()))));
    }
    messages.add(
        new Message(
            Platform.DISCORD,
            "msg_123",
            new Message.Channel("123456789", "general"),
            new Message.Author("987654321", "CoolUser", "demo", false),
            "This stream is awesome!",
            now.minusSeconds(60),
            1,
            0,
            false));
    feed.take(Wavestack.DEMO_ORGANISATION, messages).join();
    List<PlatformEvent> events = new ArrayList<>();
    int number = 0;
    for (PlatformEvent.Type type : PlatformEvent.Type.values()) {
      Map<String, Object> data =
          switch (type) {
            case SUBSCRIPTION ->
                Map.of("user", "CoolViewer", "tier", "tier1", "months", 3, "demo", true);
            case RAID -> Map.of("user", "Neighbour", "viewers", 15, "demo", true);
            case CHEER -> Map.of("user", "Generous", "bits", 100, "demo", true);
            case FOLLOW -> Map.of("user", "NewFan", "demo", true);
            case STREAM_START, STREAM_END -> Map.of("channel", "demo", "demo", true);
          };
      events.add(
          new PlatformEvent(
              Platform.TWITCH,
              type == PlatformEvent.Type.SUBSCRIPTION ? "evt_123" : "evt_demo_" + type.word(),
              type,
              data,
              now.minus(Duration.ofHours(1 + number++))));
    }
    feed.record(Wavestack.DEMO_ORGANISATION, events);
  }

  private Message message(Instant at) {
    Platform platform = PLATFORMS.get(random.nextInt(PLATFORMS.size()));
    int user = random.nextInt(8);
    boolean first = random.nextInt(3) == 0;
    return Message.of(
        platform,
        "demo_" + at.toEpochMilli() + "_" + random.nextInt(1_000_000),
        first
            ? new Message.Channel("channel_123", "demo")
            : new Message.Channel("channel_demo", "demo lounge"),
        new Message.Author("user_" + (123 + user), "DemoUser" + (1 + user), "demo", user == 7),
        "[demo] " + TEXTS.get(random.nextInt(TEXTS.size())),
        at);
  }

  private void tell() {
    try {
      CompletableFuture<SocialFeed.Receipt> unused =
          feed.take(Wavestack.DEMO_ORGANISATION, List.of(message(clock.instant())));
    } catch (Failure failure) {
      LOG.debug("The demo's message was not taken", failure);
    }
  }

  @Override
  public void close() {
    telling.cancel(false);
  }
}
