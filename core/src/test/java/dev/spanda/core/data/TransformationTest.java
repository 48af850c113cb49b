package dev.spanda.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransformationTest {

  private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
  private static final Transformation.Context CONTEXT =
      new Transformation.Context(
          NOW,
          name -> csv("city,country,size\nBern,CH,9\nWien,AT,20\nBern,XX,1\n"),
          Rows.Limits.DEFAULT);

  private static Rows csv(String text) {
    return RowFormat.CSV.read(text.getBytes(StandardCharsets.UTF_8), Rows.Limits.DEFAULT);
  }

  private static Transformation.Result apply(Object step, String text) {
    return Transformation.parse(step).apply(csv(text), CONTEXT);
  }

  private static String text(Rows rows) {
    return new String(RowFormat.CSV.write(rows), StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static void assertRefused(String subject, Object step) {
    assertThatThrownBy(() -> Transformation.parse(step))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }

  @Test
  void cleanTidiesTextsAndDropsEmptyAndRepeatedRows() {
    Transformation.Result result =
        apply("clean", "\" name \",n\n\"  Ada   L. \",1\nAda L.,1\nN/A,\nnone,2\ncafe\u0301,-\n");
    assertThat(text(result.rows())).isEqualTo("name,n\nAda L.,1\n,2\ncaf\u00e9,\n");
    assertThat(result.dropped()).isEqualTo(2);
    assertThat(result.notes())
        .containsExactly("1 rows without a value", "1 rows that stood before");
    assertThat(apply(Map.of("type", "clean", "duplicates", "keep"), "a\n1\n1\n").rows().size())
        .isEqualTo(2);
  }

  @Test
  void cleanRefusesNamesThatBecomeOne() {
    assertThatThrownBy(() -> apply("clean", "a,\" a\"\n1,2\n"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.subject()).isEqualTo("columns"));
  }

  @Test
  void validateLearnsTheTypeOfAColumnFromMostOfItsValues() {
    Transformation.Result result = apply("validate", "a,b\n1,x\n2,1\nthree,\n,y\n4,2\n");
    assertThat(text(result.rows())).isEqualTo("a,b\n1,x\n2,1\n,y\n4,2\n");
    assertThat(result.notes()).containsExactly("Row 3: a is a text, not a number");
  }

  @Test
  void validateHoldsRequiredTypesAndRanges() {
    Map<String, Object> step =
        Map.of(
            "type", "validate",
            "required", List.of("a"),
            "types", Map.of("t", "instant"),
            "ranges", Map.of("a", List.of(0, 10)));
    Transformation.Result result =
        apply(step, "a,t\n1,2024-01-01T00:00:00Z\n,2024-01-01T00:00:00Z\n11,\n3,yesterday\n10,\n");
    assertThat(result.rows().column("a")).containsExactly(1L, 10L);
    assertThat(result.dropped()).isEqualTo(3);
    assertThatThrownBy(
            () ->
                apply(Map.of("type", "validate", "rejected", "fail", "required", "b"), "b\n1\n\n"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.subject()).isEqualTo("rows");
              assertThat(failure.details()).containsEntry("row", 2);
            });
  }

  @Test
  void enrichSaysWhereARowComesFromAndItsHashMovesWithItsValues() {
    Rows rows = apply("enrich", "a\n1\n2\n1\n").rows();
    assertThat(rows.columns()).containsExactly("a", "row_number", "row_hash", "processed_at");
    assertThat(rows.column("row_number")).containsExactly(1L, 2L, 3L);
    assertThat(rows.column("processed_at")).containsOnly("2024-01-01T00:00:00Z");
    // printf '{"a":1}' | sha256sum
    assertThat(rows.column("row_hash").get(0)).isEqualTo("015abd7f5cc57a2d");
    assertThat(rows.column("row_hash").get(2)).isEqualTo(rows.column("row_hash").get(0));
    assertThat(rows.column("row_hash").get(1)).isNotEqualTo(rows.column("row_hash").get(0));
    Rows again = Transformation.parse("enrich").apply(rows, CONTEXT).rows();
    assertThat(again).isEqualTo(rows);
  }

  @Test
  void enrichLooksUpInATable() {
    Map<String, Object> step =
        Map.of(
            "type", "enrich",
            "with", Map.of("unit", "m"),
            "table", "cities",
            "on", "city",
            "columns", List.of("country"));
    assertThat(text(apply(step, "city\nBern\nRom\n").rows()))
        .isEqualTo("city,country,unit\nBern,CH,m\nRom,,m\n");
  }

  @Test
  void aggregateComputesItsFunctionsByGroup() {
    Map<String, Object> step =
        Map.of(
            "type", "aggregate",
            "group_by", "k",
            "functions", List.of("count", "sum", "mean", "stddev"));
    assertThat(text(apply(step, "k,v,w\nb,1,x\na,5,x\nb,2,x\nb,,x\n").rows()))
        .isEqualTo("k,count,v_sum,v_mean,v_stddev\nb,3,3.0,1.5,0.7071067811865476\na,1,5.0,5.0,\n");
    Rows all = apply("aggregate", "k,v\nb,1e16\na,1\nb,-1e16\n").rows();
    assertThat(all.columns()).containsExactly("count", "v_sum", "v_mean", "v_min", "v_max");
    assertThat((Double) all.column("v_sum").get(0)).isCloseTo(1.0, within(0.0));
    assertThat(apply("aggregate", "a\n").rows()).isEqualTo(Rows.EMPTY);
  }

  @Test
  void wrongStepsAreRefusedByTheNameOfWhatIsWrong() {
    assertRefused("transformations", "polish");
    assertRefused("transformations", 3);
    assertRefused("transformations", Map.of("kind", "clean"));
    assertRefused("absents", Map.of("type", "clean", "absents", List.of()));
    assertRefused("duplicates", Map.of("type", "clean", "duplicates", "maybe"));
    assertRefused("types", Map.of("type", "validate", "types", Map.of("a", "date")));
    assertRefused("ranges", Map.of("type", "validate", "ranges", Map.of("a", List.of(2, 1))));
    assertRefused("on", Map.of("type", "enrich", "table", "t", "columns", "c"));
    assertRefused("functions", Map.of("type", "aggregate", "functions", List.of("median")));
    assertRefused("required", Map.of("type", "validate", "required", List.of(1)));
  }
}
