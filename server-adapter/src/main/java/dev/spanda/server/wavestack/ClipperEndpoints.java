package dev.spanda.server.wavestack;

import dev.spanda.contract.http.Content;
import dev.spanda.contract.wavestack.ClipperApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.media.clip.ClipPlan;
import dev.spanda.media.clip.Clips;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Clipper. */
final class ClipperEndpoints implements ClipperApi {

  private static final int USUAL_PAGE = 20;
  private static final double LATEST_START_SECONDS = 1e6;

  private final Clips clips;
  private final Organisation organisation;

  ClipperEndpoints(Clips clips, Organisation organisation) {
    this.clips = clips;
    this.organisation = organisation;
  }

  @Override
  public Created create(Order order) {
    List<ClipPlan> plans = new ArrayList<>();
    List<Part> parts = order.clips();
    if (parts == null) {
      plans.add(
          plan(
              order,
              require("start_sec", order.startSec()),
              require("duration_sec", order.durationSec())));
    } else {
      if (order.startSec() != null || order.durationSec() != null) {
        throw Failure.of(
            Failure.Reason.INVALID,
            "clips",
            "Either clips or start_sec and duration_sec say what is wanted, not both");
      }
      parts.forEach(part -> plans.add(plan(order, part.startSec(), part.durationSec())));
    }
    Clips.Entry entry = clips.create(organisation.owner(), order.source(), plans);
    return new Created(entry.id(), "queued", "Clip job created");
  }

  private static double require(String field, @Nullable Double value) {
    if (value == null) {
      throw Failure.of(Failure.Reason.INVALID, field, field + " is required");
    }
    return value;
  }

  private static ClipPlan plan(Order order, double start, double duration) {
    Failure.requireInRange("start_sec", "start_sec", start, 0, LATEST_START_SECONDS, "seconds");
    Failure.requireInRange("duration_sec", "duration_sec", duration, 1, 3600, "seconds");
    return new ClipPlan(
        time(start),
        time(duration),
        ClipPlan.Format.parse(order.outExt() == null ? "mp4" : order.outExt()),
        ClipPlan.Mode.parse(order.mode() == null ? "exact" : order.mode()),
        Optional.ofNullable(order.size()).map(ClipPlan.Size::parse),
        sound(order.sound()));
  }

  private static Duration time(double seconds) {
    return Duration.of(Math.round(seconds * 1e6), ChronoUnit.MICROS);
  }

  private static ClipPlan.Sound sound(@Nullable String word) {
    if (word == null) {
      return ClipPlan.Sound.KEEP;
    }
    return switch (word) {
      case "keep" -> ClipPlan.Sound.KEEP;
      case "drop" -> ClipPlan.Sound.DROP;
      case "only" -> ClipPlan.Sound.ONLY;
      default -> throw Failure.notAllowed("sound", word, List.of("keep", "drop", "only"));
    };
  }

  @Override
  public Job status(String jobId) {
    return job(clips.get(organisation.owner(), jobId));
  }

  @Override
  public Jobs list(@Nullable Integer limit, @Nullable Integer offset) {
    Page<Clips.Entry> page =
        clips.list(
            organisation.owner(), limit == null ? USUAL_PAGE : limit, offset == null ? 0 : offset);
    return new Jobs(page.items().stream().map(this::job).toList(), page.total());
  }

  @Override
  public Job cancel(String jobId) {
    return job(clips.cancel(organisation.owner(), jobId));
  }

  @Override
  public Content file(String name) {
    Path file = clips.file(organisation.owner(), name);
    ClipPlan.Format format = ClipPlan.Format.parse(name.substring(name.lastIndexOf('.') + 1));
    return new Opened(file, file.toFile().length(), format.mediaType());
  }

  private Job job(Clips.Entry entry) {
    List<Result> results = entry.results().stream().map(this::result).toList();
    return new Job(
        entry.id(),
        entry.stage().name().toLowerCase(Locale.ROOT),
        entry.stage() == Clips.Stage.PROCESSING ? (int) (entry.progress() * 100) : null,
        results.isEmpty() ? null : results.get(0),
        results.size() < 2 ? null : results,
        entry.error().orElse(null));
  }

  private Result result(Clips.Result result) {
    return new Result(
        organisation.base() + "/files/" + result.name(),
        result.duration().toNanos() / 1e9,
        result.sizeBytes(),
        result.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        result.way().name().toLowerCase(Locale.ROOT),
        result.why(),
        result.frames());
  }

  /** A clip as content; a part of it is read from the disk at its place. */
  private record Opened(Path file, long length, String mediaType) implements Content {

    @Override
    public @Nullable String fileName() {
      return null;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      writeTo(out, 0, length);
    }

    @Override
    public void writeTo(OutputStream out, long firstByte, long count) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        var into = Channels.newChannel(out);
        long at = firstByte;
        while (at < firstByte + count) {
          long moved = channel.transferTo(at, firstByte + count - at, into);
          if (moved <= 0) {
            throw new IOException("The clip is shorter than it was");
          }
          at += moved;
        }
      }
    }
  }
}
