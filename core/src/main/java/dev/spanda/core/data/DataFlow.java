package dev.spanda.core.data;

import dev.spanda.core.Failure;
import dev.spanda.core.file.Files;
import dev.spanda.core.file.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Brings rows from a source through transformations to a destination, as parameters say.
 *
 * <p>The source is told by the parameter {@code source}:
 *
 * <ul>
 *   <li>{@code api} (the default): the feed named by {@code endpoint}, a path such as {@code
 *       /data/sources}, or what the address {@code url} answers. With neither, the feed {@value
 *       #SOURCES}, which has a row for everything that this owner can read here: feeds, tables and
 *       files
 *   <li>{@code http}: what the address {@code url} answers
 *   <li>{@code file}: the owner's file {@code file_id}
 *   <li>{@code database} or {@code table}: the owner's table {@code from_table}; where no
 *       destination is named, {@code table} means the same
 *   <li>{@code inline}: the list of objects {@code rows}, or the text {@code data}
 * </ul>
 *
 * <p>For texts {@code format} is {@code csv}, {@code json} or {@code ndjson}; without it the media
 * type, the name's ending and the first character tell ({@link RowFormat#guess}). The steps in
 * {@code transformations}, or {@code operations}, are those of {@link Transformation}. The
 * destination is told by {@code destination}:
 *
 * <ul>
 *   <li>{@code database} (the default) or {@code table}: the owner's table {@code table}, by
 *       default {@value #TABLE}; {@code mode} is {@code replace}, the default, or {@code append}
 *   <li>{@code file}: a new file of the owner named {@code file_name}, by default the table's
 *       default name with the format's ending, in the format {@code file_format}, by default {@code
 *       csv}
 * </ul>
 *
 * <p>Work that is repeated under the same key, as after a crash, leaves one result. Thread-safe.
 */
public final class DataFlow {

  /** The feed that lists what can be read. */
  public static final String SOURCES = "/data/sources";

  /** The table that is written when none is named. */
  public static final String TABLE = "processed_data";

  /** Hears how far a flow is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each part.
     *
     * @param fraction 0 to 1
     * @param message for people
     */
    void at(double fraction, String message);
  }

  /**
   * What a flow did.
   *
   * @param read how many rows came from the source, ≥ 0
   * @param written how many rows were kept, ≥ 0
   * @param dropped how many rows clean and validate left out, ≥ 0
   * @param destination {@code table} or {@code file}
   * @param name the table's name or the file's id
   * @param notes why rows were left out, for people
   */
  public record Report(
      int read, int written, int dropped, String destination, String name, List<String> notes) {
    /** Copies the notes. */
    public Report {
      notes = List.copyOf(notes);
    }
  }

  private static final List<String> FROM =
      List.of("api", "http", "file", "database", "table", "inline");
  private static final List<String> INTO = List.of("database", "table", "file");
  private static final List<String> SOURCE_NAMES =
      List.of(
          "source", "endpoint", "url", "file_id", "from_table", "table", "rows", "data", "format");
  private static final List<String> STEP_NAMES = List.of("transformations", "operations");
  private static final List<String> TARGET_NAMES =
      List.of("destination", "table", "mode", "file_name", "file_format");
  private static final int MOST_STEPS = 20;
  private static final int LONGEST_URL = 2_000;

  private final Tables tables;
  private final Files files;
  private final RowFetcher fetcher;
  private final InstantSource clock;
  private final Rows.Limits limits;
  private final Map<String, Function<String, Rows>> feeds = new ConcurrentHashMap<>();

  /** Flows under {@link Rows.Limits#DEFAULT}. */
  public DataFlow(Tables tables, Files files, RowFetcher fetcher, InstantSource clock) {
    this(tables, files, fetcher, clock, Rows.Limits.DEFAULT);
  }

  /**
   * Flows between these tables and files.
   *
   * @param fetcher reads addresses
   * @param limits of what is read at once
   */
  public DataFlow(
      Tables tables, Files files, RowFetcher fetcher, InstantSource clock, Rows.Limits limits) {
    this.tables = tables;
    this.files = files;
    this.fetcher = fetcher;
    this.clock = clock;
    this.limits = limits;
    feeds.put(SOURCES, this::sources);
  }

  /**
   * Makes a feed known, which the source {@code api} reads.
   *
   * @param endpoint a path, with a slash first
   * @param read gets the owner and gives the rows
   * @throws IllegalStateException when the endpoint is known already
   */
  public void register(String endpoint, Function<String, Rows> read) {
    if (!endpoint.startsWith("/") || feeds.putIfAbsent(endpoint, read) != null) {
      throw new IllegalStateException("The endpoint " + endpoint + " cannot be registered");
    }
  }

  /** Where rows can be written to and read from. */
  public Tables tables() {
    return tables;
  }

  /**
   * Returns when a whole flow can be done with these parameters; whether files, tables and
   * addresses exist is seen at the run.
   *
   * @throws Failure INVALID, subject the parameter's name
   */
  public void check(Map<String, ?> parameters) {
    List<String> names = new ArrayList<>(SOURCE_NAMES);
    names.addAll(STEP_NAMES);
    names.addAll(TARGET_NAMES);
    Fields fields = new Fields(parameters);
    fields.allow(names.stream().distinct().toList());
    checkFrom(fields);
    List<Transformation> unused = transformations(parameters);
    checkInto(fields);
  }

  /**
   * As {@link #check}, for the source's parameters alone.
   *
   * @throws Failure INVALID, subject the parameter's name
   */
  public void checkSource(Map<String, ?> parameters) {
    Fields fields = new Fields(parameters);
    fields.allow(SOURCE_NAMES);
    checkFrom(fields);
  }

  /**
   * As {@link #check}, for the destination's parameters alone.
   *
   * @throws Failure INVALID, subject the parameter's name
   */
  public void checkDestination(Map<String, ?> parameters) {
    Fields fields = new Fields(parameters);
    fields.allow(TARGET_NAMES);
    checkInto(fields);
  }

  private void checkFrom(Fields fields) {
    String source = fields.choice("source", "api", FROM);
    Optional<RowFormat> unusedFormat = fields.format("format");
    switch (source) {
      case "api" -> {
        Optional<String> endpoint = fields.text("endpoint");
        if (endpoint.isPresent() && fields.value("url") != null) {
          throw Failure.invalid("endpoint", endpoint.get(), "endpoint and url exclude each other");
        }
        if (endpoint.isPresent() && !feeds.containsKey(endpoint.get())) {
          throw Failure.notAllowed(
              "endpoint", endpoint.get(), feeds.keySet().stream().sorted().toList());
        }
        Optional<URI> unused = fields.text("url").map(DataFlow::address);
      }
      case "http" -> {
        URI unused = fields.text("url").map(DataFlow::address).orElseThrow(() -> missing("url"));
      }
      case "file" -> {
        String unused = fields.text("file_id").orElseThrow(() -> missing("file_id"));
      }
      case "database", "table" -> {
        String unused = Tables.requireName(fromTable(fields));
      }
      default -> {
        Object rows = fields.value("rows");
        Optional<String> data = fields.text("data");
        if ((rows == null) == data.isEmpty()) {
          throw Failure.invalid("rows", rows, "An inline source has either rows or data");
        }
        // Broken rows are refused now, not at every run.
        Rows unused = inline(fields);
      }
    }
  }

  private static void checkInto(Fields fields) {
    String destination = fields.choice("destination", "database", INTO);
    if (destination.equals("file")) {
      Optional<String> unused = fields.text("file_name");
      Optional<RowFormat> unusedFormat = fields.format("file_format");
    } else {
      String unused = Tables.requireName(fields.text("table").orElse(TABLE));
      String unusedMode = fields.choice("mode", "replace", List.of("replace", "append"));
    }
  }

  private static Failure missing(String name) {
    return Failure.invalid(name, null, "This source needs the parameter " + name);
  }

  private static String fromTable(Fields fields) {
    return fields
        .text("from_table")
        .or(() -> fields.value("destination") == null ? fields.text("table") : Optional.empty())
        .orElseThrow(() -> missing("from_table"));
  }

  private static URI address(String text) {
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme());
      if (text.length() <= LONGEST_URL
          && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
          && address.getHost() != null
          && address.getUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw Failure.invalid("url", text, "url must be an http or https address").causedBy(e);
    }
    throw Failure.invalid(
        "url",
        text,
        "url must be an absolute http or https address of at most 2000 characters, without a user");
  }

  /**
   * The steps that the parameters name, in order; none when there are neither {@code
   * transformations} nor {@code operations}.
   *
   * @throws Failure INVALID, subject {@code transformations} or {@code operations}, as it was
   *     given, or the name of a step's parameter, with the detail {@code step}, its index
   */
  public List<Transformation> transformations(Map<String, ?> parameters) {
    String name = parameters.get("operations") == null ? "transformations" : "operations";
    Object value = parameters.get(name);
    if (value == null) {
      return List.of();
    }
    if (name.equals("operations") && parameters.get("transformations") != null) {
      throw Failure.invalid(name, value, "operations and transformations exclude each other");
    }
    if (!(value instanceof List<?> steps) || steps.size() > MOST_STEPS) {
      throw Failure.invalid(
          name, value, name + " must be a list of at most " + MOST_STEPS + " steps");
    }
    List<Transformation> parsed = new ArrayList<>();
    for (Object step : steps) {
      try {
        parsed.add(Transformation.parse(name, step));
      } catch (Failure e) {
        throw e.with("step", parsed.size());
      }
    }
    return List.copyOf(parsed);
  }

  /**
   * Reads the rows of a source.
   *
   * @throws Failure what {@link #check} throws; NOT_FOUND, subjects {@code file} and {@code table};
   *     what the fetcher throws; what {@link RowFormat#read} throws
   */
  public Rows extract(String owner, Map<String, ?> parameters) {
    Fields fields = new Fields(parameters);
    checkFrom(fields);
    switch (fields.choice("source", "api", FROM)) {
      case "api" -> {
        if (fields.value("url") == null) {
          String endpoint = fields.text("endpoint").orElse(SOURCES);
          Function<String, Rows> feed = feeds.get(endpoint);
          if (feed == null) {
            throw Failure.notFound("endpoint", endpoint);
          }
          return feed.apply(owner);
        }
        return fetched(fields);
      }
      case "http" -> {
        return fetched(fields);
      }
      case "file" -> {
        return file(owner, fields);
      }
      case "database", "table" -> {
        return tables.read(owner, fromTable(fields));
      }
      default -> {
        return inline(fields);
      }
    }
  }

  private Rows inline(Fields fields) {
    Object rows = fields.value("rows");
    if (rows != null) {
      return RowFormat.fromValue(rows instanceof List<?> ? rows : List.of(rows), limits);
    }
    byte[] content = fields.text("data").orElse("").getBytes(StandardCharsets.UTF_8);
    return format(fields, "", "", content).read(content, limits);
  }

  private Rows fetched(Fields fields) {
    URI address = address(fields.text("url").orElseThrow(() -> missing("url")));
    RowFetcher.Content content = fetcher.fetch(address, limits.bytes());
    String path = String.valueOf(address.getPath());
    return format(fields, content.mediaType(), path, content.content())
        .read(content.content(), limits);
  }

  private Rows file(String owner, Fields fields) {
    String id = fields.text("file_id").orElseThrow(() -> missing("file_id"));
    StoredFile file = files.find(owner, id);
    limits.require("bytes", file.size(), limits.bytes());
    try (InputStream in = files.open(owner, id)) {
      byte[] content = in.readNBytes(limits.bytes());
      return format(fields, "", file.name(), content).read(content, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RowFormat format(Fields fields, String mediaType, String name, byte[] content) {
    Optional<RowFormat> given = fields.format("format");
    if (given.isPresent()) {
      return given.get();
    }
    for (RowFormat format : RowFormat.values()) {
      if (format.mediaType().equals(mediaType)) {
        return format;
      }
    }
    return RowFormat.guess(name, content);
  }

  /** A row for each feed, table and file that the owner can read. */
  private Rows sources(String owner) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (String endpoint : feeds.keySet().stream().sorted().toList()) {
      items.add(source("api", endpoint, Optional.empty(), Optional.empty()));
    }
    for (Tables.Table table : tables.list(owner)) {
      items.add(
          source(
              "database",
              table.name(),
              Optional.of((long) table.rows()),
              Optional.of(table.updatedAt())));
    }
    for (StoredFile file : files.list(owner, 100, 0).items()) {
      items.add(source("file", file.id(), Optional.empty(), Optional.of(file.createdAt())));
    }
    return Rows.of(items, limits);
  }

  private static Map<String, Object> source(
      String kind, String name, Optional<Long> rows, Optional<Instant> changed) {
    Map<String, Object> item = new java.util.LinkedHashMap<>();
    item.put("source", kind);
    item.put("name", name);
    item.put("rows", rows.orElse(null));
    item.put("updated_at", changed.map(Instant::toString).orElse(null));
    return item;
  }

  /**
   * Does the steps in order.
   *
   * @return what the last one made, with the sum of the rows dropped and all notes
   * @throws Failure what a step throws, with the detail {@code step}, its index
   */
  public Transformation.Result transform(
      String owner, Rows rows, List<Transformation> transformations) {
    return transform(owner, rows, transformations, (fraction, message) -> {});
  }

  private Transformation.Result transform(
      String owner, Rows rows, List<Transformation> transformations, Progress progress) {
    Transformation.Context context =
        new Transformation.Context(clock.instant(), table -> tables.read(owner, table), limits);
    Rows current = rows;
    int dropped = 0;
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < transformations.size(); i++) {
      Transformation step = transformations.get(i);
      Transformation.Result result;
      try {
        result = step.apply(current, context);
      } catch (Failure e) {
        throw e.with("step", i);
      }
      current = result.rows();
      dropped += result.dropped();
      result.notes().forEach(note -> notes.add(step.word() + ": " + note));
      progress.at(
          (i + 1.0) / transformations.size(), step.word() + " left " + current.size() + " rows");
    }
    return new Transformation.Result(current, dropped, List.copyOf(notes));
  }

  /**
   * Keeps rows as the destination's parameters say.
   *
   * @param key names this piece of work among all; the same key keeps the same rows once
   * @return the report of rows that came as they are
   * @throws Failure what {@link #check}, {@link Tables#write} and {@link Files#save} throw
   */
  public Report store(String owner, Rows rows, Map<String, ?> parameters, String key) {
    Fields fields = new Fields(parameters);
    checkInto(fields);
    if (!fields.choice("destination", "database", INTO).equals("file")) {
      String name = fields.text("table").orElse(TABLE);
      boolean append =
          fields.choice("mode", "replace", List.of("replace", "append")).equals("append");
      Tables.Table table = tables.write(owner, name, rows, append, Optional.of(key));
      return new Report(rows.size(), rows.size(), 0, "table", table.name(), List.of());
    }
    RowFormat format = fields.format("file_format").orElse(RowFormat.CSV);
    String name = fields.text("file_name").orElse(TABLE + "." + format.word());
    StoredFile.Plan plan = StoredFile.Plan.of(name).withId(fileId(owner, key));
    StoredFile file = files.save(owner, plan, new ByteArrayInputStream(format.write(rows)));
    return new Report(rows.size(), rows.size(), 0, "file", file.id(), List.of());
  }

  private static String fileId(String owner, String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((owner + "\n" + key).getBytes(StandardCharsets.UTF_8));
      return "file_" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads, transforms and keeps.
   *
   * @param key names this piece of work among all; the same key keeps the same rows once
   * @param progress 0.3 after reading, 0.3 to 0.8 during the steps, 1 at the end
   * @throws Failure what {@link #extract}, {@link #transform} and {@link #store} throw
   */
  public Report run(String owner, Map<String, ?> parameters, String key, Progress progress) {
    check(parameters);
    Rows rows = extract(owner, parameters);
    progress.at(0.3, "read " + rows.size() + " rows");
    Transformation.Result result =
        transform(
            owner,
            rows,
            transformations(parameters),
            (fraction, message) -> progress.at(0.3 + fraction * 0.5, message));
    Map<String, Object> target = new TreeMap<>();
    for (String name : TARGET_NAMES) {
      Object value = parameters.get(name);
      if (value != null
          && !(name.equals("table")
              && parameters.get("destination") == null
              && isTable(parameters))) {
        target.put(name, value);
      }
    }
    Report kept = store(owner, result.rows(), target, key);
    progress.at(1, "kept " + kept.written() + " rows in " + kept.name());
    return new Report(
        rows.size(),
        kept.written(),
        result.dropped(),
        kept.destination(),
        kept.name(),
        result.notes());
  }

  /** Whether the source is a table that the parameter {@code table} may name. */
  private static boolean isTable(Map<String, ?> parameters) {
    Object source = parameters.get("source");
    return parameters.get("from_table") == null
        && ("database".equals(source) || "table".equals(source));
  }
}
