package dev.spanda.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.file.Files;
import dev.spanda.core.file.StoredFile;
import dev.spanda.core.project.Projects;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataFlowTest {

  private static final DataFlow.Progress QUIET = (fraction, message) -> {};

  private final SettableClock clock = SettableClock.at(Instant.parse("2024-01-01T00:00:00Z"));
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Ids ids = new Ids(new Random(5));
  @TempDir private Path folder;

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private Store store(StoreKind kind) {
    StoreKind.Place place = kind.fresh();
    open.add(place);
    Store store = Store.open(place.location());
    open.add(store);
    return store;
  }

  private Files files(Store store) {
    EventBus bus = new EventBus();
    return new Files(
        store,
        new FolderBlobStore(folder, ids),
        new Projects(store, clock, bus, ids),
        clock,
        bus,
        ids);
  }

  private DataFlow flow(Store store) {
    return new DataFlow(
        new Tables(store, clock),
        files(store),
        (address, most) ->
            new RowFetcher.Content(
                ("host\n" + address.getHost() + "\n").getBytes(StandardCharsets.UTF_8), "text/csv"),
        clock);
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

  @Test
  void theDocumentsExampleReadsWhatCanBeReadAndKeepsItInATable() {
    DataFlow flow = flow(store(StoreKind.MEMORY));
    Map<String, Object> example =
        Map.of(
            "source", "api",
            "destination", "database",
            "transformations", List.of("clean", "validate", "enrich"));
    DataFlow.Report first = flow.run("user_1", example, "run_1", QUIET);
    assertThat(first).isEqualTo(new DataFlow.Report(1, 1, 0, "table", "processed_data", List.of()));
    Rows kept = flow.tables().read("user_1", "processed_data");
    assertThat(kept.items().get(0))
        .containsEntry("source", "api")
        .containsEntry("name", "/data/sources")
        .containsEntry("row_number", 1L);
    // The table itself is a source now.
    assertThat(flow.run("user_1", example, "run_2", QUIET).read()).isEqualTo(2);
    assertThat(flow.run("user_2", example, "run_3", QUIET).read()).isEqualTo(1);
    Map<String, Object> updated =
        Map.of(
            "source", "api",
            "destination", "database",
            "transformations", List.of("clean", "validate", "enrich", "aggregate"));
    assertThat(flow.run("user_1", updated, "run_4", QUIET).written()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aTableAppendsOnceUnderOneKeyAndReplacesOtherwise(StoreKind kind) {
    Tables tables = new Tables(store(kind), clock);
    Rows two = Rows.of(List.of(Map.of("a", 1), Map.of("b", "x\u0000")), Rows.Limits.DEFAULT);
    tables.write("user_1", "t", two, true, Optional.of("k1"));
    tables.write("user_1", "t", two, true, Optional.of("k1"));
    assertThat(tables.read("user_1", "t")).isEqualTo(two);
    clock.advance(Duration.ofSeconds(1));
    Rows more = Rows.of(List.of(Map.of("c", true)), Rows.Limits.DEFAULT);
    Tables.Table table = tables.write("user_1", "t", more, true, Optional.of("k2"));
    assertThat(table.rows()).isEqualTo(3);
    assertThat(table.columns()).containsExactly("a", "b", "c");
    assertThat(table.updatedAt()).isEqualTo(clock.instant());
    assertThat(tables.rows("user_1", "t", 1, 2).items().get(0)).containsEntry("c", true);
    assertThat(tables.write("user_1", "t", more, false, Optional.empty()).rows()).isEqualTo(1);
    assertThat(tables.list("user_1")).hasSize(1);
    assertThat(tables.list("user_2")).isEmpty();
    assertRefused(Failure.Reason.NOT_FOUND, "table", () -> tables.read("user_2", "t"));
    tables.delete("user_1", "t");
    assertRefused(Failure.Reason.NOT_FOUND, "table", () -> tables.find("user_1", "t"));
  }

  @Test
  void tablesAreBounded() {
    Tables tables = new Tables(store(StoreKind.MEMORY), clock, new Tables.Limits(1, 3, 40));
    Rows two = Rows.of(List.of(Map.of("a", 1), Map.of("a", 2)), Rows.Limits.DEFAULT);
    tables.write("user_1", "t", two, false, Optional.empty());
    tables.write("user_1", "t", two, false, Optional.empty());
    assertRefused(
        Failure.Reason.TOO_LARGE,
        "rows",
        () -> tables.write("user_1", "t", two, true, Optional.empty()));
    assertRefused(
        Failure.Reason.TOO_LARGE,
        "tables",
        () -> tables.write("user_1", "u", two, false, Optional.empty()));
    Rows long1 = Rows.of(List.of(Map.of("a", "x".repeat(40))), Rows.Limits.DEFAULT);
    assertRefused(
        Failure.Reason.TOO_LARGE,
        "storage",
        () -> tables.write("user_1", "t", long1, false, Optional.empty()));
    assertThat(tables.read("user_1", "t")).isEqualTo(two);
    assertRefused(
        Failure.Reason.INVALID,
        "table",
        () -> tables.write("user_1", "T;", two, false, Optional.empty()));
  }

  @Test
  void rowsGoFromFilesAndAddressesIntoFilesOnce() throws IOException {
    Store store = store(StoreKind.MEMORY);
    DataFlow flow = flow(store);
    Files files = files(store);
    StoredFile file =
        files.save(
            "user_1",
            StoredFile.Plan.of("in.csv"),
            new ByteArrayInputStream("a\n2\n1\n".getBytes(StandardCharsets.UTF_8)));
    Map<String, Object> parameters =
        Map.of(
            "source", "file",
            "file_id", file.id(),
            "destination", "file",
            "file_format", "ndjson",
            "file_name", "out.ndjson");
    DataFlow.Report report = flow.run("user_1", parameters, "run_1", QUIET);
    assertThat(flow.run("user_1", parameters, "run_1", QUIET)).isEqualTo(report);
    assertThat(files.list("user_1", 10, 0).total()).isEqualTo(2);
    assertThat(files.open("user_1", report.name()).readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"a\":2}\n{\"a\":1}\n");
    assertRefused(
        Failure.Reason.NOT_FOUND, "file", () -> flow.run("user_2", parameters, "run_2", QUIET));
    Rows fetched = flow.extract("user_1", Map.of("source", "http", "url", "https://example.org/x"));
    assertThat(fetched.column("host")).containsExactly("example.org");
  }

  @Test
  void theTwoEndsOfAFlowCanBeUsedAlone() {
    DataFlow flow = flow(store(StoreKind.MEMORY));
    Rows rows = flow.extract("user_1", Map.of("source", "api", "endpoint", "/data/sources"));
    Transformation.Result result =
        flow.transform(
            "user_1", rows, flow.transformations(Map.of("operations", List.of("clean"))));
    DataFlow.Report report =
        flow.store(
            "user_1",
            result.rows(),
            Map.of("destination", "database", "table", "processed_data"),
            "run_1/2");
    assertThat(report.written()).isEqualTo(1);
    assertThat(flow.extract("user_1", Map.of("source", "database", "table", "processed_data")))
        .isEqualTo(result.rows());
  }

  @Test
  void progressEndsAtOne() {
    DataFlow flow = flow(store(StoreKind.MEMORY));
    List<Double> seen = new ArrayList<>();
    flow.run(
        "user_1",
        Map.of("transformations", List.of("clean", "validate")),
        "run",
        (fraction, message) -> seen.add(fraction));
    assertThat(seen).containsExactly(0.3, 0.55, 0.8, 1.0);
  }

  @Test
  void wrongParametersAreRefusedByName() {
    DataFlow flow = flow(store(StoreKind.MEMORY));
    Map<String, Object> wrong = new HashMap<>();
    wrong.put("source", Map.of("source", "ftp"));
    wrong.put("destination", Map.of("destination", "cloud"));
    wrong.put("endpoint", Map.of("endpoint", "/nothing"));
    wrong.put("url", Map.of("source", "http", "url", "file:///etc/passwd"));
    wrong.put("file_id", Map.of("source", "file"));
    wrong.put("from_table", Map.of("source", "database", "destination", "database"));
    wrong.put("table", Map.of("table", "Bad Name"));
    wrong.put("rows", Map.of("source", "inline"));
    wrong.put("data", Map.of("source", "inline", "data", "a\n\"", "format", "csv"));
    wrong.put("format", Map.of("format", "xml"));
    wrong.put("mode", Map.of("mode", "merge"));
    wrong.put("file_format", Map.of("destination", "file", "file_format", "xls"));
    wrong.put("transformations", Map.of("transformations", "clean"));
    wrong.put("operations", Map.of("operations", List.of(), "transformations", List.of()));
    wrong.put("colour", Map.of("colour", "red"));
    wrong.forEach(
        (subject, parameters) ->
            assertRefused(
                Failure.Reason.INVALID,
                subject,
                () -> flow.check(Map.copyOf((Map<String, ?>) parameters))));
  }
}
