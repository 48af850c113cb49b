package dev.spanda.server.outbound.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.core.Failure;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Leases;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.publish.Connections;
import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import dev.spanda.server.outbound.Fetcher;
import dev.spanda.server.outbound.platform.trial.FakeSites;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire to each platform, and what its answers mean. */
class PlatformsTest {

  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final byte[] MEDIA = new byte[2_500];
  private static final Map<String, Access.Application> APPLICATIONS =
      Access.applications(
          Map.of(
              "SPANDA_YOUTUBE_CLIENT_ID", "app",
              "SPANDA_YOUTUBE_CLIENT_SECRET", "secret",
              "SPANDA_TIKTOK_CLIENT_ID", "app",
              "SPANDA_TIKTOK_CLIENT_SECRET", "secret",
              "SPANDA_FACEBOOK_CLIENT_ID", "app",
              "SPANDA_FACEBOOK_CLIENT_SECRET", "secret",
              "SPANDA_LINKEDIN_CLIENT_ID", "app",
              "SPANDA_LINKEDIN_CLIENT_SECRET", "secret"));

  private final SettableClock clock = SettableClock.at(START);
  private final Deque<FakeSites.Fault> faults = new ArrayDeque<>();
  private FakeSites fake;
  private Sites sites;
  private Store store;
  private Fetcher fetcher;
  private Connections connections;
  private Access access;
  private YoutubeSignIn signIn;

  @BeforeEach
  void open() throws IOException {
    new Random(1).nextBytes(MEDIA);
    fake =
        new FakeSites(
            clock,
            seen -> Objects.requireNonNullElse(faults.poll(), FakeSites.Fault.NONE),
            FakeSites.Pace.DEFAULT);
    sites = Sites.on(fake.base());
    store = Store.open(StoreLocation.memory());
    fetcher = new Fetcher(Set.of("127.0.0.1"), null);
    connections = new Connections(store, clock, Seals.PLAIN);
    access = access(APPLICATIONS);
    signIn = signIn(access);
  }

  private Access access(Map<String, Access.Application> applications) {
    return new Access(
        fetcher, sites, clock, connections, new Leases(store, clock, "node"), applications);
  }

  private YoutubeSignIn signIn(Access with) {
    return new YoutubeSignIn(
        fetcher,
        sites,
        store,
        clock,
        connections,
        Seals.PLAIN,
        with,
        new YoutubeSignIn.Settings("http://localhost:8500/callback", false));
  }

  @AfterEach
  void close() {
    fetcher.close();
    fake.close();
    store.close();
  }

  private Platform platform(String name) {
    return Platforms.of(fetcher, sites, access, clock, ExactlyOnceTrial.SMALL).stream()
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
    for (FakeSites.Seen seen : fake.requests()) {
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
    assertThat(fake.shown()).hasSize(1);
    assertThat(fake.shown().get(0).media()).isEqualTo(MEDIA);
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
    JsonNode body = fake.body("A title");
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
    // Refused: renewed, and asked again in the same step.
    fake.takeToken("revoked meanwhile");
    assertThat(youtube.next(work(account, plan, "video/mp4", Map.of(), false)))
        .isInstanceOf(Platform.Step.Taken.class);
    assertThat(connections.require("org", "youtube").tokens().access()).isNotEqualTo(renewed);
    fake.takeToken("revoked again");
    fake.takeRefresh("withdrawn");
    assertThatThrownBy(() -> youtube.next(work(account, plan, "video/mp4", Map.of(), false)))
        .hasMessageContaining("connect the account again")
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.UNAUTHENTICATED);
              assertThat(failure.subject()).isEqualTo("account");
            });
  }

  private Connections.Account connect(
      String platform, String token, String refresh, Duration life) {
    String account =
        Map.of(
                "youtube", "UC1",
                "tiktok", "me",
                "facebook", "page1",
                "instagram", "ig1",
                "linkedin", "urn:li:organization:1")
            .get(platform);
    return connections.connect(
        "org",
        platform,
        account,
        "",
        false,
        new Connections.Tokens(token, refresh, Optional.of(clock.instant().plus(life))));
  }

  private static Publication.Plan plan(String platform) {
    Publication.Kind kind =
        switch (platform) {
          case "youtube", "tiktok" -> Publication.Kind.VIDEO;
          case "linkedin" -> Publication.Kind.POST;
          default -> Publication.Kind.REEL;
        };
    return plan(platform, kind, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    // How long a token may still be good when it is renewed, and what is kept to renew it with.
    "tiktok, 300, refresh, refresh-",
    "linkedin, 80000, refresh, refresh",
    "facebook, 500000, refresh, user-",
    "instagram, 500000, '', ''",
  })
  void everyPlatformRenewsBeforeATokenEnds(String name, long seconds, String refresh, String kept) {
    Connections.Account account = connect(name, "token", refresh, Duration.ofSeconds(seconds));
    assertThat(publish(platform(name), account, plan(name), "video/mp4").remoteId()).isNotEmpty();
    Connections.Tokens tokens = connections.require("org", name).tokens();
    assertThat(tokens.access()).startsWith("token-").isEqualTo(fake.token());
    assertThat(tokens.refresh()).startsWith(kept);
    assertThat(tokens.expiresAt().orElseThrow()).isAfter(clock.instant().plusSeconds(3_000));
    long renewals = fake.requests().stream().filter(seen -> seen.path().contains("token")).count();
    // Facebook is asked for the page's token as well.
    assertThat(renewals).isEqualTo(name.equals("facebook") ? 2 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiktok", "linkedin", "facebook"})
  void aRefusedTokenIsRenewedOnceAndThenTheAccountIsToBeConnectedAgain(String name) {
    Connections.Account account = connect(name, "stale", "refresh", Duration.ofDays(30));
    assertThat(publish(platform(name), account, plan(name), "video/mp4").remoteId()).isNotEmpty();
    fake.takeToken("revoked");
    fake.takeRefresh("withdrawn");
    int before = fake.requests().size();
    assertThatThrownBy(
            () -> platform(name).next(work(account, plan(name), "video/mp4", Map.of(), false)))
        .hasMessageContaining("connect the account again")
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.UNAUTHENTICATED));
    assertThat(fake.requests().size() - before).isEqualTo(2);
  }

  @Test
  void aTokenOfInstagramLoginIsExchangedFirstAndRenewedLater() {
    fake.takeToken("IG-short");
    Connections.Account account = connect("instagram", "IG-short", "", Duration.ofHours(1));
    String first = access.token(account);
    assertThat(first).startsWith("IG-token-");
    assertThat(fake.requests().get(0).path()).contains("ig_exchange_token", "client_secret");
    clock.advance(Duration.ofDays(55));
    String second = access.token(account);
    assertThat(second).startsWith("IG-token-").isNotEqualTo(first);
    assertThat(fake.requests().get(1).path())
        .contains("ig_refresh_token")
        .doesNotContain("client_secret");
    publish(platform("instagram"), account, plan("instagram"), "video/mp4");
    assertThat(fake.requests())
        .filteredOn(seen -> seen.path().endsWith("/media_publish"))
        .extracting(FakeSites.Seen::path)
        .containsExactly("/instagram/ig1/media_publish");
  }

  @Test
  void aTokenThatCannotBeRenewedYetIsUsedWhileItIsGoodAndWaitsAfterwards() {
    Connections.Account account = connect("tiktok", "token", "refresh", Duration.ofMinutes(5));
    faults.add(FakeSites.Fault.SERVER_ERROR);
    assertThat(access.token(account)).isEqualTo("token");
    clock.advance(Duration.ofMinutes(6));
    faults.add(FakeSites.Fault.SERVER_ERROR);
    assertFails(Failure.Reason.UNAVAILABLE, () -> access.token(account));
    assertThat(access.token(account)).startsWith("token-");
  }

  @Test
  void whileAnotherNodeRenewsATokenThisOneWaits() {
    Connections.Account account = connect("tiktok", "token", "refresh", Duration.ZERO);
    Leases other = new Leases(store, clock, "other");
    assertThat(other.take("token:tiktok:org", Duration.ofMinutes(1))).isTrue();
    assertFails(Failure.Reason.RATE_LIMITED, () -> access.token(account));
    assertThat(fake.requests()).isEmpty();
    other.giveBack("token:tiktok:org");
    assertThat(access.token(account)).startsWith("token-");
  }

  @Test
  void manyWhoNeedANewTokenAtOnceRenewItOnce() throws Exception {
    Connections.Account account = connect("tiktok", "token", "refresh", Duration.ZERO);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> asks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asks.add(() -> access.token(account));
      }
      Set<String> tokens = new HashSet<>();
      for (Future<String> each : threads.invokeAll(asks)) {
        tokens.add(each.get());
      }
      assertThat(tokens).hasSize(1);
      assertThat(fake.requests()).hasSize(1);
    } finally {
      threads.shutdown();
    }
  }

  private Platform.Step.Appeared publishWithCover(
      String name, Publication.Kind kind, String type, Optional<Duration> frame) {
    Connections.Account account = connect(name, "token", "", Duration.ofDays(300));
    Platform platform = platform(name);
    Map<String, String> notes = Map.of();
    for (int steps = 0; ; steps++) {
      assertThat(steps).isLessThan(50);
      Platform.Work work = work(account, plan(name, kind, Optional.empty()), type, notes, false);
      Platform.Step step =
          platform.next(
              new Platform.Work(
                  work.marker(),
                  work.plan(),
                  account,
                  notes,
                  work.media(),
                  Optional.of(new Platform.Cover(content("image/jpeg"), frame)),
                  false,
                  Optional.empty()));
      if (step instanceof Platform.Step.Appeared appeared) {
        return appeared;
      }
      notes =
          step instanceof Platform.Step.Taken taken
              ? taken.notes()
              : ((Platform.Step.Waits) step).notes();
    }
  }

  @ParameterizedTest
  @CsvSource({"facebook, REEL", "linkedin, POST", "youtube, VIDEO"})
  void aCoverIsSentWhereAPlatformTakesAPicture(String name, Publication.Kind kind) {
    Platform.Step.Appeared appeared =
        publishWithCover(name, kind, "video/mp4", Optional.of(Duration.ofSeconds(1)));
    assertThat(fake.covers()).hasSize(1);
    assertThat(fake.covers().get(0)).isEqualTo(MEDIA);
    assertThat(appeared.note()).isEmpty();
    assertThat(fake.shown()).hasSize(1);
  }

  @Test
  void ofACoverTheMomentOfItsFrameIsSentWhereAPlatformTakesNoPicture() {
    Platform.Step.Appeared video =
        publishWithCover(
            "tiktok", Publication.Kind.VIDEO, "video/mp4", Optional.of(Duration.ofSeconds(1)));
    String text = "Text (with brackets) #tag";
    assertThat(fake.body(text).at("/post_info/video_cover_timestamp_ms").asLong()).isEqualTo(1_000);
    assertThat(video.note()).contains("frame at 1000 ms", "without the words");
    Platform.Step.Appeared reel =
        publishWithCover(
            "instagram", Publication.Kind.REEL, "video/mp4", Optional.of(Duration.ofMillis(1_500)));
    assertThat(fake.body(text).at("/thumb_offset").asText()).isEqualTo("1500");
    assertThat(reel.note()).contains("frame at 1500 ms");
    assertThat(fake.covers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tiktok, VIDEO, video/mp4",
    "instagram, REEL, video/mp4",
    "instagram, STORY, video/mp4",
    "instagram, POST, image/jpeg",
    "facebook, POST, image/jpeg",
    "linkedin, POST, image/jpeg",
  })
  void aCoverThatWasNotUsedIsToldAbout(String name, Publication.Kind kind, String type) {
    assertThat(publishWithCover(name, kind, type, Optional.empty()).note())
        .startsWith("The cover was not used: ");
    assertThat(fake.covers()).isEmpty();
  }

  @Test
  void aStateEndsAfterTenMinutes() {
    YoutubeSignIn.Invitation invitation = signIn.invite("org");
    clock.advance(Duration.ofMinutes(11));
    assertFails(
        Failure.Reason.INVALID, () -> signIn.accept("org", "good-code", invitation.state()));
    YoutubeSignIn.Invitation second = signIn.invite("org");
    String query = URI.create(second.url()).getQuery();
    fake.takeChallenge(query.replaceAll(".*code_challenge=([^&]+).*", "$1"));
    assertThat(signIn.accept("org", "good-code", second.state()).account()).isEqualTo("UC1");
  }

  @Test
  void withoutAnApplicationASignInSaysWhatToSet() {
    YoutubeSignIn none = signIn(access(Map.of()));
    assertThatThrownBy(() -> none.invite("org")).hasMessageContaining("SPANDA_YOUTUBE_CLIENT_ID");
  }

  @Test
  void tiktokCutsAsItsGuideSays() {
    TiktokPlatform tiktok =
        new TiktokPlatform(
            new RemotePlatform.Reach(fetcher, sites, access, Duration.ofSeconds(1)),
            TiktokPlatform.WHOLE,
            TiktokPlatform.CHUNK);
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
    JsonNode source = fake.body("Text (with brackets) #tag").path("source_info");
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
    assertThat(fake.shown().get(0).media()).isEqualTo(MEDIA);
    String text = "Text \\(with brackets\\) {hashtag|\\#|tag}";
    JsonNode body = fake.body(text);
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
    assertThat(new String(fake.shown().get(0).media(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("https://example.com/media");
    publish(
        instagram,
        account,
        plan("instagram", Publication.Kind.STORY, Optional.empty()),
        "video/mp4");
    assertThat(fake.shown().get(1).media()).isEqualTo(MEDIA);
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
    fake.takeRefresh("withdrawn");
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
