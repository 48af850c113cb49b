package dev.spanda.media.clip;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts samples of a source and of its encoded edges together to the parts of a new movie. */
final class Assembly {

  private static final byte[] NONE = {};
  private static final int EXCERPT_STEP = 1_000;

  private Assembly() {}

  /** Frames that were encoded again, in a file of their own. */
  record Edge(Track track, FileChannel file) {}

  /** The pictures of a clip of which nothing is encoded; what was not asked for is hidden. */
  static MovieWriter.Part instant(Track video, Selection selection, Pieces pieces)
      throws IOException {
    int from = Seams.decodeFrom(video, selection.first(), pieces);
    int to = Seams.decodeTo(video, selection.last(), from);
    pieces.need(video, from, to);
    long next = Long.MAX_VALUE;
    for (int i = from; i <= to; i++) {
      if (video.shownTicks[i] > selection.last()) {
        next = Math.min(next, video.shownTicks[i]);
      }
    }
    // Hidden frames behind the end are not shown before it.
    long later = next == Long.MAX_VALUE ? 0 : Math.max(0, selection.end() - next);
    List<MovieWriter.Sample> samples = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      long shown = video.shownTicks[i];
      samples.add(copied(video, i, pieces, NONE, shown > selection.last() ? shown + later : shown));
    }
    return part(video, video.entry, samples, selection);
  }

  /**
   * A film of the frames that an edge is made of, with even steps whatever the source's are: the
   * k-th frame shown has the time k × 1000.
   *
   * @param first when the first wanted frame is shown
   * @param last when the last wanted frame is shown
   * @return the wanted frames' first and behind-last times in the excerpt
   */
  static long[] excerpt(
      Track video, long first, long last, int framesPerKilosecond, Pieces pieces, Path file)
      throws IOException {
    int from = Seams.decodeFrom(video, first, pieces);
    int to = Seams.decodeTo(video, last, from);
    pieces.need(video, from, to);
    // Frames before the first wanted one are decoded only as far as the wanted ones need them.
    Optional<AvcConfig> config =
        video.codec().equals("avc1") ? AvcConfig.in(video.entry) : Optional.empty();
    List<Integer> kept = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      if (video.shownTicks[i] >= first
          || config.isEmpty()
          || !config.get().isDisposable(pieces.sample(video, i))) {
        kept.add(i);
      }
    }
    long[] order = kept.stream().mapToLong(i -> video.shownTicks[i]).sorted().toArray();
    List<MovieWriter.Sample> samples = new ArrayList<>();
    for (int i : kept) {
      long rank = Arrays.binarySearch(order, video.shownTicks[i]);
      samples.add(copied(video, i, pieces, NONE, rank * EXCERPT_STEP));
    }
    long length = (long) order.length * EXCERPT_STEP;
    MovieWriter.write(
        file,
        ClipPlan.Format.MP4,
        List.of(
            new MovieWriter.Part(
                video, video.entry, samples, framesPerKilosecond, 0, length, length, true)));
    return new long[] {
      (long) Arrays.binarySearch(order, first) * EXCERPT_STEP,
      (Arrays.binarySearch(order, last) + 1L) * EXCERPT_STEP
    };
  }

  /**
   * The pictures of an exact clip.
   *
   * @param head the encoded frames before the copied ones
   * @param tail those behind
   * @param sideBySide whether the edges' parameter sets have ids of their own and may stand beside
   *     the source's; otherwise they are repeated before each key frame
   */
  static MovieWriter.Part exact(
      Track video,
      Selection selection,
      Seams seams,
      @Nullable Edge head,
      @Nullable Edge tail,
      boolean sideBySide,
      Pieces pieces)
      throws IOException {
    List<MovieWriter.Sample> samples = new ArrayList<>();
    byte[] entry = video.entry;
    boolean mixed = seams.copies() && (head != null || tail != null);
    boolean repeat = mixed && !sideBySide;
    if (!seams.copies()) {
      entry = java.util.Objects.requireNonNull(head).track().entry;
    } else if (mixed && sideBySide) {
      List<AvcConfig> others = new ArrayList<>();
      for (@Nullable Edge edge : Arrays.asList(head, tail)) {
        if (edge != null) {
          others.add(AvcConfig.in(edge.track().entry).orElseThrow());
        }
      }
      entry = AvcConfig.in(video.entry).orElseThrow().entryWith(others);
    }
    long[] wanted = selection.wanted();
    if (head != null) {
      addEdge(samples, head, Arrays.copyOfRange(wanted, 0, seams.head()), repeat);
    }
    if (seams.copies()) {
      byte[] own = repeat ? AvcConfig.in(video.entry).orElseThrow().asPrefix() : NONE;
      for (int i = seams.bodyFrom(); i <= seams.bodyTo(); i++) {
        samples.add(copied(video, i, pieces, video.sync[i] ? own : NONE, video.shownTicks[i]));
      }
    }
    if (tail != null) {
      addEdge(
          samples,
          tail,
          Arrays.copyOfRange(wanted, wanted.length - seams.tail(), wanted.length),
          repeat);
    }
    return part(video, entry, samples, selection);
  }

  private static void addEdge(
      List<MovieWriter.Sample> samples, Edge edge, long[] shown, boolean repeat) {
    Track track = edge.track();
    long[] order = track.shownTicks.clone();
    Arrays.sort(order);
    byte[] sets = repeat ? AvcConfig.in(track.entry).orElseThrow().asPrefix() : NONE;
    for (int i = 0; i < track.count(); i++) {
      int rank = Arrays.binarySearch(order, track.shownTicks[i]);
      samples.add(
          new MovieWriter.Sample(
              edge.file(),
              track.offsets[i],
              track.sizes[i],
              track.sync[i] ? sets : NONE,
              shown[rank],
              track.sync[i]));
    }
  }

  private static MovieWriter.Part part(
      Track video, byte[] entry, List<MovieWriter.Sample> samples, Selection selection) {
    return new MovieWriter.Part(
        video,
        entry,
        samples,
        video.timescale,
        selection.first(),
        selection.lengthTicks(),
        selection.end(),
        false);
  }

  private static MovieWriter.Sample copied(
      Track track, int index, Pieces pieces, byte[] prefix, long shownTicks) {
    return new MovieWriter.Sample(
        pieces.channel(),
        track.offsets[index],
        track.sizes[index],
        prefix,
        shownTicks,
        track.sync[index]);
  }

  /**
   * The sound of a clip, packet by packet; what the decoder needs before its beginning is hidden.
   *
   * @return empty when the source plays nothing in that time
   */
  static Optional<MovieWriter.Part> sound(
      Track sound, SoundEntry entry, Selection selection, Pieces pieces) throws IOException {
    long from =
        sound.mediaStartTicks
            + Track.toTicks(selection.soundFromMicros() - sound.delayMicros, sound.timescale);
    from = Math.max(from, sound.mediaStartTicks);
    long to = from + Track.toTicks(selection.lengthMicros(), sound.timescale);
    to = Math.min(to, sound.shownEnd());
    int first = -1;
    int last = -1;
    for (int i = 0; i < sound.count(); i++) {
      long end = i + 1 < sound.count() ? sound.decodeTicks[i + 1] : sound.endTicks;
      if (end > from && sound.decodeTicks[i] < to) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first < 0 || to <= from) {
      return Optional.empty();
    }
    first = Math.max(0, first - entry.preroll());
    pieces.need(sound, first, last);
    List<MovieWriter.Sample> samples = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      samples.add(copied(sound, i, pieces, NONE, sound.decodeTicks[i]));
    }
    return Optional.of(
        new MovieWriter.Part(
            sound, entry.entry(), samples, sound.timescale, from, to - from, to, true));
  }

  /** The sound that was encoded into a file of its own, all of it. */
  static MovieWriter.Part encodedSound(Edge edge, long lengthMicros) {
    Track track = edge.track();
    List<MovieWriter.Sample> samples = new ArrayList<>();
    for (int i = 0; i < track.count(); i++) {
      samples.add(
          new MovieWriter.Sample(
              edge.file(), track.offsets[i], track.sizes[i], NONE, track.shownTicks[i], true));
    }
    long length =
        Math.min(
            Track.toTicks(lengthMicros, track.timescale), track.shownEnd() - track.mediaStartTicks);
    return new MovieWriter.Part(
        track,
        track.entry,
        samples,
        track.timescale,
        track.mediaStartTicks,
        length,
        track.mediaStartTicks + length,
        true);
  }

  /** Reads an encoded edge. */
  static Edge edge(Path file) throws IOException {
    try (ClipSource source = ClipSource.of(file)) {
      Movie movie = Movie.read(source);
      Track track = movie.video().or(movie::sound).orElseThrow();
      return new Edge(track, FileChannel.open(file, StandardOpenOption.READ));
    }
  }
}
