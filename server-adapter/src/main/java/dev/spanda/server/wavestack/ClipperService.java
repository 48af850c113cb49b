package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.ClipperApi;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.clip.Clips;
import dev.spanda.media.clip.Cutter;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.http.Mount;
import dev.spanda.server.outbound.Encoder;
import dev.spanda.server.outbound.FilmFetcher;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Clipper. Paths of this machine are sources only within the folders that the property {@code
 * spanda.clip.roots} or the variable {@code SPANDA_CLIP_ROOTS} names, parted as in a search path;
 * ffmpeg is looked for unless {@code spanda.ffmpeg} or {@code SPANDA_FFMPEG} names it.
 */
final class ClipperService extends Service {

  private static final Logger LOG = LoggerFactory.getLogger(ClipperService.class);
  private static final RateLimit READS = RateLimit.perMinute(60);
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration FETCH_TIME = Duration.ofMinutes(10);

  private final Clips clips;
  private final Future<?> sweeping;

  ClipperService(Wavestack.Needs needs) {
    super(Place.CLIPPER);
    Cutter.Limits limits = Cutter.Limits.DEFAULT;
    this.clips =
        new Clips(
            needs.jobs(),
            Encoder.cutter(limits),
            new FilmFetcher(
                needs.fetcher(), ClipSource.local(roots()), limits.mostSourceBytes(), FETCH_TIME),
            needs.folder("clipper"),
            needs.clock(),
            RETENTION);
    this.sweeping = needs.timer().scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
  }

  /** What it makes and keeps. */
  Clips clips() {
    return clips;
  }

  private static Optional<String> setting(String property, String variable) {
    String text = System.getProperty(property, System.getenv().getOrDefault(variable, ""));
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  private static List<Path> roots() {
    return setting("spanda.clip.roots", "SPANDA_CLIP_ROOTS")
        .map(text -> Arrays.asList(text.split(Pattern.quote(File.pathSeparator), -1)))
        .orElse(List.of())
        .stream()
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .toList();
  }

  private void sweep() {
    try {
      int unused = clips.sweep();
    } catch (RuntimeException e) {
      LOG.warn("Clips whose time is over could not be removed", e);
    }
  }

  /**
   * The document gives the Clipper 10 requests a minute and no other way to learn of a clip than to
   * ask for its status. It does not say that those questions count among the ten, and if they did a
   * clip of a minute would use them up. Here the ten are for all that is asked of the service but
   * that: the status of a job and the bytes of a clip may each be asked for 60 times a minute, and
   * take nothing from the ten.
   */
  @Override
  void limit(Gate.Builder gate) {
    gate.limitAlone(ClipperApi.class, "status", READS).limitAlone(ClipperApi.class, "file", READS);
  }

  @Override
  void keep(Mount.Builder mount) {
    mount.endpoints(
        ClipperApi.class, organised(organisation -> new ClipperEndpoints(clips, organisation)));
  }

  @Override
  public void close() {
    sweeping.cancel(false);
  }
}
