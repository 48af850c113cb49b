package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.attunement.BitSource;
import dev.spanda.core.attunement.BitStatistics;
import dev.spanda.core.attunement.Reading;
import dev.spanda.core.blessing.Blessings;
import dev.spanda.core.blessing.Compassion;
import dev.spanda.core.blessing.Liberation;
import dev.spanda.core.blessing.Narrative;
import dev.spanda.core.blessing.NarrativePlan;
import dev.spanda.core.radionics.LetterTable;
import dev.spanda.core.radionics.Rate;
import dev.spanda.core.radionics.RateBook;
import dev.spanda.core.radionics.RateCalculator;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rates, blessings and random bits, without a server. */
@Command(
    name = "practice",
    description =
        "Make rates of words, search the book of rates, write blessings, look at random bits. The"
            + " numbers are computed by stated rules and measure no effect on anything.",
    mixinStandardHelpOptions = true)
final class PracticeCommand implements Runnable {

  private static final long MOST_BITS = 100_000_000;
  private static final int BLOCK = 8_192;

  @Spec private CommandSpec spec = CommandSpec.create();

  PracticeCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "rate",
      description = "The rate that a method makes of an intention and a name.",
      mixinStandardHelpOptions = true)
  int rate(
      @Parameters(paramLabel = "INTENTION", description = "1 to 2000 characters.") String intention,
      @Option(names = "--target", paramLabel = "NAME", description = "A name that counts too.")
          @Nullable String target,
      @Option(
              names = "--method",
              defaultValue = "gematria",
              description = "gematria, hash, phonetic or mixed; ${DEFAULT-VALUE} by default.")
          String method,
      @Option(
              names = "--table",
              description =
                  "ordinal, pythagorean, reverse, hebrew, hebrew_finals or greek; by default that"
                      + " of the alphabet that most letters belong to.")
          @Nullable String table,
      @Option(names = "--json", description = "Print one JSON object.") boolean json) {
    Rate rate =
        RateCalculator.calculate(
            intention,
            target == null ? "" : target,
            word("method", method, RateCalculator.Method.class),
            table == null
                ? Optional.empty()
                : Optional.of(word("table", table, LetterTable.class)));
    Report report =
        new Report()
            .add("rate", rate.rate())
            .add("dials", rate.dials())
            .add("balancing_rate", rate.balancing())
            .add("confidence", rate.confidence())
            .add("method", rate.method().word());
    if (!rate.unread().isEmpty()) {
      report.add("unread", rate.unread());
    }
    report.print(spec.commandLine().getOut(), json);
    return 0;
  }

  @Command(
      name = "book",
      description = "Search the book of rates, or add the rows of a CSV file to it.",
      mixinStandardHelpOptions = true)
  int book(
      @Parameters(
              paramLabel = "WORDS",
              arity = "0..*",
              description = "Each must begin a word of the rate; all rates without any.")
          @Nullable List<String> words,
      @Option(names = "--category", description = "Such as health, prosperity, protection.")
          @Nullable String category,
      @Option(
              names = "--limit",
              defaultValue = "20",
              description = "How many are shown, 1 to 500; ${DEFAULT-VALUE} by default.")
          int limit,
      @Option(
              names = "--load",
              paramLabel = "FILE",
              description =
                  "First add the rows of a file: name,category,description,applications,rate.")
          @Nullable Path load,
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description =
                  "The data folder of a server that does not run; without it what is loaded is"
                      + " forgotten.")
          @Nullable Path data,
      @Option(names = "--json", description = "Print one JSON object.") boolean json)
      throws IOException {
    if (data != null && !Files.isDirectory(data)) {
      throw Failure.invalid("data", data, "There is no folder " + data);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Store store =
        Store.open(data == null ? StoreLocation.memory() : StoreLocation.folder(data))) {
      RateBook book = new RateBook(store, Clock.systemUTC());
      int loaded = load == null ? 0 : book.load(Files.readString(load));
      Page<RateBook.Entry> page =
          book.find(
              Optional.ofNullable(category),
              words == null ? "" : String.join(" ", words),
              limit,
              0);
      SkyTable table =
          new SkyTable()
              .column("rate", "Rate", SkyTable.rounded(1, ""))
              .column("name", "Name")
              .column("category", "Category")
              .column("description", "Description")
              .column("applications");
      page.items()
          .forEach(
              entry ->
                  table.row(
                      entry.rate(),
                      entry.name(),
                      entry.category(),
                      entry.description(),
                      entry.applications()));
      if (json) {
        out.println(
            Report.json(
                SkyTable.fields(
                    "rates", table.objects(), "count", page.total(), "loaded", loaded)));
      } else {
        if (load != null) {
          out.println(loaded + " rates loaded");
        }
        table.text(out);
        out.println(page.items().size() + " of " + page.total() + " rates");
      }
      out.flush();
    }
    return 0;
  }

  @Command(
      name = "blessing",
      description =
          "Write a blessing: a narrative of an intention, wishes for a recipient, or a practice for"
              + " many.",
      mixinStandardHelpOptions = true)
  int blessing(
      @Parameters(
              paramLabel = "WORDS",
              arity = "0..1",
              defaultValue = "peace",
              description =
                  "The intention of a narrative, the recipient of wishes, the scope of a practice;"
                      + " ${DEFAULT-VALUE} by default.")
          String words,
      @Option(
              names = "--kind",
              defaultValue = "narrative",
              description =
                  "narrative, compassionate or mass_liberation; ${DEFAULT-VALUE} by default.")
          String kind,
      @Option(names = "--target", description = "For whom a narrative is.") @Nullable String target,
      @Option(
              names = "--style",
              defaultValue = "compassionate",
              description =
                  "compassionate, contemplative, poetic, traditional or simple; ${DEFAULT-VALUE} by"
                      + " default.")
          String style,
      @Option(
              names = "--length",
              defaultValue = "medium",
              description = "short, medium or long; ${DEFAULT-VALUE} by default.")
          String length,
      @Option(
              names = "--language",
              defaultValue = "en",
              description = "Two letters; ${DEFAULT-VALUE} by default.")
          String language,
      @Option(
              names = "--qualities",
              split = ",",
              defaultValue = "love,peace,healing",
              description = "1 to 12 words; ${DEFAULT-VALUE} by default.")
          List<String> qualities,
      @Option(
              names = "--lineage",
              defaultValue = "Tibetan",
              description = "Whose practice; ${DEFAULT-VALUE} by default.")
          String lineage,
      @Option(
              names = "--seconds",
              defaultValue = "300",
              description = "How long wishes or a practice last; ${DEFAULT-VALUE} by default.")
          long seconds,
      @Option(names = "--seed", description = "The same seed gives the same text.")
          @Nullable Long seed,
      @Option(names = "--json", description = "Print one JSON object.") boolean json) {
    Blessings blessings = new Blessings(new SecureRandom(), Optional.empty());
    OptionalLong optionalSeed = seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    Map<String, Object> fields =
        switch (kind.toLowerCase(Locale.ROOT)) {
          case "narrative" ->
              narrative(
                  blessings.narrative(
                      new NarrativePlan(
                          words,
                          Optional.ofNullable(target),
                          NarrativePlan.Style.parse(style),
                          NarrativePlan.Length.parse(length),
                          language,
                          optionalSeed,
                          Optional.empty())));
          case "compassionate" ->
              compassion(
                  blessings.compassionate(
                      words, qualities, Duration.ofSeconds(seconds), optionalSeed));
          case "mass_liberation" ->
              liberation(blessings.massLiberation(words, lineage, Duration.ofSeconds(seconds)));
          default ->
              throw Failure.notAllowed(
                  "kind", kind, List.of("narrative", "compassionate", "mass_liberation"));
        };
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Report.json(fields));
    } else {
      out.println(fields.get("text"));
      out.println();
      fields.forEach(
          (name, value) -> {
            if (!name.equals("text")) {
              out.println(name.replace('_', ' ') + ": " + value);
            }
          });
    }
    out.flush();
    return 0;
  }

  @Command(
      name = "attune",
      description = "Take bits from a source now and say what they are worth.",
      mixinStandardHelpOptions = true)
  int attune(
      @Option(
              names = "--source",
              defaultValue = "system",
              description =
                  "system, jitter, hardware, quantum or seeded; ${DEFAULT-VALUE} by default.")
          String source,
      @Option(
              names = "--bits",
              defaultValue = "100000",
              description =
                  "How many, 8 to 100000000, a multiple of 8; ${DEFAULT-VALUE} by default.")
          long bits,
      @Option(names = "--seed", description = "For the source seeded; 0 by default.")
          @Nullable Long seed,
      @Option(names = "--device", paramLabel = "FILE", description = "For the source hardware.")
          @Nullable Path device,
      @Option(names = "--json", description = "Print one JSON object.") boolean json) {
    BitSource.Kind wanted = word("source", source, BitSource.Kind.class);
    Failure.requireInRange("bits", "Bits", bits, 8, MOST_BITS, "");
    if (bits % 8 != 0) {
      throw Failure.invalid("bits", bits, "Bits must be a multiple of 8");
    }
    if (seed != null && wanted != BitSource.Kind.SEEDED) {
      throw Failure.invalid("seed", seed, "Only the source seeded takes a seed");
    }
    if (device != null && !Files.exists(device)) {
      throw Failure.invalid("device", device, "There is no device " + device);
    }
    BitSource.Kind used = used(wanted, device);
    BitStatistics statistics = gather(open(used, seed, device), bits / 8);
    Reading reading = statistics.reading();
    String interpretation = reading.interpretation(1);
    if (used != wanted) {
      interpretation +=
          " No source "
              + wanted.word()
              + " is configured; the bits come from the source "
              + used.word()
              + ".";
    }
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> fields =
        SkyTable.fields(
            "source", used.word(),
            "requested_source", wanted.word(),
            "bits", reading.bits(),
            "deviation", reading.deviation(),
            "p_value", reading.pValue(),
            "significance", reading.significance().word(),
            "trend", reading.trend().word(),
            "monobit_z", number(reading.monobitZ()),
            "runs_p_value", number(reading.runsPValue()),
            "chi_square", number(reading.chiSquare()),
            "chi_square_p_value", number(reading.chiSquarePValue()),
            "serial_correlation", number(reading.serialCorrelation()),
            "serial_correlation_p_value", number(reading.serialCorrelationPValue()));
    if (json) {
      fields.put("cumulative_deviation", reading.cumulativeDeviation());
      fields.put("interpretation", interpretation);
      out.println(Report.json(fields));
      out.flush();
    } else {
      Report report = new Report();
      fields.forEach(report::add);
      report.print(out, false);
      out.println();
      out.println(interpretation);
      out.flush();
    }
    return 0;
  }

  /** The source that takes the place of one that is missing, as in a server. */
  private static BitSource.Kind used(BitSource.Kind wanted, @Nullable Path device) {
    return switch (wanted) {
      case QUANTUM, HARDWARE -> device == null ? BitSource.Kind.SYSTEM : BitSource.Kind.HARDWARE;
      default -> wanted;
    };
  }

  private static BitSource open(BitSource.Kind kind, @Nullable Long seed, @Nullable Path device) {
    if (kind == BitSource.Kind.HARDWARE && device != null) {
      return BitSource.device(device);
    }
    return switch (kind) {
      case JITTER -> BitSource.jitter(System::nanoTime);
      case SEEDED -> BitSource.seeded(seed == null ? 0 : seed);
      default -> BitSource.system();
    };
  }

  private static BitStatistics gather(BitSource source, long bytes) {
    BitStatistics statistics = new BitStatistics();
    for (long left = bytes; left > 0; left -= BLOCK) {
      byte[] block = new byte[(int) Math.min(BLOCK, left)];
      source.fill(block);
      statistics.add(block);
    }
    return statistics;
  }

  private static Map<String, Object> narrative(Narrative narrative) {
    return SkyTable.fields(
        "text", narrative.text(),
        "word_count", narrative.wordCount(),
        "estimated_duration_seconds", narrative.readingTime().toSeconds(),
        "model", narrative.model(),
        "note", narrative.note().orElse(null));
  }

  private static Map<String, Object> compassion(Compassion blessing) {
    return SkyTable.fields(
        "text", blessing.text(),
        "qualities", blessing.qualities(),
        "energy_signature", blessing.energy().signature(),
        "word_count", blessing.wordCount(),
        "estimated_duration_seconds", blessing.readingTime().toSeconds());
  }

  private static Map<String, Object> liberation(Liberation blessing) {
    return SkyTable.fields(
        "text", blessing.mantra() + "\n\n" + blessing.dedication(),
        "mantra", blessing.mantra(),
        "scope", blessing.scope(),
        "lineage", blessing.lineage(),
        "repetitions", blessing.repetitions(),
        "malas", blessing.malas(),
        "dedications", blessing.dedications(),
        "duration_seconds", blessing.duration().toSeconds());
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
  }

  private static <E extends Enum<E>> E word(String subject, String word, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(word.strip())) {
        return constant;
      }
    }
    throw Failure.notAllowed(
        subject,
        word,
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList());
  }
}
