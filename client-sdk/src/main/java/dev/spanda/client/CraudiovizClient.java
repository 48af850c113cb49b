package dev.spanda.client;

import dev.spanda.contract.craudioviz.AccountApi;
import dev.spanda.contract.craudioviz.ChatApi;
import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.FilesApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ProjectsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import dev.spanda.contract.craudioviz.WebhooksApi;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Upload;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Calls a CRAudioViz server. The views are the contract's own interfaces, and {@link Jobs} and
 * {@link FileShelf} add what the document's programs do with them.
 *
 * <p>A purchase and a tool's execution carry an idempotency key, which the client makes when the
 * caller gives none, so that they too are tried again after a passing failure and happen once.
 *
 * <p>Every failure of a call is an {@link ApiException}, a call too many a {@link
 * RateLimitedException}, and a job that was waited for in vain a {@link JobFailedException}.
 * Thread-safe. A client that is never closed does not keep the virtual machine running.
 */
public final class CraudiovizClient implements AutoCloseable {

  /** Where the documented service is; a client may be pointed elsewhere. */
  public static final URI DOCUMENTED = URI.create("https://api.craudiovizai.com/v1");

  private final HttpTransport transport;
  private final AsyncCalls asyncCalls = new AsyncCalls();
  private final AccountApi account;
  private final CreditsApi credits;
  private final ProjectsApi projects;
  private final ToolsApi tools;
  private final Jobs jobs;
  private final ChatApi chat;
  private final FileShelf files;
  private final WebhooksApi webhooks;

  CraudiovizClient(URI base, ClientOptions options, Pace pace) {
    transport = new HttpTransport(base, options, pace);
    account = ApiProxy.of(AccountApi.class, transport);
    credits = new KeyedCredits(ApiProxy.of(CreditsApi.class, transport));
    projects = ApiProxy.of(ProjectsApi.class, transport);
    tools = new KeyedTools(ApiProxy.of(ToolsApi.class, transport));
    jobs = new Jobs(ApiProxy.of(JobsApi.class, transport), pace);
    chat = ApiProxy.of(ChatApi.class, transport);
    files = new FileShelf(ApiProxy.of(FilesApi.class, transport));
    webhooks = ApiProxy.of(WebhooksApi.class, transport);
  }

  /**
   * A client with {@link ClientOptions#DEFAULT}; see {@link #connect(URI, String, ClientOptions)}.
   */
  public static CraudiovizClient connect(URI base, String apiKey) {
    return connect(base, apiKey, ClientOptions.DEFAULT);
  }

  /**
   * A client of the server at an address. Nothing is sent before the first call.
   *
   * @param base http or https with a host, such as {@code http://127.0.0.1:8080/v1}
   * @param apiKey goes with every call
   * @throws IllegalArgumentException when {@code base} is no such address
   */
  public static CraudiovizClient connect(URI base, String apiKey, ClientOptions options) {
    return new CraudiovizClient(
        base, options.withHeader("Authorization", "Bearer " + apiKey), Pace.system());
  }

  /** Profile and keys. */
  public AccountApi account() {
    return account;
  }

  /** The purse. */
  public CreditsApi credits() {
    return credits;
  }

  /** Projects and what was made in them. */
  public ProjectsApi projects() {
    return projects;
  }

  /** What can be made. */
  public ToolsApi tools() {
    return tools;
  }

  /** Jobs, and waiting for them. */
  public Jobs jobs() {
    return jobs;
  }

  /** Conversations with the assistant. */
  public ChatApi chat() {
    return chat;
  }

  /** Files. */
  public FileShelf files() {
    return files;
  }

  /** Deliveries to an address of the caller's. */
  public WebhooksApi webhooks() {
    return webhooks;
  }

  /**
   * Makes a call on a thread of the client's own: {@code client.async(client.jobs(), jobs ->
   * jobs.wait(id))}. At most 64 calls run at a time; more wait in order. Cancelling the future, or
   * ending it early in another way, such as {@code orTimeout}, breaks the call off; {@link
   * #close()} cancels them all.
   *
   * @param api one of this client's views
   * @param call one call or several in a row
   * @return completed with the call's result, or exceptionally with what it threw
   * @throws IllegalStateException when the client is closed
   */
  public <A, T> CompletableFuture<T> async(A api, Function<? super A, ? extends T> call) {
    return asyncCalls.submit(() -> call.apply(api));
  }

  /**
   * Whether a delivery comes from the server: whether the signature is the hexadecimal HMAC-SHA256
   * of the body under the secret. Takes as long for a wrong signature as for the right one.
   *
   * @param body the raw bytes, before any parsing; not modified
   * @param signature what the header {@value WebhooksApi#SIGNATURE_HEADER} says; null when absent
   * @param secret the webhook's
   */
  public static boolean verifyWebhook(byte[] body, @Nullable String signature, String secret) {
    if (signature == null) {
      return false;
    }
    byte[] expected;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      expected = mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the secret cannot be used", e);
    }
    byte[] given;
    try {
      given = HexFormat.of().parseHex(signature.strip());
    } catch (IllegalArgumentException e) {
      return false;
    }
    return MessageDigest.isEqual(expected, given);
  }

  /** Breaks off what is under way and closes every connection. Later calls are refused. */
  @Override
  public void close() {
    asyncCalls.close();
    transport.close();
  }

  private static String orNew(@Nullable String key) {
    return key == null ? UUID.randomUUID().toString() : key;
  }

  /** A job that was waited for and has failed or was cancelled. */
  public static final class JobFailedException extends ApiException {
    private static final int OK = 200;
    private final transient JobsApi.Job job;

    JobFailedException(JobsApi.Job job) {
      super(
          OK,
          "job_" + job.status(),
          Objects.requireNonNullElse(job.error(), "Job " + job.jobId() + " was " + job.status()),
          Map.of(),
          null,
          null,
          null);
      this.job = job;
    }

    /** The job as it ended. */
    public JobsApi.Job job() {
      return job;
    }
  }

  /** Jobs, and waiting for them. */
  public static final class Jobs implements JobsApi {

    /** How long {@link #wait(String)} waits. */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final JobsApi wire;
    private final Pace pace;

    Jobs(JobsApi wire, Pace pace) {
      this.wire = wire;
      this.pace = pace;
    }

    @Override
    public Job get(String jobId) {
      return wire.get(jobId);
    }

    @Override
    public Listing list(@Nullable Integer limit, @Nullable Long offset) {
      return wire.list(limit, offset);
    }

    @Override
    public Job cancel(String jobId) {
      return wire.cancel(jobId);
    }

    /** Waits {@link #PATIENCE} at most; see {@link #wait(String, Duration, Consumer)}. */
    public Result wait(String jobId) {
      return wait(jobId, PATIENCE, job -> {});
    }

    /** Waits without watching; see {@link #wait(String, Duration, Consumer)}. */
    public Result wait(String jobId, Duration patience) {
      return wait(jobId, patience, job -> {});
    }

    /**
     * Asks until the job is over, at first every 100 ms, in the end every 2 s.
     *
     * @param patience not negative
     * @param progress sees the job as each answer shows it, on this thread
     * @return what the job has made
     * @throws JobFailedException when it failed or was cancelled
     * @throws ApiException with code {@link ApiException#NO_ANSWER} when the patience is over; the
     *     job goes on
     */
    public Result wait(String jobId, Duration patience, Consumer<? super Job> progress) {
      long begin = pace.nanoTime();
      Duration pause = FIRST_PAUSE;
      while (true) {
        Job job = wire.get(jobId);
        progress.accept(job);
        if (job.isOver()) {
          Result result = job.result();
          if (result == null) {
            throw new JobFailedException(job);
          }
          return result;
        }
        Duration left = patience.minusNanos(pace.nanoTime() - begin);
        if (left.isNegative() || left.isZero()) {
          throw ApiException.of(
              0, ApiException.NO_ANSWER, "Job " + jobId + " was not over after " + patience, null);
        }
        try {
          pace.pause(pause.compareTo(left) < 0 ? pause : left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw ApiException.of(0, ApiException.CANCELLED, "The waiting was broken off", e);
        }
        Duration next = pause.multipliedBy(3).dividedBy(2);
        pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
      }
    }
  }

  /** Files, and sending them from disk. */
  public static final class FileShelf implements FilesApi {
    private final FilesApi wire;

    FileShelf(FilesApi wire) {
      this.wire = wire;
    }

    @Override
    public Stored upload(Upload form) {
      return wire.upload(form);
    }

    /** Sends a file that belongs to no project. */
    public Stored upload(Path file) {
      return upload(file, null);
    }

    /**
     * Sends a file as it is read.
     *
     * @param projectId where it belongs; null for nowhere
     * @throws UncheckedIOException when it cannot be read
     */
    public Stored upload(Path file, @Nullable String projectId) {
      return wire.upload(FileForm.of(file, "project_id", projectId));
    }

    @Override
    public Content download(String fileId, @Nullable Long expires, @Nullable String signature) {
      return wire.download(fileId, expires, signature);
    }

    @Override
    public Deleted delete(String fileId) {
      return wire.delete(fileId);
    }
  }

  private record KeyedCredits(CreditsApi wire) implements CreditsApi {
    @Override
    public Balance balance() {
      return wire.balance();
    }

    @Override
    public Purchased purchase(Order order, @Nullable String idempotencyKey) {
      return wire.purchase(order, orNew(idempotencyKey));
    }

    @Override
    public Transactions transactions(@Nullable Integer limit, @Nullable Long offset) {
      return wire.transactions(limit, offset);
    }
  }

  private record KeyedTools(ToolsApi wire) implements ToolsApi {
    @Override
    public Listing list() {
      return wire.list();
    }

    @Override
    public Started execute(String toolId, Execution execution, @Nullable String idempotencyKey) {
      return wire.execute(toolId, execution, orNew(idempotencyKey));
    }
  }
}
