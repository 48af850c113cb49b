package dev.spanda.media.clip;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which part of a film is wanted, and as what.
 *
 * @param start from when, ≥ 0, counted from the first thing that the film shows or plays
 * @param duration how long, 1 s to 1 h
 * @param format of the file that is made
 * @param mode how exact
 * @param size the picture is scaled to it, which encodes every frame again; empty for as it is
 * @param sound what becomes of the sound; a preview has none whatever this says
 */
public record ClipPlan(
    Duration start, Duration duration, Format format, Mode mode, Optional<Size> size, Sound sound) {

  /** The shortest clip. */
  public static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The longest clip. */
  public static final Duration LONGEST = Duration.ofHours(1);

  /** The longest preview. */
  public static final Duration LONGEST_PREVIEW = Duration.ofMinutes(1);

  /** The sort of file that is made. */
  public enum Format {
    /** MPEG-4, ISO/IEC 14496-12 and -14. */
    MP4,
    /** QuickTime. */
    MOV,
    /** WebM: VP9 and Opus, encoded anew. */
    WEBM,
    /** Matroska: H.264 and AAC, encoded anew. */
    MKV,
    /** A moving picture of ten frames a second, without sound. */
    GIF,
    /** The same with more colours and fewer bytes. */
    WEBP;

    /** What a file's name ends in, in lower case, without a dot. */
    public String extension() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The media type. */
    public String mediaType() {
      return switch (this) {
        case MP4 -> "video/mp4";
        case MOV -> "video/quicktime";
        case WEBM -> "video/webm";
        case MKV -> "video/x-matroska";
        case GIF -> "image/gif";
        case WEBP -> "image/webp";
      };
    }

    /** Whether it is a small moving picture and no film. */
    public boolean isPreview() {
      return this == GIF || this == WEBP;
    }

    /**
     * The format of that name.
     *
     * @throws Failure INVALID, subject {@code out_ext}, when there is none
     */
    public static Format parse(String extension) {
      return Arrays.stream(values())
          .filter(format -> format.extension().equals(extension))
          .findFirst()
          .orElseThrow(() -> Failure.notAllowed("out_ext", extension, words()));
    }

    private static List<String> words() {
      return Arrays.stream(values()).map(Format::extension).toList();
    }
  }

  /** How exact a clip is, and at what price. */
  public enum Mode {
    /** Every frame from start to end and no other; what must be is encoded again. */
    EXACT,
    /**
     * Nothing is encoded: the clip begins with the key frame before its start and an edit list
     * hides what was not asked for, so that a player which knows no edit lists shows it.
     */
    INSTANT;

    /**
     * The mode of that name.
     *
     * @throws Failure INVALID, subject {@code mode}, when there is none
     */
    public static Mode parse(String word) {
      return Arrays.stream(values())
          .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(() -> Failure.notAllowed("mode", word, List.of("exact", "instant")));
    }
  }

  /** What becomes of the sound. */
  public enum Sound {
    /** It is kept. */
    KEEP,
    /** There is none in the clip. */
    DROP,
    /** There is nothing else in the clip. */
    ONLY
  }

  /**
   * The size of the picture.
   *
   * @param widthPx even, 16 to 7680
   * @param heightPx even, 16 to 4320
   */
  public record Size(int widthPx, int heightPx) {

    /** Checks the ranges. */
    public Size {
      Failure.requireInRange("size", "Width", widthPx, 16, 7680, "px");
      Failure.requireInRange("size", "Height", heightPx, 16, 4320, "px");
      if (widthPx % 2 != 0 || heightPx % 2 != 0) {
        throw Failure.invalid(
            "size", widthPx + "x" + heightPx, "Width and height must be even numbers");
      }
    }

    /**
     * Reads {@code WIDTHxHEIGHT}.
     *
     * @throws Failure INVALID, subject {@code size}
     */
    public static Size parse(String text) {
      if (!text.matches("\\d{1,5}x\\d{1,5}")) {
        throw Failure.invalid("size", text, "size must be WIDTHxHEIGHT in px, such as 1280x720");
      }
      int cross = text.indexOf('x');
      return new Size(
          Integer.parseInt(text.substring(0, cross)), Integer.parseInt(text.substring(cross + 1)));
    }
  }

  /** Checks the ranges and what does not go together. */
  public ClipPlan {
    Objects.requireNonNull(format);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(size);
    Objects.requireNonNull(sound);
    if (start.isNegative()) {
      throw Failure.invalid("start_sec", seconds(start), "start_sec must be 0 or more seconds")
          .with(Failure.MIN_VALUE, 0);
    }
    Failure.requireInRange(
        "duration_sec",
        "duration_sec",
        seconds(duration),
        seconds(SHORTEST),
        seconds(format.isPreview() ? LONGEST_PREVIEW : LONGEST),
        "seconds");
    if (mode == Mode.INSTANT && (size.isPresent() || !isMovie(format))) {
      throw Failure.invalid(
          "mode",
          "instant",
          "An instant clip is an mp4 or mov of the source's size; size and format take exact");
    }
    if (sound == Sound.ONLY && (size.isPresent() || format.isPreview())) {
      throw Failure.invalid("sound", "only", "A clip of sound alone has no size and no preview");
    }
  }

  /** An exact MP4 with its sound. */
  public static ClipPlan of(Duration start, Duration duration) {
    return new ClipPlan(start, duration, Format.MP4, Mode.EXACT, Optional.empty(), Sound.KEEP);
  }

  /** The same in another format. */
  public ClipPlan withFormat(Format other) {
    return new ClipPlan(start, duration, other, mode, size, sound);
  }

  /** The same in another mode. */
  public ClipPlan withMode(Mode other) {
    return new ClipPlan(start, duration, format, other, size, sound);
  }

  /** The same scaled. */
  public ClipPlan withSize(Size other) {
    return new ClipPlan(start, duration, format, mode, Optional.of(other), sound);
  }

  /** The same with another treatment of the sound. */
  public ClipPlan withSound(Sound other) {
    return new ClipPlan(start, duration, format, mode, size, other);
  }

  static boolean isMovie(Format format) {
    return format == Format.MP4 || format == Format.MOV;
  }

  static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
