package dev.spanda.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that want to read what is not theirs, or to cost more than they may. */
class SourceRulesTest {

  private static final ClipPlan PLAN = ClipPlan.of(Duration.ZERO, Duration.ofSeconds(1));

  @TempDir Path folder;

  private Path secret = Path.of("none");
  private int tried;

  @BeforeEach
  void hideASecret() throws Exception {
    Films.requireFfmpeg();
    secret = folder.resolve("secret.mp4");
    Files.copy(Films.film("silent-25"), secret);
  }

  /** A source of this text, renamed to a film, is refused before ffmpeg sees it. */
  private void refuses(String text) throws IOException {
    refuses(text.getBytes(StandardCharsets.UTF_8), Failure.Reason.UNSUPPORTED);
  }

  private void refuses(byte[] bytes, Failure.Reason... reasons) throws IOException {
    tried++;
    Path file = folder.resolve("trick-" + tried + ".mp4");
    Files.write(file, bytes);
    Path work = Files.createDirectory(folder.resolve("work-" + tried));
    Path out = folder.resolve("out-" + tried + ".mp4");
    try (ClipSource source = ClipSource.of(file)) {
      assertThatThrownBy(() -> new Cutter().cut(source, PLAN, out, work, fraction -> {}))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.reason()).as(failure.getMessage()).isIn((Object[]) reasons);
                assertThat(failure.getMessage()).doesNotContain(folder.toString());
              });
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void anHlsPlaylistWithAFileOfTheMachineIsNoFilm() throws Exception {
    refuses("#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile://" + secret + "\n");
    refuses("#EXTM3U\n#EXTINF:6,\n" + secret + "\n#EXT-X-ENDLIST\n");
  }

  @Test
  void anFfconcatScriptIsNoFilm() throws Exception {
    refuses("ffconcat version 1.0\nfile '" + secret + "'\n");
  }

  @Test
  void aDashManifestIsNoFilm() throws Exception {
    refuses(
        "<?xml version=\"1.0\"?><MPD><Period><BaseURL>file://" + secret + "</BaseURL></Period>");
  }

  @Test
  void anSdpASubtitleAndAnXmlEntityAreNoFilms() throws Exception {
    refuses("v=0\nc=IN IP4 127.0.0.1\nm=video 1234 RTP/AVP 96\n");
    refuses("<!DOCTYPE a [<!ENTITY b SYSTEM \"file://" + secret + "\">]><a>&b;</a>");
    refuses("[Script Info]\n; file://" + secret + "\n");
  }

  @Test
  void aPlaylistThatBeginsLikeAFilmIsStillReadAsOne() throws Exception {
    // The first bytes lie; the encoder is told the format and finds no playlist in it.
    String playlist = "\n#EXTM3U\n#EXTINF:6,\nfile://" + secret + "\n";
    refuses(
        ("\0\0\0\u0010ftypisom\0\0\2\0" + playlist).getBytes(StandardCharsets.ISO_8859_1),
        Failure.Reason.UNSUPPORTED);
    refuses(
        ("\u001A\u0045\u00DF\u00A3\u0088\u0042\u0082\u0085matroska" + playlist)
            .getBytes(StandardCharsets.ISO_8859_1),
        Failure.Reason.FAILED);
  }

  @Test
  void aMovieWhoseDataLieInAnotherFileDoesNotReachIt() throws Exception {
    byte[] film = Files.readAllBytes(secret);
    String text = new String(film, StandardCharsets.ISO_8859_1);
    int entry = text.indexOf("url \0\0\0\1");
    assertThat(entry).isPositive();
    // The flag that the data are in the same file is taken away; the reader does not care.
    film[entry + 7] = 0;
    Path file = folder.resolve("reference.mp4");
    Files.write(file, film);
    Path work = Files.createDirectory(folder.resolve("reference"));
    try (ClipSource source = ClipSource.of(file)) {
      Clip clip =
          new Cutter().cut(source, PLAN, folder.resolve("reference-out.mp4"), work, f -> {});
      assertThat(clip.frames()).isEqualTo(25);
    }
  }

  @Test
  void pathsOutsideOfEveryRootAreForbidden() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.copy(secret, root.resolve("film.mp4"));
    ClipSource.Opener opener = ClipSource.local(List.of(root));
    try (ClipSource source = opener.open(root.resolve("film.mp4").toString(), folder)) {
      assertThat(source.sizeBytes()).isEqualTo(Files.size(secret));
    }
    for (String name :
        List.of(
            secret.toString(),
            "../secret.mp4",
            root + "/../secret.mp4",
            "/etc/passwd",
            "/proc/self/environ",
            "/dev/zero",
            root.toString(),
            "-i",
            "-i /etc/passwd",
            "film.mp4' -i '/etc/passwd",
            "file:" + secret,
            "concat:film.mp4|../secret.mp4",
            "subfile,,start,0,end,9,,:" + secret,
            "\u0000")) {
      assertThatThrownBy(() -> opener.open(name, folder))
          .as(name)
          .isInstanceOfSatisfying(
              Failure.class,
              failure ->
                  assertThat(failure.reason())
                      .isIn(Failure.Reason.FORBIDDEN, Failure.Reason.INVALID));
      assertThatThrownBy(() -> opener.check(name)).as(name).isInstanceOf(Failure.class);
    }
  }

  @Test
  void aSymbolicLinkOutOfARootIsForbidden() throws Exception {
    Path root = Files.createDirectory(folder.resolve("linked"));
    Files.createSymbolicLink(root.resolve("film.mp4"), secret);
    Files.createSymbolicLink(root.resolve("up"), folder);
    ClipSource.Opener opener = ClipSource.local(List.of(root));
    for (String name : List.of("film.mp4", "up/secret.mp4")) {
      assertThatThrownBy(() -> opener.open(name, folder))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.FORBIDDEN));
    }
  }

  @Test
  void withoutRootsNoPathIsOpened() {
    assertThatThrownBy(() -> ClipSource.local(List.of()).open(secret.toString(), folder))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.FORBIDDEN));
  }

  @Test
  void aNameThatLooksLikeAnOptionIsAFileLikeAnyOther() throws Exception {
    Path odd = folder.resolve("-i 'x' \"y\" $(touch pwned) ;.mp4");
    Files.copy(secret, odd);
    Path work = Files.createDirectory(folder.resolve("-f lavfi"));
    try (ClipSource source = ClipSource.of(odd)) {
      Clip clip =
          new Cutter()
              .cut(
                  source,
                  ClipPlan.of(Duration.ofMillis(500), Duration.ofSeconds(1))
                      .withFormat(ClipPlan.Format.MKV),
                  folder.resolve("odd.mkv"),
                  work,
                  fraction -> {});
      assertThat(clip.frames()).isEqualTo(25);
    }
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void aBombOfPixelsIsRefusedByItsTables() throws Exception {
    byte[] film = Files.readAllBytes(secret);
    int entry = new String(film, StandardCharsets.ISO_8859_1).indexOf("avc1\0\0\0\0\0\0");
    ByteBuffer.wrap(film).putShort(entry + 28, (short) 65_535).putShort(entry + 30, (short) 65_535);
    refuses(film, Failure.Reason.TOO_LARGE);
  }

  @Test
  void tablesThatPromiseTooMuchAreRefusedWithoutMakingRoomForIt() throws Exception {
    byte[] film = Files.readAllBytes(secret);
    String text = new String(film, StandardCharsets.ISO_8859_1);
    for (String table : List.of("stsz", "stts", "stsc", "stss", "stco")) {
      byte[] bomb = film.clone();
      int count = text.indexOf(table) + (table.equals("stsz") ? 12 : 8);
      ByteBuffer.wrap(bomb).putInt(count, 0x7FFFFFFF);
      refuses(bomb, Failure.Reason.UNSUPPORTED);
    }
  }

  @Test
  void brokenTablesNeverBreakTheReader() throws Exception {
    byte[] film = Files.readAllBytes(Films.film("closed-30"));
    int moov = new String(film, StandardCharsets.ISO_8859_1).indexOf("moov");
    Random random = new Random(4711);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] broken = film.clone();
      for (int k = 0; k < 1 + random.nextInt(4); k++) {
        broken[moov + random.nextInt(film.length - moov)] = (byte) random.nextInt();
      }
      Path file = folder.resolve("broken.mp4");
      Files.write(file, broken);
      try (ClipSource source = ClipSource.of(file)) {
        Movie movie = Movie.read(source);
        assertThat(movie.video().map(Track::count).orElse(0)).isNotNegative();
      } catch (Failure failure) {
        assertThat(failure.reason()).isIn(Failure.Reason.UNSUPPORTED, Failure.Reason.TOO_LARGE);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void ffmpegRunsWithoutANetworkWhereTheSystemCanDoThat() throws Exception {
    Ffmpeg ffmpeg = Films.requireFfmpeg();
    Process probe = new ProcessBuilder("unshare", "-rn", "true").start();
    org.junit.jupiter.api.Assumptions.assumeTrue(probe.waitFor() == 0, "needs unshare -rn");
    assertThat(ffmpeg.isWithoutNetwork()).isTrue();
  }
}
