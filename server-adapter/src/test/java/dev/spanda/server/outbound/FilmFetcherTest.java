package dev.spanda.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.media.clip.Clip;
import dev.spanda.media.clip.ClipPlan;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.clip.Cutter;
import dev.spanda.server.DrawnFilm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmFetcherTest {

  private static final long MOST = 50L << 20;

  @TempDir Path folder;

  private final MockWebServer server = new MockWebServer();
  private final List<Fetcher> fetchers = new ArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private volatile byte[] film = new byte[0];
  private volatile boolean knowsRanges = true;
  private volatile String tag = "\"one\"";

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    server.start(InetAddress.getByName("127.0.0.1"), 0);
  }

  @AfterEach
  void stop() {
    fetchers.forEach(Fetcher::close);
    server.close();
  }

  private MockResponse answer(RecordedRequest request) {
    String path = request.getUrl().encodedPath();
    if (path.equals("/away")) {
      return new MockResponse.Builder()
          .code(302)
          .addHeader("Location", "http://127.0.0.2:" + server.getPort() + "/film.mp4")
          .build();
    }
    if (path.equals("/file")) {
      return new MockResponse.Builder()
          .code(302)
          .addHeader("Location", "file:///etc/passwd")
          .build();
    }
    String range = request.getHeaders().get("Range");
    if (!knowsRanges || range == null) {
      sent.addAndGet(film.length);
      return new MockResponse.Builder().body(new Buffer().write(film)).build();
    }
    ranges.add(range);
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    int from = Integer.parseInt(ends[0]);
    int to = (int) Math.min(Long.parseLong(ends[1]) + 1, film.length);
    sent.addAndGet(to - from);
    return new MockResponse.Builder()
        .code(206)
        .addHeader("ETag", tag)
        .addHeader("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + film.length)
        .body(new Buffer().write(film, from, to - from))
        .build();
  }

  private FilmFetcher opener(String... allowed) {
    Fetcher fetcher = new Fetcher(Set.of(allowed), null);
    fetchers.add(fetcher);
    return new FilmFetcher(fetcher, ClipSource.local(List.of()), MOST, Duration.ofSeconds(20));
  }

  private FilmFetcher open() {
    return opener("127.0.0.1:" + server.getPort());
  }

  private String here(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  private void refuses(FilmFetcher opener, String name, Failure.Reason... reasons) {
    assertThatThrownBy(() -> Objects.requireNonNull(opener.open(name, folder)).close())
        .as(name)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).as(failure.getMessage()).isIn((Object[]) reasons);
              assertThat(failure.subject()).isEqualTo("source");
            });
  }

  @Test
  void onlyThePartsThatAreReadAreFetched() throws Exception {
    film = new byte[1 << 20];
    new Random(5).nextBytes(film);
    try (ClipSource source = open().open(here("/film.mp4"), folder)) {
      assertThat(source.sizeBytes()).isEqualTo(film.length);
      assertThat(source.file()).isEmpty();
      ByteArrayOutputStream part = new ByteArrayOutputStream();
      source.read(500_000, 1_000, Channels.newChannel(part));
      assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(film, 500_000, 501_000));
    }
    assertThat(ranges).containsExactly("bytes=0-65535", "bytes=500000-500999");
    assertThat(sent).hasValue(65_536 + 1_000);
  }

  @Test
  void aServerThatKnowsNoPartsIsReadOnce() throws Exception {
    film = new byte[300_000];
    new Random(6).nextBytes(film);
    knowsRanges = false;
    try (ClipSource source = open().open(here("/film.mp4"), folder)) {
      assertThat(Files.readAllBytes(source.file().orElseThrow())).isEqualTo(film);
    }
    assertThat(sent).hasValue(film.length);
  }

  @Test
  void aFilmThatChangesMeanwhileIsRefused() throws Exception {
    film = new byte[1 << 20];
    try (ClipSource source = open().open(here("/film.mp4"), folder)) {
      tag = "\"two\"";
      assertThatThrownBy(() -> source.read(9, 9, Channels.newChannel(new ByteArrayOutputStream())))
          .hasMessageContaining("changed");
    }
  }

  @Test
  void aFilmWithoutEndIsTooLarge() {
    film = new byte[300_000];
    knowsRanges = false;
    Fetcher fetcher = new Fetcher(Set.of("127.0.0.1:" + server.getPort()), null);
    fetchers.add(fetcher);
    refuses(
        new FilmFetcher(fetcher, ClipSource.local(List.of()), 200_000, Duration.ofSeconds(20)),
        here("/film.mp4"),
        Failure.Reason.TOO_LARGE);
  }

  @Test
  void thisMachineIsNotASource() {
    film = new byte[100_000];
    for (String host :
        List.of("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433")) {
      refuses(
          opener(),
          "http://" + host + ":" + server.getPort() + "/film.mp4",
          Failure.Reason.FORBIDDEN,
          Failure.Reason.INVALID,
          Failure.Reason.UNAVAILABLE);
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aRedirectToThisMachineIsNotFollowed() {
    film = new byte[100_000];
    refuses(open(), here("/away"), Failure.Reason.FORBIDDEN);
    assertThat(ranges).isEmpty();
    refuses(open(), here("/file"), Failure.Reason.FORBIDDEN);
  }

  @Test
  void aNameThatIsReboundToThisMachineIsNotReached() throws IOException {
    film = new byte[100_000];
    int[] asked = {0};
    // The first answer is public, every later one is this machine.
    Fetcher fetcher =
        new Fetcher(
            Set.of(),
            null,
            name ->
                List.of(
                    asked[0]++ == 0
                        ? InetAddress.getByName("203.0.113.7")
                        : InetAddress.getByName("127.0.0.1")));
    fetchers.add(fetcher);
    FilmFetcher opener =
        new FilmFetcher(fetcher, ClipSource.local(List.of()), MOST, Duration.ofMillis(400));
    String name = "http://films.example:" + server.getPort() + "/film.mp4";
    for (int i = 0; i < 3; i++) {
      refuses(
          opener,
          name,
          Failure.Reason.FORBIDDEN,
          Failure.Reason.TIMED_OUT,
          Failure.Reason.UNAVAILABLE);
    }
    assertThat(asked[0]).isGreaterThan(1);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void onlyWebAddressesWithoutAUserAreSources() {
    for (String name :
        List.of(
            "ftp://example.com/film.mp4",
            "file:///etc/passwd",
            "FILE:/etc/passwd",
            "concat:/etc/passwd|/etc/hosts",
            "data:video/mp4;base64,AAAA",
            "subfile,,start,0,end,9,,:/etc/passwd",
            "http://user@example.com/film.mp4",
            "https://user:word@example.com/film.mp4",
            "http:///film.mp4",
            "http://exa mple.com/film.mp4",
            "/etc/passwd",
            "-i",
            "pipe:0")) {
      refuses(open(), name, Failure.Reason.INVALID, Failure.Reason.FORBIDDEN);
      assertThatThrownBy(() -> open().check(name)).as(name).isInstanceOf(Failure.class);
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aClipOfARemoteFilmFetchesTheGroupsItNeeds() throws Exception {
    Path file =
        DrawnFilm.draw(
            folder.resolve("film.mp4"),
            "-f lavfi -i testsrc2=size=640x360:rate=30:duration=30"
                + " -f lavfi -i sine=duration=30:sample_rate=48000"
                + " -c:v libx264 -preset ultrafast -g 30 -b:v 6M -c:a aac");
    film = Files.readAllBytes(file);
    ClipPlan plan = ClipPlan.of(Duration.ofMillis(12_300), Duration.ofSeconds(3));
    Path local = folder.resolve("local.mp4");
    Path remote = folder.resolve("remote.mp4");
    try (ClipSource source = ClipSource.of(file)) {
      new Cutter().cut(source, plan, local, Files.createDirectory(folder.resolve("l")), f -> {});
    }
    Path work = Files.createDirectory(folder.resolve("r"));
    try (ClipSource source = open().open(here("/film.mp4"), work)) {
      Clip clip = new Cutter().cut(source, plan, remote, work, f -> {});
      assertThat(clip.way()).isEqualTo(Clip.Way.SMART);
      assertThat(clip.frames()).isEqualTo(90);
    }
    assertThat(Files.mismatch(local, remote)).isEqualTo(-1);
    System.out.printf(
        "of %d bytes %d were fetched for a clip of %d in %d requests%n",
        film.length, sent.get(), Files.size(remote), ranges.size());
    assertThat(sent.get()).isLessThan(film.length / 4);
  }
}
