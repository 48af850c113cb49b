package dev.spanda.server.craudioviz;

import dev.spanda.client.ApiException;
import dev.spanda.client.CraudiovizClient;
import dev.spanda.client.RateLimitedException;
import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.FilesApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ProjectsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import dev.spanda.contract.craudioviz.ToolsApi.Execution;
import dev.spanda.contract.craudioviz.WebhooksApi;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The document's programs, step for step, in Java. They run against any server. */
final class CraudiovizTwins {

  private CraudiovizTwins() {}

  /** "JavaScript/Node.js", "Python" and "PHP" of the chapter SDKs: the same three steps. */
  static JobsApi.Result threeSteps(URI base, String apiKey) {
    try (CraudiovizClient client = CraudiovizClient.connect(base, apiKey)) {
      // Create project
      ProjectsApi.Created project = client.projects().create("My Project");
      // Use tool
      ToolsApi.Started job =
          client
              .tools()
              .execute("logo_maker", Execution.in(project.id(), Map.of("text", "My Company")));
      // Wait for completion
      return client.jobs().wait(job.id());
    }
  }

  /** The same steps as JavaScript takes them, none of which blocks. */
  static CompletableFuture<JobsApi.Result> javaScript(CraudiovizClient client) {
    return client
        .async(client.projects(), projects -> projects.create("My Project"))
        .thenCompose(
            project ->
                client.async(
                    client.tools(),
                    tools ->
                        tools.execute(
                            "logo_maker",
                            Execution.in(project.id(), Map.of("text", "My Company")))))
        .thenCompose(job -> client.async(client.jobs(), jobs -> jobs.wait(job.id())));
  }

  /** "Create Logo with API", with its own loop. */
  static String createLogo(CraudiovizClient client, String companyName, Pause pause)
      throws InterruptedException {
    ProjectsApi.Created project = client.projects().create(companyName + " Branding");
    ToolsApi.Started job =
        client
            .tools()
            .execute(
                "logo_maker",
                Execution.in(project.id(), Map.of("text", companyName, "style", "modern")));
    while (true) {
      JobsApi.Job status = client.jobs().get(job.jobId());
      JobsApi.Result result = status.result();
      if (status.status().equals("completed") && result != null) {
        return result.url();
      } else if (status.status().equals("failed")) {
        throw new IllegalStateException(status.error());
      }
      pause.of(Duration.ofMillis(50));
    }
  }

  /** Lets time pass. */
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /** "Batch Process Images". */
  static List<String> batchResize(
      CraudiovizClient client, List<Path> images, int width, int height) {
    List<ToolsApi.Started> jobs = new ArrayList<>();
    // Upload all images
    for (Path image : images) {
      FilesApi.Stored file = client.files().upload(image);
      jobs.add(
          client
              .tools()
              .execute(
                  "image_resizer",
                  Execution.of(Map.of("file_id", file.id(), "width", width, "height", height))));
    }
    // Wait for all to complete
    List<CompletableFuture<JobsApi.Result>> results =
        jobs.stream()
            .map(job -> client.async(client.jobs(), waiting -> waiting.wait(job.id())))
            .toList();
    return results.stream().map(result -> result.join().url()).toList();
  }

  /** "Monitor Credits with Webhook": what the endpoint answers, 200 or 401. */
  static int webhook(
      byte[] payload, @Nullable String signature, String secret, CraudiovizClient client)
      throws IOException {
    // Verify signature
    if (!CraudiovizClient.verifyWebhook(payload, signature, secret)) {
      return 401;
    }
    WebhooksApi.CreditsLow event =
        WireJson.mapper().readValue(payload, WebhooksApi.CreditsLow.class);
    if (event.event().equals("credits.low")) {
      // Auto-purchase more credits; one delivery that comes twice buys once.
      client
          .credits()
          .purchase(new CreditsApi.Order(500L, "stripe_token_xyz"), "refill " + event.id());
    }
    return 200;
  }

  /** "Rate Limit Handling" and "Error Handling". */
  static ToolsApi.Started execute(
      CraudiovizClient client, Execution execution, Pause pause, List<String> log)
      throws InterruptedException {
    try {
      return client.tools().execute("logo_maker", execution);
    } catch (RateLimitedException e) {
      // Handle rate limit
      pause.of(e.retryAfter().orElseThrow());
      return client.tools().execute("logo_maker", execution);
    } catch (ApiException e) {
      // Handle other API errors
      log.add("API Error: " + e.code() + " - " + e.getMessage());
      throw e;
    }
  }

  /** "Caching". */
  static final class Cache {
    private final Map<String, ProjectsApi.Project> cache = new HashMap<>();

    ProjectsApi.Project get(CraudiovizClient client, String projectId) {
      return cache.computeIfAbsent(projectId, client.projects()::get);
    }
  }
}
