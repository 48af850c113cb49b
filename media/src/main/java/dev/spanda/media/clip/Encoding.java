package dev.spanda.media.clip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How frames are encoded.
 *
 * @param encoder libx264 or libopenh264
 * @param framesPerKilosecond the even rate at which an edge's frames stand
 * @param ids parameter set ids that the source does not use, for the head and the tail
 * @param whole whether every frame of the clip is encoded
 * @param pixels width times height
 */
record Encoding(
    String encoder, int framesPerKilosecond, List<Integer> ids, boolean whole, long pixels) {

  /** x264's constant rate factor of edges: they shall not be seen. */
  private static final String EDGE_QUALITY = "14";

  private static final String WHOLE_QUALITY = "15";

  /**
   * Openh264 takes blocks whose colours alone have changed for background. In small pictures that
   * is seen: at 320 × 180 px the worst frame has 41 dB, and 47.9 where each stands for itself.
   */
  private static final long FEWEST_PREDICTED_PIXELS = 640 * 360;

  private static final int PREVIEW_WIDTH = 480;

  /** How a track's frames are encoded. */
  static Encoding of(Ffmpeg ffmpeg, Track video, Seams seams) {
    double seconds = Math.max(1, video.endTicks - video.decodeTicks[0]) / (double) video.timescale;
    long rate = Math.round(video.count() / seconds * 1000);
    List<Integer> ids =
        seams.copies() ? AvcConfig.in(video.entry).orElseThrow().freeIds(2) : List.of(0, 0);
    return new Encoding(
        ffmpeg.h264(),
        (int) Math.max(1_000, Math.min(240_000, rate)),
        ids,
        !seams.copies(),
        (long) Boxes.unsignedShort(video.entry, 32) * Boxes.unsignedShort(video.entry, 34));
  }

  /** Whether parameter sets can have ids of our choice. */
  boolean hasOwnIds() {
    return encoder.equals("libx264");
  }

  /**
   * The arguments that encode an edge.
   *
   * @param which 0 for the head, 1 for the tail
   */
  List<String> arguments(int which) {
    List<String> arguments = new ArrayList<>(List.of("-c:v", encoder, "-pix_fmt", "yuv420p"));
    if (encoder.equals("libx264")) {
      arguments.addAll(
          whole
              ? List.of("-preset", "veryfast", "-crf", WHOLE_QUALITY)
              : List.of(
                  "-preset",
                  "ultrafast",
                  "-crf",
                  EDGE_QUALITY,
                  "-bf",
                  "0",
                  "-g",
                  "9999",
                  "-x264-params",
                  "sps-id=" + ids.get(which)));
    } else {
      // A third of a bit for each pixel is plenty for frames that are few; small ones need more.
      long rate = pixels * framesPerKilosecond / 1000 / (whole ? 8 : 3);
      arguments.addAll(
          List.of(
              "-profile:v",
              "high",
              // A tenth quicker than the other for a fiftieth more bytes.
              "-coder",
              whole ? "cabac" : "cavlc",
              "-slices",
              "2",
              "-b:v",
              Long.toString(Math.max(whole ? 2_000_000 : 4_000_000, rate)),
              "-g",
              pixels < FEWEST_PREDICTED_PIXELS ? "1" : whole ? "250" : "9999"));
    }
    return arguments;
  }

  /** The arguments that encode pictures of a whole clip. */
  static List<String> pictures(
      Ffmpeg ffmpeg, ClipPlan.Format format, Optional<ClipPlan.Size> size) {
    List<String> arguments = new ArrayList<>();
    String scale =
        size.map(s -> "scale=" + s.widthPx() + ":" + s.heightPx() + ":flags=lanczos").orElse("");
    switch (format) {
      case GIF, WEBP -> {
        String small =
            "fps=10," + (scale.isEmpty() ? "scale='min(" + PREVIEW_WIDTH + ",iw)':-2" : scale);
        if (format == ClipPlan.Format.GIF) {
          arguments.addAll(
              List.of("-vf", small + ",split[a][b];[a]palettegen[p];[b][p]paletteuse"));
        } else {
          arguments.addAll(
              List.of(
                  "-vf",
                  small,
                  "-c:v",
                  ffmpeg.require("libwebp_anim", "libwebp"),
                  "-quality",
                  "75"));
        }
        arguments.addAll(List.of("-loop", "0"));
      }
      case WEBM -> {
        String encoder = ffmpeg.require("libvpx-vp9", "libvpx");
        arguments.addAll(List.of("-c:v", encoder, "-pix_fmt", "yuv420p", "-deadline", "realtime"));
        arguments.addAll(List.of("-cpu-used", "5", "-crf", "28", "-b:v", "0"));
        if (encoder.equals("libvpx")) {
          arguments.addAll(List.of("-b:v", "4M"));
        }
        addScale(arguments, scale);
      }
      default -> {
        String encoder = ffmpeg.h264();
        arguments.addAll(List.of("-c:v", encoder, "-pix_fmt", "yuv420p"));
        arguments.addAll(
            encoder.equals("libx264")
                ? List.of("-preset", "veryfast", "-crf", WHOLE_QUALITY)
                : List.of("-profile:v", "high", "-b:v", "8M"));
        addScale(arguments, scale);
        if (ClipPlan.isMovie(format)) {
          arguments.addAll(List.of("-movflags", "+faststart"));
        }
      }
    }
    return arguments;
  }

  private static void addScale(List<String> arguments, String scale) {
    if (!scale.isEmpty()) {
      arguments.addAll(List.of("-vf", scale));
    }
  }

  /** The arguments that encode the sound of a whole clip. */
  static List<String> sound(Ffmpeg ffmpeg, ClipPlan.Format format) {
    return format == ClipPlan.Format.WEBM
        ? List.of("-c:a", ffmpeg.require("libopus", "libvorbis"), "-b:a", "128k")
        : List.of("-c:a", "aac", "-b:a", "192k");
  }
}
