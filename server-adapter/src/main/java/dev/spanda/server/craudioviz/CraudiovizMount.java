package dev.spanda.server.craudioviz;

import dev.spanda.contract.craudioviz.AccountApi;
import dev.spanda.contract.craudioviz.ChatApi;
import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.FilesApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ProjectsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import dev.spanda.contract.craudioviz.WebhooksApi;
import dev.spanda.core.Failure;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.server.gate.Authenticator;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.http.Mount;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One of the two addresses of CRAudioViz: the live one, or the sandbox. */
final class CraudiovizMount {

  static final String BASE_PATH = "/v1";

  private static final String BEARER = "bearer ";

  /** For callers without a key: links that browsers open, and wrong keys. */
  private static final RateLimit WITHOUT_KEY = RateLimit.perHour(2_000);

  private CraudiovizMount() {}

  /** The mount; a caller who has not named a host gets the documented port in its links. */
  static Mount of(Craudioviz.Needs needs, Craudioviz.Desk desk, boolean sandbox) {
    String name = sandbox ? Craudioviz.SANDBOX_NAME : Craudioviz.NAME;
    int port = sandbox ? Craudioviz.SANDBOX_PORT : Craudioviz.PORT;
    Function<Caller, Tenant> tenant =
        caller ->
            Tenant.of(
                caller.principal(Identity.class),
                (caller.origin().isEmpty() ? "http://127.0.0.1:" + port : caller.origin())
                    + BASE_PATH);
    Gate.Builder gate =
        Gate.builder(needs.limiter())
            .name(name)
            .times(needs.limitFactor())
            .authenticator(visit -> identify(needs.keys(), sandbox, visit));
    if (!sandbox) {
      gate.limit(WITHOUT_KEY).plans(Plans.requests());
    }
    return Mount.builder(name)
        .basePath(BASE_PATH)
        .dialect(new CraudiovizDialect())
        .gate(gate.build())
        .largestUpload(FilesApi.LARGEST_BYTES + (1 << 20))
        .endpoints(
            AccountApi.class,
            caller ->
                new AccountEndpoints(
                    needs.accounts(), needs.keys(), desk.purses(), tenant.apply(caller)))
        .endpoints(
            CreditsApi.class,
            caller ->
                new CreditsEndpoints(needs.ledger(), desk.payments(), desk, tenant.apply(caller)))
        .endpoints(
            ProjectsApi.class,
            caller -> new ProjectsEndpoints(needs.projects(), desk.links(), tenant.apply(caller)))
        .endpoints(
            ToolsApi.class,
            caller -> new ToolsEndpoints(desk.tools(), desk.purses(), tenant.apply(caller)))
        .endpoints(
            JobsApi.class,
            caller -> new ToolsEndpoints.OfJobs(desk.tools(), desk.links(), tenant.apply(caller)))
        .endpoints(
            ChatApi.class,
            caller ->
                new ChatEndpoints(
                    desk.assistant(), needs.projects(), desk.starter(), tenant.apply(caller)))
        .endpoints(
            FilesApi.class,
            caller ->
                new FilesEndpoints(
                    needs.files(),
                    desk.links(),
                    caller.identity().isPresent() ? tenant.apply(caller) : null))
        .endpoints(
            WebhooksApi.class,
            caller -> new WebhooksEndpoints(desk.webhooks(), needs.clock(), tenant.apply(caller)))
        .pages("CRAudioViz", "/dev/spanda/server/openapi/craudioviz.json")
        .build();
  }

  /** A key of this address's environment, or nothing but a link for a download. */
  private static @Nullable Object identify(
      ApiKeys keys, boolean sandbox, Authenticator.Visit visit) {
    String header = visit.header("Authorization");
    if (header == null) {
      boolean link =
          visit.operation() != null
              && visit.operation().getDeclaringClass() == FilesApi.class
              && visit.query("signature") != null;
      if (link || visit.operation() == null) {
        return null;
      }
      throw unknown("The request has no API key: Authorization: Bearer YOUR_API_KEY");
    }
    if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw unknown("The Authorization header must be Bearer and an API key");
    }
    Identity identity =
        keys.find(Craudioviz.NAME, header.substring(BEARER.length()).strip())
            .map(ApiKeys.Key::identity)
            .orElseThrow(() -> unknown("API key is invalid"));
    if (identity.environment().equals(Identity.SANDBOX) != sandbox) {
      throw unknown(
          sandbox
              ? "This is a live key; the sandbox takes sandbox keys only"
              : "This is a sandbox key; it opens the sandbox only");
    }
    return identity;
  }

  private static Failure unknown(String message) {
    return Failure.of(Failure.Reason.UNAUTHENTICATED, "credentials", message);
  }
}
