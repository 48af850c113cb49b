package dev.spanda.core.tool;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.file.Files;
import dev.spanda.core.file.StoredFile;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.JobContext;
import dev.spanda.core.job.JobHandler;
import dev.spanda.core.job.JobKind;
import dev.spanda.core.job.JobState;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.ledger.Outcome;
import dev.spanda.core.payment.LowCredits;
import dev.spanda.core.project.Item;
import dev.spanda.core.project.Projects;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers tools and carries out their uses.
 *
 * <p>{@link #execute} holds the price, queues a durable job and records both, each step under a key
 * derived from the use. When the job has completed, its files and its item are recorded in the
 * transaction that records its end, and the hold is then posted; when it failed or was cancelled,
 * or its tool is no longer offered, the hold is voided. A process that dies at any point loses
 * nothing and charges nothing twice: whoever calls {@link #sweep} next does what is left, and the
 * ledger answers a step that was done before with what came of it.
 *
 * <p>Made before {@link Jobs#start}, since it registers the one kind of job that does all uses.
 * Thread-safe.
 */
public final class Tools {

  /** What the tools stand on; all of it stays open as long as they are used. */
  public record Parts(
      Store store,
      InstantSource clock,
      Ids ids,
      Jobs jobs,
      Ledger ledger,
      Projects projects,
      Files files) {}

  /**
   * The rules.
   *
   * @param revenue the ledger's account that prices are paid to; it must be open
   * @param lowBalance {@link Listener#low} tells when a charge brings a purse below this, ≥ 0
   * @param abandonAfter a use whose job was not queued within this time of its beginning is given
   *     up, positive
   * @param longestRun how long one run may take, positive
   */
  public record Settings(
      String revenue, long lowBalance, Duration abandonAfter, Duration longestRun) {

    /** Warns below 100, gives up after 10 minutes, ends runs after 10 minutes. */
    public static Settings payingTo(String revenue) {
      return new Settings(revenue, 100, Duration.ofMinutes(10), Duration.ofMinutes(10));
    }
  }

  /**
   * A wish to use a tool.
   *
   * @param owner for whom; files, project and job are the owner's
   * @param projectId where the result is put; empty for nowhere
   * @param inputs texts, numbers, truths, lists and maps by name, as JSON gives them
   * @param purse the ledger's account that pays; empty for a use that costs nothing
   * @param idempotencyKey 1 to 200 characters: the same again gives the first use; empty for a use
   *     of its own
   * @param note kept with the use and given to the listener; at most 1 000 characters
   */
  public record Order(
      String owner,
      String toolId,
      Optional<String> projectId,
      Map<String, ?> inputs,
      Optional<String> purse,
      Optional<String> idempotencyKey,
      String note) {

    /** Copies the inputs. */
    public Order {
      inputs = new LinkedHashMap<>(inputs);
      if (idempotencyKey.isPresent()
          && (idempotencyKey.get().isBlank() || idempotencyKey.get().length() > LONGEST_KEY)) {
        throw Failure.invalid(
            "idempotency_key",
            idempotencyKey.get().length(),
            "Idempotency key must have 1 to 200 characters");
      }
    }
  }

  /**
   * A use of a tool as it stood when it was read.
   *
   * @param state how far it is; it is final once the job is over and its price is posted or its
   *     hold released
   * @param price what it costs once it has completed
   * @param estimate how long its run was expected to take when it was ordered
   * @param result what it has made; present when it has completed
   * @param note as it was ordered
   */
  public record Use(
      String jobId,
      String owner,
      String toolId,
      Optional<String> projectId,
      JobState state,
      long price,
      Duration estimate,
      Optional<Result> result,
      String note,
      Instant createdAt,
      Optional<Instant> finishedAt) {}

  /**
   * What a use has made.
   *
   * @param itemId its item
   * @param files its files by format, the one that stands for all first; copied
   */
  public record Result(String itemId, String type, String name, Map<String, String> files) {
    /** Copies the map, keeping its order. */
    public Result {
      files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }
  }

  /**
   * Hears what has happened, inside the transaction that records it and once for each: what it
   * writes to the same store stands or falls with it. It must not take long.
   */
  public interface Listener {
    /** A use has completed. */
    void completed(Use use);

    /**
     * A charge has brought a purse below the low balance.
     *
     * @param id the same for the same charge
     * @param balance what is left
     * @param threshold below which it has come
     */
    void low(String id, String owner, String note, long balance, long threshold);
  }

  /** What the job works on. */
  record Work(String run) {}

  /** What the job gives back. */
  record Done(String run) {}

  private static final Logger LOG = LoggerFactory.getLogger(Tools.class);
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_NOTE = 1_000;
  private static final int LARGEST_PAGE = 100;
  private static final int LONGEST_ITEM_NAME = 200;

  private final Parts parts;
  private final Map<String, Tool> tools = new LinkedHashMap<>();
  private final Settings settings;
  private final Listener listener;
  private final RunTable table;
  private final LowCredits lowCredits;
  private final JobKind<Work, Done> kind;

  /**
   * Offers these tools.
   *
   * @param offered none may have another's id
   * @throws IllegalArgumentException when two have the same id
   */
  public Tools(
      Parts parts, Collection<? extends Tool> offered, Settings settings, Listener listener) {
    this.parts = parts;
    this.settings = settings;
    this.listener = listener;
    this.table = new RunTable(parts.store());
    this.lowCredits = new LowCredits(parts.store(), parts.clock());
    this.kind = JobKind.of("tool", Work.class, Done.class).withTimeout(settings.longestRun());
    for (Tool tool : offered) {
      if (tools.put(tool.id(), tool) != null) {
        throw new IllegalArgumentException("two tools are called " + tool.id());
      }
    }
    parts.jobs().register(kind, new Handler());
  }

  /** The tools, in the order they were given. */
  public List<Tool> list() {
    return List.copyOf(tools.values());
  }

  /**
   * A tool.
   *
   * @throws Failure NOT_FOUND, subject {@code tool}
   */
  public Tool tool(String id) {
    Tool tool = tools.get(id);
    if (tool == null) {
      throw Failure.notFound("tool", id);
    }
    return tool;
  }

  /**
   * How long a use takes: the mean of the newest twenty completed runs of any owner, or what the
   * tool says while there are none; whole seconds, rounded up, at least 1 s.
   */
  public Duration estimate(String toolId) {
    List<Long> lately = table.lately(toolId);
    double millis =
        lately.isEmpty()
            ? tool(toolId).usualTime().toMillis()
            : lately.stream().mapToLong(Long::longValue).average().orElse(0);
    return Duration.ofSeconds(Math.max(1, (long) Math.ceil(millis / 1_000)));
  }

  /**
   * Holds the price and queues the work; once this returns both are durable.
   *
   * @return the use, or the earlier one that was ordered under the same key
   * @throws Failure NOT_FOUND, subjects {@code tool}, {@code project} and {@code file}; INVALID for
   *     the inputs; INSUFFICIENT, subject {@code credits}, with details {@code required} and {@code
   *     available}; CONFLICT, subject {@code idempotency_key}, when the key was used for another
   *     order or its use was given up
   */
  public Use execute(Order order) {
    if (order.note().length() > LONGEST_NOTE) {
      throw new IllegalArgumentException("a note has at most 1000 characters");
    }
    String request = request(order);
    Optional<RunTable.Row> earlier =
        order.idempotencyKey().flatMap(key -> table.byKey(order.owner(), key));
    RunTable.Row row;
    if (earlier.isPresent()) {
      row = earlier.get();
    } else {
      Tool tool = tool(order.toolId());
      ToolInputs inputs = ToolInput.read(tool.inputs(), order.inputs());
      tool.check(inputs);
      checkRecords(order, tool, inputs);
      row =
          table.open(
              parts.ids().next("use"),
              order.idempotencyKey().orElseGet(() -> parts.ids().next("key")),
              order,
              request,
              Json.write(inputs.values()),
              order.purse().isPresent() ? tool.creditsPerUse() : 0,
              estimate(tool.id()).toSeconds(),
              parts.clock().instant());
    }
    if (!row.request().equals(request)) {
      throw Failure.of(
          Failure.Reason.CONFLICT,
          "idempotency_key",
          "The idempotency key was used before with another request");
    }
    return use(carryOn(row));
  }

  private void checkRecords(Order order, Tool tool, ToolInputs inputs) {
    order.projectId().ifPresent(id -> parts.projects().require(order.owner(), id));
    for (ToolInput input : tool.inputs()) {
      if (input instanceof ToolInput.FileId) {
        inputs.optionalText(input.name()).ifPresent(id -> parts.files().find(order.owner(), id));
      }
    }
  }

  /** What must be equal for two orders to be the same. */
  private static String request(Order order) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tool", order.toolId());
    order.projectId().ifPresent(id -> all.put("project", id));
    all.put("inputs", order.inputs());
    return Json.write(all);
  }

  /** Takes a use from wherever it stands to its job. */
  private RunTable.Row carryOn(RunTable.Row row) {
    if (row.status().equals("refused")) {
      throw insufficient(row.required(), row.available());
    }
    if (row.status().equals("abandoned")) {
      throw abandoned();
    }
    if (row.jobId().isPresent()) {
      return row;
    }
    OptionalLong hold = OptionalLong.empty();
    if (row.price() > 0) {
      Outcome outcome = reserve(row);
      if (outcome instanceof Outcome.Refused refused
          && refused.reason() == Outcome.Reason.INSUFFICIENT) {
        table.refuse(row.id(), refused.needed(), refused.available());
        throw insufficient(refused.needed(), refused.available());
      }
      hold = outcome.orThrow().hold();
    }
    OptionalLong held = hold;
    return parts
        .store()
        .write(
            handle -> {
              if (table.queue(handle, row.id(), held)) {
                Job job =
                    parts.jobs().submit(kind, new Work(row.id()), row.owner(), Jobs.Options.NONE);
                table.job(handle, row.id(), job.id());
              }
              RunTable.Row now = table.byId(row.id()).orElseThrow();
              if (now.jobId().isEmpty()) {
                throw abandoned();
              }
              return now;
            });
  }

  private Outcome reserve(RunTable.Row row) {
    return parts
        .ledger()
        .execute(
            key(row, "hold"),
            new Command.Reserve(
                row.purse().orElseThrow(), settings.revenue(), row.price(), row.tool()));
  }

  private static String key(RunTable.Row row, String step) {
    return "tool:" + row.id() + ":" + step;
  }

  private static Failure insufficient(long required, long available) {
    return Failure.of(
            Failure.Reason.INSUFFICIENT,
            "credits",
            "You need " + required + " credits but have " + available)
        .with("required", required)
        .with("available", available);
  }

  private static Failure abandoned() {
    return Failure.of(
        Failure.Reason.CONFLICT,
        "idempotency_key",
        "The request of this idempotency key was given up before it was queued");
  }

  /**
   * The use that a job does.
   *
   * @throws Failure NOT_FOUND, subject {@code job}, when there is none or it is another owner's
   */
  public Use find(String owner, String jobId) {
    return use(require(owner, jobId));
  }

  /**
   * The uses of an owner, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Use> list(String owner, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return parts
        .store()
        .read(
            handle ->
                new Page<>(
                    table.ofOwner(owner, limit, offset).stream().map(this::use).toList(),
                    table.countOf(owner),
                    limit,
                    offset));
  }

  /**
   * Asks for the end of a use; see {@link Jobs#cancel}. One that is over stays as it is.
   *
   * @throws Failure NOT_FOUND, subject {@code job}, when there is none or it is another owner's
   */
  public Use cancel(String owner, String jobId) {
    require(owner, jobId);
    parts.jobs().cancel(jobId);
    return find(owner, jobId);
  }

  /**
   * Does what dead processes have left: gives up uses that were never queued and settles the holds
   * of uses that are over. Called at the start and now and then; a use is settled once however many
   * processes sweep.
   *
   * @return how many uses were settled
   */
  public int sweep() {
    table.abandon(parts.clock().instant().minus(settings.abandonAfter()));
    int count = 0;
    for (String id : table.unsettled()) {
      try {
        settle(id);
        count++;
      } catch (RuntimeException e) {
        LOG.warn("The credits of {} could not be settled; they will be", id, e);
      }
    }
    return count;
  }

  private RunTable.Row require(String owner, String jobId) {
    return table
        .byJob(jobId)
        .filter(row -> row.owner().equals(owner))
        .orElseThrow(() -> Failure.notFound("job", jobId));
  }

  /** A use is over for its owner once its credits are settled as well. */
  private Use use(RunTable.Row row) {
    return use(row, row.settled());
  }

  private Use use(RunTable.Row row, boolean settled) {
    String jobId = row.jobId().orElseThrow();
    JobState state =
        switch (row.status()) {
          case "completed" -> settled ? new JobState.Completed("") : settling();
          case "cancelled" -> settled ? new JobState.Cancelled() : settling();
          case "failed" ->
              settled
                  ? new JobState.Failed(Failure.Reason.FAILED, row.error().orElse(""), 1)
                  : settling();
          default ->
              parts
                  .jobs()
                  .find(jobId)
                  .map(Job::state)
                  .filter(now -> !now.isFinal())
                  .orElseGet(JobState.Queued::new);
        };
    boolean over = state.isFinal();
    return new Use(
        jobId,
        row.owner(),
        row.tool(),
        row.projectId(),
        state,
        row.price(),
        Duration.ofSeconds(row.estimateSeconds()),
        over
            ? row.itemId().flatMap(item -> row.made().map(made -> result(item, made)))
            : Optional.empty(),
        row.note(),
        row.createdAt(),
        over ? row.finishedAt() : Optional.empty());
  }

  private static JobState settling() {
    return new JobState.Running(1, "Settling the credits...");
  }

  private static Result result(String item, RunTable.Made made) {
    Map<String, String> files = new LinkedHashMap<>();
    made.files().forEach(kept -> files.put(kept.format(), kept.fileId()));
    return new Result(item, made.type(), made.name(), files);
  }

  /** Posts or voids what a use that is over has held. */
  private void settle(String id) {
    RunTable.Row row = table.byId(id).orElseThrow();
    if (row.settled()) {
      return;
    }
    Optional<Outcome> posted = Optional.empty();
    if (row.price() > 0) {
      boolean completed = row.status().equals("completed");
      OptionalLong hold =
          row.hold().isPresent()
              ? row.hold()
              : reserve(row) instanceof Outcome.Accepted accepted
                  ? accepted.hold()
                  : OptionalLong.empty();
      if (hold.isPresent()) {
        Outcome outcome =
            parts
                .ledger()
                .execute(
                    key(row, completed ? "post" : "void"),
                    completed
                        ? new Command.Post(hold.getAsLong())
                        : new Command.Void(hold.getAsLong()));
        if (!(outcome instanceof Outcome.Accepted)) {
          LOG.error("The hold {} of {} could not be settled: {}", hold, id, outcome);
        }
        posted = completed ? Optional.of(outcome) : Optional.empty();
      }
    }
    Optional<Outcome> charge = posted;
    parts
        .store()
        .change(
            handle -> {
              if (table.settle(handle, id)
                  && charge.isPresent()
                  && charge.get() instanceof Outcome.Accepted accepted) {
                LowCredits.Change change =
                    LowCredits.Change.of(row.purse().orElseThrow(), accepted);
                if (lowCredits.fell(change, settings.lowBalance())) {
                  listener.low(id, row.owner(), row.note(), change.after(), settings.lowBalance());
                }
              }
            });
  }

  /** Does the work of all uses. */
  private final class Handler implements JobHandler<Work, Done> {

    @Override
    public Done run(Work work, JobContext context) throws Exception {
      RunTable.Row row = table.byId(work.run()).orElseThrow();
      // An earlier run may have died after its result was kept.
      if (row.made().isEmpty()) {
        make(row, context);
      }
      return new Done(row.id());
    }

    private void make(RunTable.Row row, JobContext context) throws Exception {
      Tool tool = tools.get(row.tool());
      if (tool == null) {
        throw Failure.of(
            Failure.Reason.UNSUPPORTED, "tool", "The tool " + row.tool() + " is no longer offered");
      }
      Instant begin = parts.clock().instant();
      ToolInputs inputs = ToolInput.read(tool.inputs(), stored(row.inputs()));
      context.progress(0, "Starting " + tool.name() + "...");
      ToolResult result = tool.run(inputs, new Inside(row.owner(), context));
      context.throwIfCancelled();
      context.progress(0.95, "Keeping the files...");
      List<Path> written = new ArrayList<>();
      try {
        for (ToolResult.Output output : result.outputs()) {
          written.add(write(output));
        }
        context.throwIfCancelled();
        long millis = Duration.between(begin, parts.clock().instant()).toMillis();
        keep(row, result, written, millis);
      } finally {
        for (Path path : written) {
          java.nio.file.Files.deleteIfExists(path);
        }
      }
    }

    private Path write(ToolResult.Output output) throws IOException {
      Path path = java.nio.file.Files.createTempFile("spanda-tool-", ".part");
      try (OutputStream out = new BufferedOutputStream(java.nio.file.Files.newOutputStream(path))) {
        output.writer().writeTo(out);
      } catch (IOException | RuntimeException e) {
        java.nio.file.Files.deleteIfExists(path);
        throw e;
      }
      return path;
    }

    /** Keeps every file, then the fact that they are kept. */
    private void keep(RunTable.Row row, ToolResult result, List<Path> written, long millis) {
      List<RunTable.Kept> kept = new ArrayList<>();
      for (int i = 0; i < written.size(); i++) {
        ToolResult.Output output = result.outputs().get(i);
        kept.add(new RunTable.Kept(output.format(), save(row, output, i, written.get(i))));
      }
      RunTable.Made made =
          new RunTable.Made(result.type(), itemName(result, row.tool()), List.copyOf(kept));
      if (!parts.store().write(handle -> table.made(handle, row.id(), made, millis))) {
        throw Failure.of(Failure.Reason.CONFLICT, "job", "Another run of the job has made it");
      }
    }

    private String save(RunTable.Row row, ToolResult.Output output, int number, Path path) {
      // An id that belongs to the use: a run that is repeated saves nothing twice.
      String id = "file_" + row.id().substring(row.id().indexOf('_') + 1) + number;
      try (InputStream in = java.nio.file.Files.newInputStream(path)) {
        return parts
            .files()
            .save(row.owner(), StoredFile.Plan.of(output.fileName()).withId(id), in)
            .id();
      } catch (IOException e) {
        throw Failure.of(Failure.Reason.FAILED, "tool", "The files could not be kept").causedBy(e);
      }
    }

    @Override
    public void settle(Job job) {
      RunTable.Row row = table.byJob(job.id()).orElse(null);
      if (row == null) {
        return;
      }
      Instant now = job.finishedAt().orElseGet(() -> parts.clock().instant());
      if (job.state() instanceof JobState.Completed && row.made().isPresent()) {
        String item = item(row, job.id(), row.made().get());
        parts.store().change(handle -> table.end(handle, row.id(), "completed", item, null, now));
        listener.completed(use(table.byId(row.id()).orElseThrow(), true));
      } else {
        String error = job.state() instanceof JobState.Failed failed ? failed.message() : null;
        parts
            .store()
            .change(
                handle ->
                    table.end(
                        handle,
                        row.id(),
                        job.state() instanceof JobState.Cancelled ? "cancelled" : "failed",
                        null,
                        error,
                        now));
        row.made().ifPresent(made -> discard(row.owner(), made));
      }
      parts.store().afterCommit(() -> Tools.this.settle(row.id()));
    }

    /** The item under an id that belongs to the job, in its project if that still takes it. */
    private String item(RunTable.Row row, String jobId, RunTable.Made made) {
      Item.Plan plan =
          Item.Plan.of(
                  made.type(),
                  made.name(),
                  made.files().stream()
                      .map(kept -> new Item.Link(kept.format(), kept.fileId()))
                      .toList())
              .withId("item_" + jobId.substring(jobId.indexOf('_') + 1));
      try {
        return parts.projects().addItem(row.owner(), row.projectId(), plan).id();
      } catch (Failure gone) {
        if (row.projectId().isEmpty()) {
          throw gone;
        }
        LOG.info("{} goes to no project: {}", jobId, gone.getMessage());
        return parts.projects().addItem(row.owner(), Optional.empty(), plan).id();
      }
    }

    private void discard(String owner, RunTable.Made made) {
      for (RunTable.Kept kept : made.files()) {
        try {
          parts.files().delete(owner, kept.fileId());
        } catch (Failure gone) {
          LOG.debug("{} is gone already", kept.fileId());
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // Json makes maps with texts as keys.
  private static Map<String, Object> stored(String inputs) {
    return Json.read(inputs, Map.class);
  }

  /** A name that an item can have: one line that is not blank. */
  private static String itemName(ToolResult result, String tool) {
    StringBuilder name = new StringBuilder();
    result
        .name()
        .codePoints()
        .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? ' ' : c)
        .limit(LONGEST_ITEM_NAME)
        .forEach(name::appendCodePoint);
    return name.toString().isBlank() ? tool : name.toString().strip();
  }

  /** The owner's view of a run. */
  private final class Inside implements ToolContext {
    private final String owner;
    private final JobContext context;

    Inside(String owner, JobContext context) {
      this.owner = owner;
      this.context = context;
    }

    @Override
    public String owner() {
      return owner;
    }

    @Override
    public void progress(double fraction, String message) {
      // The last twentieth is the keeping of the files.
      context.progress(Math.min(1, Math.max(0, fraction)) * 0.95, message);
    }

    @Override
    public void throwIfCancelled() {
      context.throwIfCancelled();
    }

    @Override
    public InputStream open(String fileId) {
      return parts.files().open(owner, fileId);
    }

    @Override
    public String fileName(String fileId) {
      return parts.files().find(owner, fileId).name();
    }
  }
}
