package dev.spanda.server.outbound.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.core.Failure;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.publish.Connections;
import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import dev.spanda.server.outbound.Fetcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire to each platform, and what its answers mean. */
class PlatformsTest {

  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final byte[] MEDIA = new byte[2_500];

  private final SettableClock clock = SettableClock.at(START);
  private final Deque<FakeSites.Fault> faults = new ArrayDeque<>();
  private FakeSites fake;
  private Sites sites;
  private Store store;
  private Fetcher fetcher;
  private Connections connections;
  private YoutubeSignIn signIn;

  @BeforeEach
  void open() throws IOException {
    new Random(1).nextBytes(MEDIA);
    fake =
        new FakeSites(
            clock, seen -> Objects.requireNonNullElse(faults.poll(), FakeSites.Fault.NONE));
    sites = Sites.on(fake.base());
    store = Store.open(StoreLocation.memory());
    fetcher = new Fetcher(Set.of("127.0.0.1"), null);
    connections = new Connections(store, clock, Seals.PLAIN);
    signIn =
        new YoutubeSignIn(
            fetcher,
            sites,
            store,
            clock,
            connections,
            Seals.PLAIN,
            new YoutubeSignIn.Application("app", "secret", "http://localhost:8500/callback"),
            false);
  }

  @AfterEach
  void close() {
    fetcher.close();
    fake.close();
    store.close();
  }

  private Platform platform(String name) {
    return Platforms.of(fetcher, sites, signIn, clock, ExactlyOnceTrial.SMALL).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Connections.Account connect(String platform, String account, String token) {
    return connections.connect(
        "org",
        platform,
        account,
        "",
        false,
        new Connections.Tokens(token, "refresh", Optional.empty()));
  }

  private static Publication.Plan plan(
      String platform, Publication.Kind kind, Optional<Instant> when) {
    return new Publication.Plan(
        platform,
        kind,
        "https://example.com/media",
        platform.equals("youtube") ? "A title" : "",
        "Text (with brackets)",
        List.of("tag"),
        Publication.Privacy.PUBLIC,
        when,
        Publication.Extras.NONE);
  }

  private static Platform.Content content(String type) {
    return new Platform.Content() {
      @Override
      public String type() {
        return type;
      }

      @Override
      public long size() {
        return MEDIA.length;
      }

      @Override
      public InputStream open(long offset, long length) {
        return new ByteArrayInputStream(
            MEDIA, (int) offset, (int) Math.min(length, MEDIA.length - offset));
      }
    };
  }

  private static Platform.Work work(
      Connections.Account account,
      Publication.Plan plan,
      String type,
      Map<String, String> notes,
      boolean resumed) {
    return new Platform.Work(
        "pub_marker",
        plan,
        account,
        notes,
        content(type),
        Optional.empty(),
        resumed,
        Optional.empty());
  }

  /** Takes steps until it has appeared; polls do not wait. */
  private Platform.Step.Appeared publish(
      Platform platform, Connections.Account account, Publication.Plan plan, String type) {
    Map<String, String> notes = Map.of();
    for (int steps = 0; ; steps++) {
      assertThat(steps).isLessThan(50);
      Platform.Step step = platform.next(work(account, plan, type, notes, false));
      if (step instanceof Platform.Step.Appeared appeared) {
        return appeared;
      }
      notes =
          step instanceof Platform.Step.Taken taken
              ? taken.notes()
              : ((Platform.Step.Waits) step).notes();
    }
  }

  private static void assertFails(Failure.Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  private List<String> ranges() {
    List<String> ranges = new ArrayList<>();
    for (FakeSites.Seen seen : fake.requests) {
      if (seen.headers().containsKey("content-range")) {
        ranges.add(seen.headers().get("content-range"));
      }
    }
    return ranges;
  }

  @Test
  void youtubeGoesOnWhereTheSessionSaysItIs() {
    Platform youtube = platform("youtube");
    Connections.Account account = connect("youtube", "UC1", "token");
    Publication.Plan plan = plan("youtube", Publication.Kind.VIDEO, Optional.empty());
    // The first chunk arrives half, which the answer says.
    faults.add(FakeSites.Fault.NONE);
    faults.add(FakeSites.Fault.SHORT);
    Platform.Step.Appeared appeared = publish(youtube, account, plan, "video/mp4");
    assertThat(ranges())
        .containsExactly("bytes 0-999/2500", "bytes 500-1499/2500", "bytes 1500-2499/2500");
    assertThat(fake.shown).hasSize(1);
    assertThat(fake.shown.get(0).media()).isEqualTo(MEDIA);
    assertThat(appeared.url()).isEqualTo("https://youtube.com/watch?v=" + appeared.remoteId());
  }

  @Test
  void youtubeAsksTheSessionBeforeItGoesOnAfterABreak() {
    Platform youtube = platform("youtube");
    Connections.Account account = connect("youtube", "UC1", "token");
    Publication.Plan plan = plan("youtube", Publication.Kind.VIDEO, Optional.empty());
    Platform.Step begun = youtube.next(work(account, plan, "video/mp4", Map.of(), true));
    Map<String, String> notes = ((Platform.Step.Taken) begun).notes();
    faults.add(FakeSites.Fault.DROP_WITHIN);
    assertFails(
        Failure.Reason.UNAVAILABLE,
        () -> youtube.next(work(account, plan, "video/mp4", notes, false)));
    Platform.Work resumed = work(account, plan, "video/mp4", notes, true);
    assertThat(youtube.commits(resumed)).isFalse();
    assertThat(youtube.next(resumed))
        .isInstanceOfSatisfying(
            Platform.Step.Taken.class, taken -> assertThat(taken.sentBytes()).isEqualTo(500));
    assertThat(ranges()).containsExactly("bytes 0-999/2500", "bytes */2500");
  }

  @Test
  void youtubeKeepsWhatIsScheduledPrivateUntilThen() {
    Instant when = START.plus(Duration.ofDays(2));
    Publication.Plan plan = plan("youtube", Publication.Kind.VIDEO, Optional.of(when));
    Platform youtube = platform("youtube");
    youtube.check(plan);
    Platform.Step.Appeared appeared =
        publish(youtube, connect("youtube", "UC1", "token"), plan, "video/mp4");
    assertThat(appeared.publishedAt()).hasValue(when);
    JsonNode body = fake.bodies.get("A title");
    assertThat(body.at("/status/privacyStatus").asText()).isEqualTo("private");
    assertThat(body.at("/status/publishAt").asText()).isEqualTo("2026-01-17T10:00:00Z");
  }

  @Test
  void aTokenIsRenewedBeforeItEndsAndWhenItIsRefused() {
    Platform youtube = platform("youtube");
    Publication.Plan plan = plan("youtube", Publication.Kind.VIDEO, Optional.empty());
    Connections.Account account =
        connections.connect(
            "org",
            "youtube",
            "UC1",
            "",
            false,
            new Connections.Tokens("old", "refresh", Optional.of(START.plusSeconds(30))));
    assertThat(publish(youtube, account, plan, "video/mp4").remoteId()).isNotEmpty();
    String renewed = connections.require("org", "youtube").tokens().access();
    assertThat(renewed).startsWith("token-");
    assertThat(connections.require("org", "youtube").tokens().refresh()).isEqualTo("refresh");
    fake.token = "revoked meanwhile";
    assertFails(
        Failure.Reason.RATE_LIMITED,
        () -> youtube.next(work(account, plan, "video/mp4", Map.of(), false)));
    assertThat(connections.require("org", "youtube").tokens().access()).isNotEqualTo(renewed);
    assertThat(youtube.next(work(account, plan, "video/mp4", Map.of(), false)))
        .isInstanceOf(Platform.Step.Taken.class);
    fake.token = "revoked again";
    fake.refresh = "withdrawn";
    assertFails(
        Failure.Reason.UNAUTHENTICATED,
        () -> youtube.next(work(account, plan, "video/mp4", Map.of(), false)));
  }

  @Test
  void aStateEndsAfterTenMinutes() {
    YoutubeSignIn.Invitation invitation = signIn.invite("org");
    clock.advance(Duration.ofMinutes(11));
    assertFails(
        Failure.Reason.INVALID, () -> signIn.accept("org", "good-code", invitation.state()));
    YoutubeSignIn.Invitation second = signIn.invite("org");
    String query = URI.create(second.url()).getQuery();
    fake.challenge = query.replaceAll(".*code_challenge=([^&]+).*", "$1");
    assertThat(signIn.accept("org", "good-code", second.state()).account()).isEqualTo("UC1");
  }

  @Test
  void withoutAnApplicationASignInSaysWhatToSet() {
    YoutubeSignIn none =
        new YoutubeSignIn(fetcher, sites, store, clock, connections, Seals.PLAIN, null, false);
    assertThatThrownBy(() -> none.invite("org")).hasMessageContaining("SPANDA_YOUTUBE_CLIENT_ID");
  }

  @Test
  void tiktokCutsAsItsGuideSays() {
    TiktokPlatform tiktok =
        new TiktokPlatform(fetcher, sites, TiktokPlatform.WHOLE, TiktokPlatform.CHUNK);
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      long size = 1 + (long) (random.nextDouble() * 4e9);
      long chunk = tiktok.chunkOf(size);
      long count = tiktok.chunksOf(size);
      long last = size - (count - 1) * chunk;
      assertThat(count).isEqualTo(size / chunk).isBetween(1L, 1_000L);
      assertThat(last).isBetween(chunk, 128_000_000L);
      if (size >= 5_000_000) {
        assertThat(chunk).isBetween(5_000_000L, 64_000_000L);
      } else {
        assertThat(chunk).isEqualTo(size);
      }
    }
    Platform.Step.Appeared appeared =
        publish(
            platform("tiktok"),
            connect("tiktok", "me", "token"),
            plan("tiktok", Publication.Kind.VIDEO, Optional.empty()),
            "video/mp4");
    assertThat(ranges()).containsExactly("bytes 0-999/2500", "bytes 1000-2499/2500");
    JsonNode source = fake.bodies.get("Text (with brackets) #tag").path("source_info");
    assertThat(source.path("total_chunk_count").asInt()).isEqualTo(2);
    assertThat(source.path("chunk_size").asInt()).isEqualTo(1_000);
    assertThat(appeared.url()).isEqualTo("https://www.tiktok.com/video/" + appeared.remoteId());
  }

  @Test
  void linkedinGetsItsTextEscapedAndItsPartsInOrder() {
    Platform.Step.Appeared appeared =
        publish(
            platform("linkedin"),
            connect("linkedin", "urn:li:organization:1", "token"),
            plan("linkedin", Publication.Kind.POST, Optional.empty()),
            "video/mp4");
    assertThat(fake.shown.get(0).media()).isEqualTo(MEDIA);
    String text = "Text \\(with brackets\\) {hashtag|\\#|tag}";
    JsonNode body = fake.bodies.get(text);
    assertThat(body.path("author").asText()).isEqualTo("urn:li:organization:1");
    assertThat(body.path("lifecycleState").asText()).isEqualTo("PUBLISHED");
    assertThat(appeared.url())
        .isEqualTo("https://www.linkedin.com/feed/update/" + appeared.remoteId());
  }

  @Test
  void instagramReadsAPictureItselfAndTakesAVideoFromUs() {
    Platform instagram = platform("instagram");
    Connections.Account account = connect("instagram", "ig1", "token");
    Publication.Plan picture = plan("instagram", Publication.Kind.POST, Optional.empty());
    instagram.check(picture, content("image/jpeg"));
    publish(instagram, account, picture, "image/jpeg");
    assertThat(new String(fake.shown.get(0).media(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("https://example.com/media");
    publish(
        instagram,
        account,
        plan("instagram", Publication.Kind.STORY, Optional.empty()),
        "video/mp4");
    assertThat(fake.shown.get(1).media()).isEqualTo(MEDIA);
    assertFails(
        Failure.Reason.UNSUPPORTED,
        () ->
            instagram.check(
                plan("instagram", Publication.Kind.REEL, Optional.empty()), content("image/jpeg")));
  }

  @Test
  void anAnswerTellsWhetherAStepWasTaken() {
    Platform facebook = platform("facebook");
    Publication.Plan plan = plan("facebook", Publication.Kind.REEL, Optional.empty());
    Connections.Account account = connect("facebook", "page1", "token");
    Platform.Work work = work(account, plan, "video/mp4", Map.of(), false);
    faults.add(FakeSites.Fault.SERVER_ERROR);
    assertFails(Failure.Reason.UNAVAILABLE, () -> facebook.next(work));
    faults.add(FakeSites.Fault.DROP_BEFORE);
    assertFails(Failure.Reason.UNAVAILABLE, () -> facebook.next(work));
    faults.add(FakeSites.Fault.LIMITED);
    assertThatThrownBy(() -> facebook.next(work))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.RATE_LIMITED);
              assertThat(failure.details()).containsEntry("retry_after", 7L);
            });
    for (String name : List.of("facebook", "instagram", "tiktok")) {
      Connections.Account stale =
          connect(name, name.equals("instagram") ? "ig1" : "page1", "stale");
      assertFails(
          Failure.Reason.UNAUTHENTICATED,
          () ->
              platform(name)
                  .next(
                      work(
                          stale,
                          plan(name, Publication.Kind.REEL, Optional.empty()),
                          "video/mp4",
                          Map.of(),
                          false)));
    }
  }

  @Test
  void whatAPlatformCannotShowIsRefusedByItsField() {
    Instant later = START.plus(Duration.ofDays(1));
    for (String name : List.of("instagram", "tiktok", "facebook", "linkedin")) {
      assertThatThrownBy(
              () -> platform(name).check(plan(name, Publication.Kind.POST, Optional.of(later))))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.subject()).isEqualTo("scheduled_at"));
    }
    assertFails(
        Failure.Reason.UNSUPPORTED,
        () ->
            platform("youtube")
                .check(
                    plan("youtube", Publication.Kind.VIDEO, Optional.empty()),
                    content("image/png")));
  }
}
