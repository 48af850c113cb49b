package dev.spanda.server.cli;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.core.Failure;
import dev.spanda.server.wire.SkyWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that the commands of the sky share. */
final class SkyOptions {

  private SkyOptions() {}

  /** Which moment. */
  static final class When {

    @Option(
        names = "--at",
        paramLabel = "DATE",
        description = "ISO 8601 date or time, such as 2024-01-15T10:30:00Z; now by default.")
    private @Nullable String at;

    When() {}

    /** The moment that is meant; now is told to the second. */
    Instant moment() {
      return at == null
          ? Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS)
          : SkyWords.instant("at", at);
    }

    /** The option as it was written. */
    String said() {
      return at == null ? "now" : at;
    }
  }

  /** Which place. */
  static final class Where {

    /** The Royal Observatory. */
    private static final Place GREENWICH = Place.of(51.4779, -0.0015);

    @Option(
        names = "--place",
        paramLabel = "LAT,LON[,ELEVATION]",
        description =
            "Degrees, north and east positive, such as 37.7749,-122.4194, and metres; Greenwich,"
                + " 51.4779,-0.0015, by default.")
    private @Nullable String text;

    Where() {}

    boolean isGiven() {
      return text != null;
    }

    Place place() {
      return text == null ? GREENWICH : SkyWords.place("place", text);
    }

    /** The place as a heading shows it. */
    String shown() {
      Place place = place();
      return SkyTable.number(Math.abs(place.latitudeDeg()), 4)
          + (place.latitudeDeg() < 0 ? "° S, " : "° N, ")
          + SkyTable.number(Math.abs(place.longitudeDeg()), 4)
          + (place.longitudeDeg() < 0 ? "° W" : "° E")
          + (text == null ? " (Greenwich)" : "");
    }

    /** The place for programs. */
    Map<String, Object> fields() {
      Place place = place();
      return SkyTable.fields(
          "latitude_deg", place.latitudeDeg(),
          "longitude_deg", place.longitudeDeg(),
          "elevation_m", place.elevationM());
    }
  }

  /** Which bodies. */
  static final class Which {

    @Option(
        names = "--bodies",
        paramLabel = "NAME,…",
        description = "Such as Sun,Moon,TrueNode,Chiron; Sun to Pluto by default.")
    private @Nullable String names;

    Which() {}

    List<Body> bodies(List<Body> usual) {
      return names == null ? usual : SkyWords.bodies("bodies", names);
    }
  }

  /** In which form the answer is written. */
  static final class Form {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--csv", description = "Print comma-separated values.")
    private boolean csv;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Write to a file instead of the screen.")
    private @Nullable Path out;

    Form() {}

    boolean json() {
      return json;
    }

    boolean csv() {
      return csv;
    }

    /** Something that writes, and may fail to. */
    @FunctionalInterface
    interface Writing {
      void to(PrintWriter writer) throws IOException;
    }

    /** Writes to the file, or else to the screen. */
    void write(PrintWriter screen, Writing writing) throws IOException {
      if (json && csv) {
        throw Failure.invalid("csv", "--json --csv", "Choose one of --json and --csv");
      }
      if (out == null) {
        writing.to(screen);
        screen.flush();
        return;
      }
      try (PrintWriter file = new PrintWriter(open(out))) {
        writing.to(file);
      }
    }
  }

  /** Opens a file for writing. */
  static java.io.Writer open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw Failure.invalid("out", file, "There is no folder " + folder);
    }
    return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }
}
