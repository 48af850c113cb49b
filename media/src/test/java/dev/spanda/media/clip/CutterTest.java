package dev.spanda.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutterTest {

  private static final Duration START = Duration.ofMillis(1_500);
  private static final Duration LENGTH = Duration.ofSeconds(2);
  private static final ClipPlan PLAN = ClipPlan.of(START, LENGTH);

  @TempDir Path folder;

  private int made;

  private Clip cut(String film, ClipPlan plan) throws Exception {
    return cut(Films.film(film), plan, new Cutter());
  }

  private Clip cut(Path film, ClipPlan plan, Cutter cutter) throws Exception {
    made++;
    Path work = Files.createDirectory(folder.resolve("work-" + made));
    Path out = folder.resolve("clip-" + made + "." + plan.format().extension());
    List<Double> told = new ArrayList<>();
    try (ClipSource source = ClipSource.of(film)) {
      Clip clip = cutter.cut(source, plan, out, work, told::add);
      assertThat(clip.sizeBytes()).isEqualTo(Files.size(out));
      assertThat(told).isSorted().endsWith(1.0).allMatch(fraction -> fraction >= 0);
      return clip;
    }
  }

  private static void fails(ThrowingCallable call, Failure.Reason reason, String subject) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }

  @Test
  void anInstantClipEncodesNothingAndBeginsExactly() throws Exception {
    Films.requireFfmpeg();
    for (String film : List.of("long-30", "open-30", "variable")) {
      Clip clip = cut(film, PLAN.withMode(ClipPlan.Mode.INSTANT));
      assertThat(clip.way()).isEqualTo(Clip.Way.COPY);
      assertThat(clip.encodedFrames()).isZero();
      byte[][] all = Films.frames(Films.film(film));
      long[] times = Films.told(Films.film(film)).times();
      int first = 0;
      while (times[first] < 1_500_000) {
        first++;
      }
      byte[][] frames = Films.frames(clip.file());
      assertThat(clip.frames()).isEqualTo(frames.length);
      for (int i = 0; i < frames.length; i++) {
        assertThat(frames[i]).as(film + " " + i).isEqualTo(all[first + i]);
      }
      assertThat(Films.told(clip.file()).seconds()).isCloseTo(2, within(0.001));
    }
  }

  @Test
  void aClipFromAKeyFrameToTheEndIsACopy() throws Exception {
    Films.requireFfmpeg();
    Clip clip = cut("plain-30", ClipPlan.of(Duration.ofSeconds(2), Duration.ofSeconds(4)));
    assertThat(clip.way()).isEqualTo(Clip.Way.COPY);
    assertThat(clip.frames()).isEqualTo(120);
  }

  @Test
  void otherFormatsHoldTheSameFrames() throws Exception {
    Films.requireFfmpeg();
    for (ClipPlan.Format format : List.of(ClipPlan.Format.WEBM, ClipPlan.Format.MKV)) {
      Clip clip = cut("closed-30", PLAN.withFormat(format));
      assertThat(clip.way()).isEqualTo(Clip.Way.FULL);
      assertThat(clip.frames()).isEqualTo(60);
      assertThat(Films.frames(clip.file())).hasDimensions(60, Films.FRAME_BYTES);
      Clip again =
          cut(clip.file(), ClipPlan.of(Duration.ZERO, Duration.ofSeconds(1)), new Cutter());
      assertThat(again.frames()).isEqualTo(30);
      assertThat(again.why()).contains("Matroska");
    }
  }

  @Test
  void previewsAreSmallAndHaveTenFramesASecond() throws Exception {
    Films.requireFfmpeg();
    Clip gif = cut("closed-30", PLAN.withFormat(ClipPlan.Format.GIF));
    assertThat(gif.frames()).isEqualTo(20);
    assertThat(gif.duration()).isEqualTo(Duration.ofSeconds(2));
    Clip webp = cut("closed-30", PLAN.withFormat(ClipPlan.Format.WEBP));
    assertThat(webp.frames()).isBetween(19, 20);
    assertThat(webp.sizeBytes()).isLessThan(gif.sizeBytes());
  }

  @Test
  void aSizeIsKept() throws Exception {
    Films.requireFfmpeg();
    Clip clip = cut("closed-30", PLAN.withSize(new ClipPlan.Size(160, 90)));
    assertThat(clip.frames()).isEqualTo(60);
    try (ClipSource source = ClipSource.of(clip.file())) {
      Track video = Movie.read(source).video().orElseThrow();
      assertThat(Boxes.unsignedShort(video.entry, 32)).isEqualTo(160);
      assertThat(Boxes.unsignedShort(video.entry, 34)).isEqualTo(90);
    }
  }

  @Test
  void soundAloneIsCopiedAndSoundCanBeDropped() throws Exception {
    Films.requireFfmpeg();
    Clip sound = cut("closed-30", PLAN.withSound(ClipPlan.Sound.ONLY));
    assertThat(sound.way()).isEqualTo(Clip.Way.COPY);
    assertThat(sound.frames()).isZero();
    assertThat(Films.sound(sound.file()).length).isBetween(96_000, 97_100);
    Clip pictures = cut("closed-30", PLAN.withSound(ClipPlan.Sound.DROP));
    try (ClipSource source = ClipSource.of(pictures.file())) {
      assertThat(Movie.read(source).sound()).isEmpty();
    }
  }

  @Test
  void turnedPicturesStayTurned() throws Exception {
    Films.requireFfmpeg();
    Clip clip = cut("rotated-30", PLAN);
    try (ClipSource before = ClipSource.of(Films.film("rotated-30"));
        ClipSource after = ClipSource.of(clip.file())) {
      byte[] matrix = Movie.read(after).video().orElseThrow().matrix;
      assertThat(matrix).isEqualTo(Movie.read(before).video().orElseThrow().matrix);
      assertThat(matrix[1]).isZero();
    }
  }

  @Test
  void aFragmentedFileGoesThroughTheEncoder() throws Exception {
    Films.requireFfmpeg();
    Path fragmented = folder.resolve("fragmented.mp4");
    byte[] none =
        Films.run(
            List.of(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                Films.film("closed-30").toString(),
                "-c",
                "copy",
                "-movflags",
                "frag_keyframe+empty_moov",
                fragmented.toString()));
    assertThat(none).isEmpty();
    Clip clip = cut(fragmented, PLAN, new Cutter());
    assertThat(clip.way()).isEqualTo(Clip.Way.FULL);
    assertThat(clip.why()).contains("fragmented");
    assertThat(clip.frames()).isEqualTo(60);
    fails(
        () -> cut(fragmented, PLAN.withMode(ClipPlan.Mode.INSTANT), new Cutter()),
        Failure.Reason.UNSUPPORTED,
        "mode");
  }

  @Test
  void otherCodecsAreEncodedAsAWholeAndExactly() throws Exception {
    Ffmpeg ffmpeg = Films.requireFfmpeg();
    Assumptions.assumeTrue(ffmpeg.encoders().contains("libx265"), "needs libx265");
    Path other = folder.resolve("other.mov");
    byte[] none =
        Films.run(
            List.of(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                Films.film("closed-30").toString(),
                "-c:v",
                "libx265",
                "-preset",
                "ultrafast",
                "-x265-params",
                "log-level=none:keyint=30",
                "-tag:v",
                "hvc1",
                "-c:a",
                "pcm_s16le",
                other.toString()));
    assertThat(none).isEmpty();
    byte[][] all = Films.frames(other);
    Clip clip = cut(other, PLAN, new Cutter());
    assertThat(clip.way()).isEqualTo(Clip.Way.FULL);
    assertThat(clip.why()).contains("hvc1");
    byte[][] frames = Films.frames(clip.file());
    assertThat(frames).hasDimensions(60, Films.FRAME_BYTES);
    for (int i = 0; i < frames.length; i++) {
      assertThat(Films.psnr(frames[i], all[45 + i])).isGreaterThan(40);
    }
    assertThat(Films.sound(clip.file()).length).isBetween(95_000, 97_100);
  }

  @Test
  void beyondTheEndThereIsNothing() throws Exception {
    Films.requireFfmpeg();
    fails(
        () -> cut("closed-30", ClipPlan.of(Duration.ofSeconds(30), LENGTH)),
        Failure.Reason.INVALID,
        "start_sec");
    fails(
        () -> cut("closed-30", ClipPlan.of(Duration.ofSeconds(5), Duration.ofSeconds(3))),
        Failure.Reason.INVALID,
        "duration_sec");
    // The last tenth of a second is forgiven, and the clip says how long it is.
    Clip clip = cut("closed-30", ClipPlan.of(Duration.ofSeconds(5), Duration.ofMillis(1_050)));
    assertThat(clip.duration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(clip.frames()).isEqualTo(30);
  }

  @Test
  void aPlanHasRanges() {
    fails(() -> ClipPlan.of(Duration.ofMillis(-1), LENGTH), Failure.Reason.INVALID, "start_sec");
    fails(() -> ClipPlan.of(START, Duration.ofMillis(999)), Failure.Reason.INVALID, "duration_sec");
    fails(
        () -> ClipPlan.of(START, Duration.ofSeconds(3601)), Failure.Reason.INVALID, "duration_sec");
    fails(() -> ClipPlan.Format.parse("exe"), Failure.Reason.INVALID, "out_ext");
    fails(() -> ClipPlan.Mode.parse("quick"), Failure.Reason.INVALID, "mode");
    fails(() -> ClipPlan.Size.parse("12x"), Failure.Reason.INVALID, "size");
    fails(() -> new ClipPlan.Size(321, 180), Failure.Reason.INVALID, "size");
    fails(
        () -> PLAN.withFormat(ClipPlan.Format.GIF).withMode(ClipPlan.Mode.INSTANT),
        Failure.Reason.INVALID,
        "mode");
    assertThat(PLAN.withSize(ClipPlan.Size.parse("640x360")).size())
        .contains(new ClipPlan.Size(640, 360));
  }

  @Test
  void withoutFfmpegAClipSaysHowToInstallItAndAnInstantOneNeedsNone() throws Exception {
    Films.requireFfmpeg();
    Cutter none = new Cutter(Optional.of(folder.resolve("ffmpeg")), Cutter.Limits.DEFAULT);
    Path film = Films.film("closed-30");
    assertThatThrownBy(() -> cut(film, PLAN, none))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.UNAVAILABLE);
              assertThat(failure).hasMessageContaining("apt-get install ffmpeg");
            });
    assertThat(cut(film, PLAN.withMode(ClipPlan.Mode.INSTANT), none).frames()).isEqualTo(60);
  }

  @Test
  void aFailedClipLeavesNoFileOfItsName() throws Exception {
    Films.requireFfmpeg();
    Path out = folder.resolve("never.mp4");
    Path work = Files.createDirectory(folder.resolve("broken-off"));
    try (ClipSource source = ClipSource.of(Films.film("open-30"))) {
      assertThatThrownBy(
              () ->
                  new Cutter()
                      .cut(
                          source,
                          PLAN,
                          out,
                          work,
                          fraction -> {
                            throw new IllegalStateException("enough");
                          }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(out).doesNotExist();
  }
}
