package dev.spanda.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.agent.WorkQueue.Sign;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkQueueTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final String OWNER = "user_1";

  private final SettableClock clock = SettableClock.at(START);
  private final Ids ids = new Ids(new Random(11));
  private final List<AutoCloseable> open = new ArrayList<>();

  private Agents agents;
  private WorkQueue queue;

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private void open(StoreKind kind) {
    StoreKind.Place place = kind.fresh();
    open.add(place);
    Store store = Store.open(place.location());
    open.add(store);
    agents = new Agents(store, clock, ids);
    queue = new WorkQueue(store, clock, ids, agents);
  }

  private static AgentPlan plan(String name, int most, String... capabilities) {
    return new AgentPlan(
        name, "data_processor", List.of(capabilities), most, Duration.ofMinutes(5), 3, true);
  }

  private Agent agent(int most, String... capabilities) {
    return agents.create(OWNER, plan("Agent", most, capabilities));
  }

  private Work submit(int priority, String... needs) {
    return queue.submit(
        OWNER,
        new Work.Request("data_processing", "label", "Work", List.of(needs), priority, "{}"));
  }

  private List<Work> lease(Agent agent, int most) {
    return queue.lease(OWNER, agent.id(), most);
  }

  private static void assertRefused(Failure.Reason reason, String subject, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }

  @ParameterizedTest
  @EnumSource
  void workGoesToTheLeastLoadedAgentThatCanDoIt(StoreKind kind) {
    open(kind);
    Agent cleaner = agent(4, "cleaning");
    Agent both = agent(2, "cleaning", "validation");
    Agent byKind = agent(2, "data_processing");
    for (Agent agent : List.of(cleaner, both, byKind)) {
      assertThat(lease(agent, 1)).isEmpty();
    }
    Map<String, Integer> has = new HashMap<>();
    for (int i = 0; i < 8; i++) {
      Work unused = submit(1, "cleaning");
    }
    for (Agent agent : List.of(cleaner, both, byKind)) {
      has.put(agent.id(), lease(agent, 10).size());
    }
    assertThat(has).containsEntry(cleaner.id(), 4).containsEntry(both.id(), 2);
    assertThat(has).containsEntry(byKind.id(), 2);
    Agent full = agents.find(OWNER, both.id());
    assertThat(full.current()).hasSize(2);
    Work needsBoth = submit(1, "cleaning", "validation");
    assertThat(lease(cleaner, 10)).isEmpty();
    Work done = full.current().get(0);
    queue.complete(OWNER, both.id(), done.id(), done.token(), "ok");
    assertThat(lease(both, 10)).extracting(Work::id).containsExactly(needsBoth.id());
    assertThat(agents.find(OWNER, both.id()).statistics().succeeded()).isEqualTo(1);
  }

  @Test
  void halfOfTheLoadGoesToEachOfTwoAgents() {
    open(StoreKind.MEMORY);
    Agent one = agent(10, "x");
    Agent two = agent(10, "x");
    lease(one, 1);
    lease(two, 1);
    for (int i = 0; i < 10; i++) {
      Work unused = submit(1, "x");
    }
    assertThat(lease(one, 10)).hasSize(5);
    assertThat(lease(two, 10)).hasSize(5);
  }

  @Test
  void theMoreUrgentGoesFirstAndThenTheOlder() {
    open(StoreKind.MEMORY);
    Agent agent = agent(1, "x");
    Work low = submit(0, "x");
    clock.advance(Duration.ofMillis(1));
    Work first = submit(2, "x");
    clock.advance(Duration.ofMillis(1));
    Work second = submit(2, "x");
    Work urgent = submit(3, "x");
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Work work = lease(agent, 5).get(0);
      order.add(work.id());
      queue.complete(OWNER, agent.id(), work.id(), work.token(), "");
    }
    assertThat(order).containsExactly(urgent.id(), first.id(), second.id(), low.id());
  }

  private Work submitOf(String owner, int priority) {
    return queue.submit(
        owner, new Work.Request("data_processing", "label", "Work", List.of(), priority, "{}"));
  }

  private void complete(Work work) {
    Work unused = queue.complete(work.owner(), Work.LOCAL, work.id(), work.token(), "");
  }

  @ParameterizedTest
  @EnumSource
  void aFloodOfOneOwnersUrgentWorkDoesNotHoldUpAnothers(StoreKind kind) {
    open(kind);
    queue.openLocal(2, () -> {});
    for (int i = 0; i < 60; i++) {
      Work unused = submitOf("user_a", 3);
    }
    Work ofB = submitOf("user_b", 0);
    Work ofC = submitOf("user_c", 0);
    List<Work> first = queue.leaseLocal(2);
    assertThat(first).extracting(Work::owner).containsExactlyInAnyOrder("user_a", "user_b");
    assertThat(first).extracting(Work::id).contains(ofB.id());
    first.stream().filter(work -> work.owner().equals("user_a")).forEach(this::complete);
    // Both a and c have nothing now; the turn is c's.
    List<Work> second = queue.leaseLocal(1);
    assertThat(second).extracting(Work::id).containsExactly(ofC.id());
    complete(second.get(0));
    first.stream().filter(work -> work.owner().equals("user_b")).forEach(this::complete);
    // Whoever is alone gets all the room.
    assertThat(queue.leaseLocal(2)).extracting(Work::owner).containsExactly("user_a", "user_a");
  }

  @Test
  void everybodyWhoWaitsHasATurnInEachRound() {
    open(StoreKind.SQLITE);
    queue.openLocal(1, () -> {});
    List<String> owners = List.of("user_a", "user_b", "user_c", "user_d");
    for (String owner : owners) {
      for (int i = 0; i < 5; i++) {
        Work unused = submitOf(owner, owner.equals("user_b") ? 3 : 0);
      }
    }
    Work urgent = submitOf("user_d", 2);
    for (int round = 0; round < 5; round++) {
      List<String> served = new ArrayList<>();
      for (String ignored : owners) {
        Work work = queue.leaseLocal(1).get(0);
        served.add(work.owner());
        if (round == 0 && work.owner().equals("user_d")) {
          assertThat(work.id()).isEqualTo(urgent.id());
        }
        complete(work);
      }
      assertThat(served).containsExactlyInAnyOrderElementsOf(owners);
    }
  }

  @Test
  void aRemoteAgentThatAsksOftenTakesNoRoomOfTheServerForItsOwner() {
    open(StoreKind.SQLITE);
    queue.openLocal(2, () -> {});
    Agent remote = agent(1, "data_processing");
    Agent hosted =
        agents.create(
            OWNER,
            new AgentPlan(
                "Hosted", "any", List.of("data_processing"), 10, Duration.ofMinutes(5), 3, false));
    for (int i = 0; i < 8; i++) {
      Work unused = submitOf(OWNER, 3);
    }
    Work other = submitOf("user_2", 0);
    assertThat(lease(remote, 5)).hasSize(1);
    assertThat(lease(remote, 5)).isEmpty();
    assertThat(agents.find(OWNER, hosted.id()).current()).isEmpty();
    List<Work> local = queue.leaseLocal(2);
    assertThat(local).extracting(Work::owner).containsExactlyInAnyOrder(OWNER, "user_2");
    assertThat(local).extracting(Work::id).contains(other.id());
  }

  @ParameterizedTest
  @EnumSource
  void aLateReportUnderAnOldTokenIsRefused(StoreKind kind) {
    open(kind);
    Agent slow = agent(1, "x");
    Work work = submit(1, "x");
    Work first = lease(slow, 1).get(0);
    clock.advance(Agents.LEASE);
    assertThat(queue.sweep()).isEqualTo(1);
    Agent quick = agent(1, "x");
    Work second = lease(quick, 1).get(0);
    assertThat(second.id()).isEqualTo(work.id());
    assertThat(second.token()).isGreaterThan(first.token());
    assertRefused(
        Failure.Reason.CONFLICT,
        "token",
        () -> queue.complete(OWNER, slow.id(), work.id(), first.token(), "late"));
    assertRefused(
        Failure.Reason.CONFLICT,
        "token",
        () -> queue.complete(OWNER, slow.id(), work.id(), second.token(), "stolen"));
    assertThat(queue.heartbeat(OWNER, slow.id(), List.of(new Sign(work.id(), 1, 0.5, ""))))
        .isEmpty();
    Work done = queue.complete(OWNER, quick.id(), work.id(), second.token(), "right");
    assertThat(done.output()).contains("right");
    assertThat(done.interruptions()).isEqualTo(1);
    assertRefused(
        Failure.Reason.CONFLICT,
        "token",
        () -> queue.complete(OWNER, quick.id(), work.id(), second.token(), "twice"));
    assertThat(agents.find(OWNER, slow.id()).statistics().failed()).isEqualTo(1);
    assertThat(agents.find(OWNER, quick.id()).statistics().succeeded()).isEqualTo(1);
  }

  @Test
  void aHeartbeatKeepsALeaseUntilTheTimeoutAndNoLonger() {
    open(StoreKind.MEMORY);
    Agent agent = agent(1, "x");
    Work work = submit(1, "x");
    Work leased = lease(agent, 1).get(0);
    for (int i = 1; i <= 14; i++) {
      clock.advance(Duration.ofSeconds(20));
      Sign sign = new Sign(work.id(), leased.token(), i / 20.0, "step " + i);
      assertThat(queue.heartbeat(OWNER, agent.id(), List.of(sign))).containsExactly(work.id());
      assertThat(queue.sweep()).isZero();
    }
    assertThat(queue.find(work.id()).orElseThrow().progress()).isEqualTo(0.7);
    clock.advance(Duration.ofSeconds(20));
    assertThat(queue.sweep()).isEqualTo(1);
    Work late = queue.find(work.id()).orElseThrow();
    assertThat(late.failures()).isEqualTo(1);
    assertThat(late.status()).isEqualTo(Work.Status.QUEUED);
  }

  @Test
  void aFailureIsTriedAgainAsOftenAsTheAgentsPlanSays() {
    open(StoreKind.MEMORY);
    Agent agent = agent(1, "x");
    Work work = submit(1, "x");
    for (int attempt = 1; attempt <= 4; attempt++) {
      Work leased = lease(agent, 1).get(0);
      Work after =
          queue.fail(
              OWNER, agent.id(), work.id(), leased.token(), Failure.Reason.UNAVAILABLE, "down");
      assertThat(after.status()).isEqualTo(attempt < 4 ? Work.Status.QUEUED : Work.Status.FAILED);
      assertThat(lease(agent, 1)).isEmpty();
      clock.advance(Duration.ofSeconds(1L << (attempt - 1)));
    }
    Work invalid = submit(1, "x");
    Work leased = lease(agent, 1).get(0);
    Work ended =
        queue.fail(
            OWNER, agent.id(), invalid.id(), leased.token(), Failure.Reason.INVALID, "no rows");
    assertThat(ended.status()).isEqualTo(Work.Status.FAILED);
    assertThat(ended.reason()).contains(Failure.Reason.INVALID);
    assertThat(agents.find(OWNER, agent.id()).statistics().failed()).isEqualTo(5);
  }

  @Test
  void workWhoseAgentsAlwaysFallSilentFails() {
    open(StoreKind.MEMORY);
    Agent agent = agent(1, "x");
    Work work = submit(1, "x");
    for (int i = 0; i < WorkQueue.MOST_INTERRUPTIONS; i++) {
      assertThat(lease(agent, 1)).hasSize(1);
      clock.advance(Agents.LEASE);
      assertThat(queue.sweep()).isEqualTo(1);
    }
    assertThat(queue.find(work.id()).orElseThrow().status()).isEqualTo(Work.Status.FAILED);
  }

  @Test
  void statusAndUptimeFollowTheAgentsSignsOfLife() {
    open(StoreKind.MEMORY);
    Agent remote = agent(1, "x");
    assertThat(remote.status()).isEqualTo(Agent.Status.OFFLINE);
    assertThat(remote.statistics().uptime()).isEqualTo(Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      assertThat(queue.heartbeat(OWNER, remote.id(), List.of())).isEmpty();
      clock.advance(Duration.ofSeconds(20));
    }
    Agent alive = agents.find(OWNER, remote.id());
    assertThat(alive.status()).isEqualTo(Agent.Status.IDLE);
    assertThat(alive.statistics().uptime()).isEqualTo(Duration.ofSeconds(400));
    clock.advance(Duration.ofSeconds(20));
    assertThat(agents.find(OWNER, remote.id()).status()).isEqualTo(Agent.Status.OFFLINE);
    queue.heartbeat(OWNER, remote.id(), List.of());
    Agent again = agents.find(OWNER, remote.id());
    assertThat(again.status()).isEqualTo(Agent.Status.ACTIVE);
    assertThat(again.statistics().uptime()).isEqualTo(Duration.ZERO);
    Agent local = agents.create(OWNER, AgentPlan.of("Local", "worker", List.of()));
    assertThat(local.status()).isEqualTo(Agent.Status.ACTIVE);
    clock.advance(Duration.ofMinutes(6));
    assertThat(agents.find(OWNER, local.id()).status()).isEqualTo(Agent.Status.IDLE);
    assertThat(agents.list(OWNER, Optional.of(Agent.Status.IDLE), Optional.empty(), 10, 0).total())
        .isEqualTo(1);
    assertThat(agents.list(OWNER, Optional.empty(), Optional.of("worker"), 10, 0).total())
        .isEqualTo(1);
  }

  @Test
  void nobodySeesAnothersAgentsOrWork() {
    open(StoreKind.MEMORY);
    Agent agent = agent(1, "x");
    Work work = submit(1, "x");
    assertRefused(Failure.Reason.NOT_FOUND, "agent", () -> queue.lease("user_2", agent.id(), 1));
    assertRefused(Failure.Reason.NOT_FOUND, "agent", () -> agents.find("user_2", agent.id()));
    assertRefused(Failure.Reason.NOT_FOUND, "agent", () -> agents.delete("user_2", agent.id()));
    Agent other = agents.create("user_2", plan("Other", 5, "x"));
    assertThat(queue.lease("user_2", other.id(), 5)).isEmpty();
    Work leased = lease(agent, 1).get(0);
    assertRefused(
        Failure.Reason.NOT_FOUND,
        "work",
        () -> queue.complete("user_2", other.id(), work.id(), leased.token(), ""));
  }

  @Test
  void theWorkOfADeletedAgentGoesToAnother() {
    open(StoreKind.MEMORY);
    Agent agent = agent(1, "x");
    Work unused = submit(1, "x");
    Work leased = lease(agent, 1).get(0);
    Agent other = agent(1, "x");
    agents.delete(OWNER, agent.id());
    assertThat(lease(other, 1)).extracting(Work::id).containsExactly(leased.id());
  }

  @Test
  void wrongPlansAreRefusedByField() {
    Duration five = Duration.ofMinutes(5);
    List<String> none = List.of();
    assertRefused(
        Failure.Reason.INVALID, "name", () -> new AgentPlan(" ", "t", none, 1, five, 3, false));
    assertRefused(
        Failure.Reason.INVALID, "type", () -> new AgentPlan("n", "T!", none, 1, five, 3, false));
    assertRefused(
        Failure.Reason.INVALID,
        "capabilities",
        () -> new AgentPlan("n", "t", List.of("a b"), 1, five, 3, false));
    assertRefused(
        Failure.Reason.INVALID,
        "max_concurrent_tasks",
        () -> new AgentPlan("n", "t", none, 0, five, 3, false));
    assertRefused(
        Failure.Reason.INVALID,
        "timeout",
        () -> new AgentPlan("n", "t", none, 1, Duration.ZERO, 3, false));
    assertRefused(
        Failure.Reason.INVALID,
        "retry_attempts",
        () -> new AgentPlan("n", "t", none, 1, five, 11, false));
    open(StoreKind.MEMORY);
    for (int i = 0; i < Agents.MOST_AGENTS; i++) {
      agents.create(OWNER, AgentPlan.of("n", "t", none));
    }
    assertRefused(
        Failure.Reason.CONFLICT, "agent", () -> agents.create(OWNER, AgentPlan.of("n", "t", none)));
  }
}
