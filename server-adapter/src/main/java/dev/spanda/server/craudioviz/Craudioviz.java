package dev.spanda.server.craudioviz;

import dev.spanda.core.Ids;
import dev.spanda.core.assistant.Assistant;
import dev.spanda.core.assistant.Skill;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.file.Files;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.payment.Payments;
import dev.spanda.core.payment.PriceTable;
import dev.spanda.core.payment.TestProcessor;
import dev.spanda.core.project.Projects;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.store.Store;
import dev.spanda.core.text.TextModel;
import dev.spanda.core.tool.Tool;
import dev.spanda.core.tool.Tools;
import dev.spanda.core.webhook.WebhookSender;
import dev.spanda.core.webhook.Webhooks;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.http.Mount;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CRAudioViz, put together: its tools and purses, its live mount and its sandbox. Made before the
 * jobs are started, because it registers the one that does the tools' work.
 */
public final class Craudioviz implements AutoCloseable {

  /** The name of the live mount, and of the API that accounts and keys belong to. */
  public static final String NAME = "craudioviz";

  /** The name of the sandbox's mount. */
  public static final String SANDBOX_NAME = "craudioviz-sandbox";

  /** The live port. */
  public static final int PORT = 8080;

  /** The sandbox's port. */
  public static final int SANDBOX_PORT = 8081;

  private static final Logger LOG = LoggerFactory.getLogger(Craudioviz.class);
  private static final int SWEEP_SECONDS = 20;
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final Duration DELIVERIES_KEPT = Duration.ofDays(30);

  private final Needs needs;
  private final Desk desk;
  private final Mount live;
  private final Mount sandbox;
  private final Future<?> sweeping;
  private final Future<?> cleaning;

  /**
   * What CRAudioViz needs of the house.
   *
   * @param limiter counts requests; one that nodes share when they share the store
   * @param limitFactor multiplies the documented limits
   * @param sender carries webhooks
   * @param webhookKey the file with the key that seals the secrets of webhooks
   * @param tools what is offered
   * @param model answers in conversations what no skill fits
   * @param skills how people ask for the tools in their own words
   */
  public record Needs(
      Store store,
      Clock clock,
      Ids ids,
      EventBus bus,
      ScheduledExecutorService timer,
      Limiter limiter,
      int limitFactor,
      Jobs jobs,
      Ledger ledger,
      Projects projects,
      Files files,
      Accounts accounts,
      ApiKeys keys,
      WebhookSender sender,
      Path webhookKey,
      List<Tool> tools,
      TextModel model,
      List<Skill> skills) {}

  /** What its endpoints share. */
  record Desk(
      Tools tools,
      Purses purses,
      Links links,
      Webhooks webhooks,
      Payments payments,
      Assistant assistant,
      ChatEndpoints.Starter starter) {}

  /** Puts it together and begins to sweep. */
  public Craudioviz(Needs needs) {
    this.needs = needs;
    Links links = new Links(needs.store(), needs.clock(), new SecureRandom());
    Purses purses = new Purses(needs.ledger(), needs.clock());
    Webhooks webhooks =
        new Webhooks(
            needs.store(),
            needs.jobs(),
            needs.sender(),
            needs.clock(),
            needs.bus(),
            needs.ids(),
            new SecureRandom(),
            Webhooks.Settings.of(
                    List.of(Herald.JOB_COMPLETED, Herald.CREDITS_LOW), needs.webhookKey())
                .withHeaderPrefix("X-CRAudioViz-"));
    // No money moves: a processor that takes some is another implementation of the same port.
    Payments payments =
        new Payments(
            needs.store(),
            needs.ledger(),
            new TestProcessor(needs.store()),
            PriceTable.STANDARD,
            purses,
            needs.clock(),
            needs.bus(),
            needs.ids());
    Tools tools =
        new Tools(
            new Tools.Parts(
                needs.store(),
                needs.clock(),
                needs.ids(),
                needs.jobs(),
                needs.ledger(),
                needs.projects(),
                needs.files()),
            needs.tools(),
            Tools.Settings.payingTo(Purses.REVENUE),
            new Herald(webhooks, links, needs.clock()));
    ChatEndpoints.Starter starter =
        new ChatEndpoints.Starter(
            (tenant, tool, project, inputs, key) ->
                ToolsEndpoints.execute(
                        tools, purses, tenant, tool, project, inputs, Optional.of(key))
                    .jobId());
    Assistant assistant =
        new Assistant(
            needs.store(), needs.clock(), needs.ids(), needs.model(), needs.skills(), starter);
    desk = new Desk(tools, purses, links, webhooks, payments, assistant, starter);
    live = CraudiovizMount.of(needs, desk, false);
    sandbox = CraudiovizMount.of(needs, desk, true);
    sweeping =
        needs.timer().scheduleWithFixedDelay(this::sweep, 0, SWEEP_SECONDS, TimeUnit.SECONDS);
    cleaning = needs.timer().scheduleWithFixedDelay(this::clean, 1, 1, TimeUnit.HOURS);
  }

  /** The live mount, to be served. */
  public Mount live() {
    return live;
  }

  /** The sandbox's mount, to be served. */
  public Mount sandbox() {
    return sandbox;
  }

  /**
   * Brings an account's fresh purse to a balance that never expires, this month's allowance taken
   * and spent: for a demonstration. Does nothing to a purse that was opened before.
   */
  public void seed(String account, String plan, long credits) {
    desk.purses().seed(new Tenant(account, plan, false, ""), credits);
  }

  private void sweep() {
    try {
      desk.tools().sweep();
      desk.payments().recover();
      needs.ledger().settleDue();
    } catch (RuntimeException e) {
      LOG.warn("What was left of earlier uses could not be looked at", e);
    }
  }

  private void clean() {
    try {
      needs.files().sweep(PATIENCE);
      desk.webhooks().prune(needs.clock().instant().minus(DELIVERIES_KEPT));
    } catch (RuntimeException e) {
      LOG.warn("Left-over files and old deliveries could not be removed", e);
    }
  }

  @Override
  public void close() {
    sweeping.cancel(false);
    cleaning.cancel(false);
  }
}
