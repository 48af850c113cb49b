package dev.spanda.biofield.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.biofield.Databases;
import dev.spanda.biofield.Samples;
import dev.spanda.biofield.StoredTest;
import dev.spanda.biofield.archive.Analyses.Filter;
import dev.spanda.biofield.archive.Analyses.Summary;
import dev.spanda.biofield.capture.Picture;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.biofield.segment.Selection.Mode;
import dev.spanda.core.Failure.Reason;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalysesTest extends StoredTest {

  private static final byte[] PICTURE = Samples.png(320, 200, 1);

  private Analyses analyses(Store store) {
    return new Analyses(store, blobs(), clock, ids);
  }

  private static Analyses.Draft draft(double around, Mode mode) {
    Analyses.Draft full = Samples.draft(PICTURE, Samples.analysis(around));
    return new Analyses.Draft(
        mode,
        full.region(),
        full.settings(),
        full.picture(),
        full.decoded(),
        full.processed(),
        full.analysis());
  }

  private static byte[] bytes(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Filter between(String start, String end) {
    return new Filter(
        Optional.of(Filter.start(start)),
        Optional.of(Filter.end(end)),
        Optional.empty(),
        OptionalDouble.empty());
  }

  @ParameterizedTest
  @EnumSource
  void aSavedAnalysisIsFoundWholeWithItsPictures(Databases kind) {
    StoreLocation place = kind.fresh(folder);
    BlobStore blobs = blobs();
    StoredAnalysis saved;
    Analyses.Draft draft = draft(60, Mode.FACE);
    try (Store store = Store.open(place)) {
      saved = new Analyses(store, blobs, clock, ids).save("ann", draft);
    }
    // After a restart.
    Store store = closing(Store.open(place));
    Analyses analyses = new Analyses(store, blobs, clock, ids);
    StoredAnalysis found = analyses.find("ann", saved.id());
    assertThat(found).isEqualTo(saved);
    assertThat(found.id()).startsWith("analysis_");
    assertThat(found.at()).isEqualTo(START);
    assertThat(found.mode()).isEqualTo(Mode.FACE);
    assertThat(found.analysis()).isEqualTo(draft.analysis());
    assertThat(found.format()).isEqualTo(Picture.Format.PNG);
    assertThat(found.width()).isEqualTo(320);
    assertThat(bytes(analyses.picture("ann", saved.id()))).isEqualTo(PICTURE);
    Picture processed = Pictures.decode(bytes(analyses.processed("ann", saved.id())));
    assertThat(processed.frame().pixels()).isEqualTo(draft.processed().pixels());
  }

  @ParameterizedTest
  @EnumSource
  void whatBelongsToSomebodyElseDoesNotExist(Databases kind) {
    Analyses analyses = analyses(store(kind));
    String id = analyses.save("ann", draft(60, Mode.FACE)).id();
    assertFails(Reason.NOT_FOUND, "analysis", () -> analyses.find("bob", id));
    assertFails(Reason.NOT_FOUND, "analysis", () -> analyses.picture("bob", id));
    assertFails(Reason.NOT_FOUND, "analysis", () -> analyses.processed("bob", id));
    assertFails(Reason.NOT_FOUND, "analysis", () -> analyses.delete("bob", id));
    assertThat(analyses.history("bob", Filter.ALL, 50, 0).total()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void historyIsPagedAndFilteredTheNewestFirst(Databases kind) {
    Analyses analyses = analyses(store(kind));
    for (int day = 0; day < 5; day++) {
      for (Mode mode : List.of(Mode.FULL_BODY, Mode.FACE)) {
        analyses.save("ann", draft(50 + day, mode));
        clock.advance(Duration.ofHours(12));
      }
    }
    Page<Summary> page = analyses.history("ann", Filter.ALL, 3, 1);
    assertThat(page.total()).isEqualTo(10);
    assertThat(page.items())
        .extracting(one -> one.scores().energy())
        .containsExactly(54.0, 53.0, 53.0);
    assertThat(page.items().get(0).mode()).isEqualTo(Mode.FULL_BODY);
    Picture thumbnail = Pictures.decode(page.items().get(0).thumbnail());
    assertThat(thumbnail.format()).isEqualTo(Picture.Format.JPEG);
    assertThat(thumbnail.frame().width()).isEqualTo(160);

    Filter bright =
        new Filter(
            Optional.empty(), Optional.empty(), Optional.of(Mode.FACE), OptionalDouble.of(53));
    assertThat(analyses.history("ann", bright, 50, 0).total()).isEqualTo(2);
    // Saved at 26 14:00, 27 02:00, 27 14:00, 28 02:00, ...
    assertThat(analyses.history("ann", between("2026-01-27", "2026-01-27"), 50, 0).total())
        .isEqualTo(2);
    assertThat(
            analyses
                .history("ann", between("2026-01-26T14:00:00Z", "2026-01-27T14:00:00Z"), 50, 0)
                .total())
        .isEqualTo(3);
    assertThat(
            analyses
                .history(
                    "ann", between("2026-01-26T14:00:00.001Z", "2026-01-27T15:59:59+02:00"), 9, 0)
                .total())
        .isEqualTo(1);
    assertThat(analyses.history("ann", Filter.ALL, 50, 10).items()).isEmpty();
  }

  @Test
  void filtersRefuseWhatTheyCannotMean() {
    assertFails(Reason.INVALID, "start_date", () -> Filter.start("yesterday"));
    assertFails(Reason.INVALID, "end_date", () -> Filter.end("2026-02-30"));
    assertFails(Reason.INVALID, "end_date", () -> Filter.end("+999999999-12-31"));
    assertFails(Reason.INVALID, "end_date", () -> between("2026-02-01", "2026-01-01"));
    assertFails(
        Reason.INVALID,
        "min_energy",
        () ->
            new Filter(
                Optional.empty(), Optional.empty(), Optional.empty(), OptionalDouble.of(101)));
    assertThat(Filter.start("2026-01-01T10:00:00")).isEqualTo("2026-01-01T10:00:00Z");
    assertThat(Filter.end("2026-01-31")).isEqualTo("2026-01-31T23:59:59.999Z");
    assertThat(between("2026-01-01", "2026-01-01")).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void limitsAreHeld(Databases kind) {
    Analyses analyses = analyses(store(kind));
    assertFails(Reason.INVALID, "limit", () -> analyses.history("ann", Filter.ALL, 0, 0));
    assertFails(Reason.INVALID, "limit", () -> analyses.history("ann", Filter.ALL, 101, 0));
    assertFails(Reason.INVALID, "offset", () -> analyses.history("ann", Filter.ALL, 1, -1));
  }

  @Test
  void whatOneMachineWritesAnotherReadsAtOnce() {
    StoreLocation place = Databases.POSTGRESQL.fresh(folder);
    BlobStore blobs = blobs();
    Analyses here = new Analyses(closing(Store.open(place)), blobs, clock, Ids.secure());
    Analyses there = new Analyses(closing(Store.open(place)), blobs, clock, Ids.secure());
    for (int round = 1; round <= 20; round++) {
      assertThat(there.history("ann", Filter.ALL, 50, 0).total()).isEqualTo(round - 1);
      String id = (round % 2 == 0 ? here : there).save("ann", draft(60, Mode.FACE)).id();
      assertThat(here.history("ann", Filter.ALL, 50, 0).total()).isEqualTo(round);
      assertThat(there.history("ann", Filter.ALL, 50, 0).items())
          .extracting(Summary::id)
          .contains(id);
    }
    assertThat(here.forget(clock.instant().plusMillis(1))).isEqualTo(20);
    assertThat(there.history("ann", Filter.ALL, 50, 0).total()).isZero();
  }

  @Test
  void countingAHistoryReadsOneIndexAndNoRow() {
    Store store = store(Databases.SQLITE);
    Filter filter =
        new Filter(
            Optional.of(START), Optional.of(START), Optional.of(Mode.FACE), OptionalDouble.of(5));
    String plan =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "EXPLAIN QUERY PLAN "
                            + Analyses.countSql(filter)
                                .replace(":owner", "'a'")
                                .replace(":from", "1")
                                .replace(":to", "2")
                                .replace(":mode", "'FACE'")
                                .replace(":energy", "3"))
                    .map((row, context) -> row.getString("detail"))
                    .one());
    assertThat(plan).contains("COVERING INDEX field_analysis_history");
  }

  @ParameterizedTest
  @EnumSource
  void deletionTakesThePicturesAlong(Databases kind) throws IOException {
    Analyses analyses = analyses(store(kind));
    String id = analyses.save("ann", draft(60, Mode.FACE)).id();
    analyses.history("ann", Filter.ALL, 50, 0);
    assertThat(contents()).isEqualTo(2);
    analyses.delete("ann", id);
    assertThat(contents()).isZero();
    assertThat(analyses.history("ann", Filter.ALL, 50, 0).total()).isZero();
    assertFails(Reason.NOT_FOUND, "analysis", () -> analyses.find("ann", id));
  }

  @ParameterizedTest
  @EnumSource
  void savingTheSameIdTwiceSavesItOnce(Databases kind) throws IOException {
    Analyses analyses = analyses(store(kind));
    String id = analyses.newId();
    analyses.save("ann", id, draft(60, Mode.FACE));
    StoredAnalysis again = analyses.save("ann", id, draft(70, Mode.FACE));
    assertThat(again.analysis().scores().energy()).isEqualTo(60);
    assertThat(contents()).isEqualTo(2);
  }

  private long contents() throws IOException {
    try (Stream<java.nio.file.Path> all = Files.walk(folder.resolve("blobs"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aPictureThatCannotBeNamedIsNotKept() throws IOException {
    Store store = Store.open(Databases.SQLITE.fresh(folder));
    Analyses analyses =
        new Analyses(store, new FolderBlobStore(folder.resolve("blobs"), ids), clock, ids);
    store.close();
    assertFails(Reason.FAILED, "store", () -> analyses.save("ann", draft(60, Mode.FACE)));
    assertThat(contents()).isZero();
  }
}
