package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.vajra.PopulationsApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.population.PopulationPlan;
import dev.spanda.core.population.Populations;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Population Management. */
final class PopulationsEndpoints implements PopulationsApi {

  private static final int USUAL_LIMIT = 50;

  private final Populations populations;

  PopulationsEndpoints(Populations populations) {
    this.populations = populations;
  }

  @Override
  public Created create(Plan plan) {
    dev.spanda.core.population.Population population = populations.create(plan(plan));
    return new Created(
        SUCCESS, population.id(), population.plan().name(), seconds(population.createdAt()));
  }

  @Override
  public Answer get(String populationId) {
    return answer(populations.find(populationId));
  }

  @Override
  public Listing list(
      @Nullable String category, @Nullable Integer limit, @Nullable Integer offset) {
    Page<dev.spanda.core.population.Population> page =
        populations.list(
            Optional.ofNullable(category), Wire.or(limit, USUAL_LIMIT), Wire.or(offset, 0));
    return new Listing(
        SUCCESS,
        page.items().stream()
            .map(
                each ->
                    new Row(
                        each.id(),
                        each.plan().name(),
                        each.plan().sizeEstimate(),
                        each.plan().categories()))
            .toList(),
        page.total(),
        page.limit(),
        page.offset());
  }

  @Override
  public Answer update(String populationId, Changes changes) {
    return answer(
        populations.update(
            populationId,
            before ->
                new PopulationPlan(
                    Wire.or(changes.name(), before.name()),
                    Wire.or(changes.description(), before.description()),
                    Wire.or(changes.sizeEstimate(), before.sizeEstimate()),
                    changes.categories() == null
                        ? before.categories()
                        : Wire.list("categories", changes.categories()),
                    Wire.or(changes.intention(), before.intention()))));
  }

  @Override
  public Deleted delete(String populationId) {
    return new Deleted(SUCCESS, populations.delete(populationId).id());
  }

  @Override
  public Content export() {
    List<Plan> plans =
        populations.all().stream()
            .map(
                each ->
                    new Plan(
                        each.plan().name(),
                        each.plan().description(),
                        each.plan().sizeEstimate(),
                        each.plan().categories(),
                        each.plan().intention()))
            .toList();
    try {
      return Content.of(
          "application/json",
          "populations.json",
          WireJson.mapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(new ImportRequest(plans)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Imported importAll(ImportRequest request) {
    List<PopulationPlan> plans = new ArrayList<>();
    List<Plan> given = Wire.list("populations", request.populations());
    for (int i = 0; i < given.size(); i++) {
      try {
        plans.add(plan(given.get(i)));
      } catch (Failure e) {
        throw e.with("index", i);
      }
    }
    List<String> ids =
        populations.importAll(plans).stream()
            .map(dev.spanda.core.population.Population::id)
            .toList();
    return new Imported(SUCCESS, ids.size(), ids);
  }

  private static PopulationPlan plan(Plan plan) {
    return new PopulationPlan(
        plan.name(),
        Wire.or(plan.description(), ""),
        Wire.or(plan.sizeEstimate(), 0L),
        Wire.list("categories", plan.categories()),
        Wire.or(plan.intention(), ""));
  }

  private static Answer answer(dev.spanda.core.population.Population population) {
    PopulationPlan plan = population.plan();
    return new Answer(
        SUCCESS,
        new Population(
            population.id(),
            plan.name(),
            plan.description(),
            plan.sizeEstimate(),
            population.activeBlessings(),
            // A third of a second is all that four digits of an hour leave out.
            Math.round(population.totalHours() * 1e4) / 1e4,
            plan.categories(),
            plan.intention(),
            seconds(population.createdAt()),
            seconds(population.updatedAt())));
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
