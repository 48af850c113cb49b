package dev.spanda.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatTest {

  private static final Rows.Limits LIMITS = Rows.Limits.DEFAULT;

  private static Rows read(RowFormat format, String text) {
    return format.read(text.getBytes(StandardCharsets.UTF_8), LIMITS);
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
  void csvTellsNumbersWordsTextsAndAbsenceApart() {
    Rows rows =
        read(
            RowFormat.CSV,
            "\uFEFFid,price,ok,note\r\n007,1.50,true,\"1\"\n8,-2e3,,\"a \"\"b\"\",\nc\"\n");
    assertThat(rows.columns()).containsExactly("id", "price", "ok", "note");
    assertThat(rows.items().get(0).values()).containsExactly("007", 1.5, true, "1");
    assertThat(rows.items().get(1).values()).containsExactly(8L, -2000.0, null, "a \"b\",\nc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a,b\n1\n", "a,b\n1,2,3\n", "a\n\"x", "a\nx\"y\n", "a\n\"x\"y\n", "a\rb\n"})
  void brokenCsvIsRefusedWithItsLine(String text) {
    assertThatThrownBy(() -> read(RowFormat.CSV, text))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.subject()).isEqualTo("data");
              assertThat(failure.details()).containsKey("line");
            });
  }

  @Test
  void aColumnHasOneName() {
    assertRefused(Failure.Reason.INVALID, "columns", () -> read(RowFormat.CSV, "a,a\n1,2\n"));
    assertRefused(Failure.Reason.INVALID, "columns", () -> read(RowFormat.CSV, "a,\n1,2\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"a\":1},]", "[{\"a\":01}]", "[{\"a\":1,\"a\":2}]", "{\"a\":1}x", "[{'a':1}]", "[1]",
        "[{\"a\":NaN}]", "[{\"a\":1e999}]", "[{\"a\":\"\\x\"}]", "[{\"a\":\"\t\"}]", "", "[",
        "3", "[{\"a\":tru}]", "[{\"a\":\"\\uFFF\"}]"
      })
  void brokenJsonIsRefused(String text) {
    assertRefused(Failure.Reason.INVALID, "data", () -> read(RowFormat.JSON, text));
  }

  @Test
  void jsonRowsHaveTheColumnsOfAllInTheOrderOfAppearance() {
    Rows rows = read(RowFormat.JSON, "{\"items\":[{\"b\":1},{\"a\":[1,{\"x\":null}],\"b\":2.5}]}");
    assertThat(rows.columns()).containsExactly("b", "a");
    assertThat(rows.items().get(0)).containsEntry("a", null).containsEntry("b", 1L);
    assertThat(rows.items().get(1).get("a").toString()).isEqualTo("[1, {x=null}]");
    assertThat(read(RowFormat.JSON, "{\"a\":1,\"b\":2}").size()).isEqualTo(1);
    assertThat(read(RowFormat.NDJSON, "{\"a\":1}\n\n{\"a\":2}").size()).isEqualTo(2);
  }

  @Test
  void everyLimitIsHeld() {
    Rows.Limits small = new Rows.Limits(60, 2, 2, 3, 1);
    assertRefused(Failure.Reason.TOO_LARGE, "bytes", () -> RowFormat.CSV.read(new byte[61], small));
    for (RowFormat format : RowFormat.values()) {
      byte[] three = format.write(read(RowFormat.CSV, "a\n1\n2\n3\n"));
      assertRefused(Failure.Reason.TOO_LARGE, "rows", () -> format.read(three, small));
      byte[] wide = format.write(read(RowFormat.CSV, "a,b,c\n1,2,3\n"));
      assertRefused(Failure.Reason.TOO_LARGE, "columns", () -> format.read(wide, small));
      byte[] cells = format.write(read(RowFormat.CSV, "a,b\n1,2\n3,4\n"));
      assertRefused(Failure.Reason.TOO_LARGE, "cells", () -> format.read(cells, small));
    }
    assertRefused(
        Failure.Reason.TOO_LARGE,
        "depth",
        () -> RowFormat.JSON.read("[{\"a\":[[1]]}]".getBytes(StandardCharsets.UTF_8), small));
    assertRefused(
        Failure.Reason.TOO_LARGE, "depth", () -> read(RowFormat.JSON, "[".repeat(100_000)));
    assertRefused(
        Failure.Reason.INVALID,
        "data",
        () -> RowFormat.CSV.read(new byte[] {'a', '\n', (byte) 0xFF}, LIMITS));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsReadAsTheSame(RowFormat format) {
    long seed = 20240115;
    Random random = new Random(seed);
    String[] texts = {
      "", "007", "1", "true", "a,b", "\"q\"", "two\nlines", "null", " x ", "é\u0001", "😀"
    };
    for (int round = 0; round < 200; round++) {
      List<Map<String, Object>> items = new ArrayList<>();
      int width = 1 + random.nextInt(4);
      for (int i = 0; i <= random.nextInt(6); i++) {
        Map<String, Object> item = new LinkedHashMap<>();
        for (int c = 0; c < width; c++) {
          Object value =
              switch (random.nextInt(5)) {
                case 0 -> random.nextLong();
                case 1 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
                case 2 -> random.nextBoolean();
                case 3 -> null;
                default -> texts[random.nextInt(texts.length)];
              };
          item.put("column \"" + c + "\"", value);
        }
        items.add(item);
      }
      Rows rows = Rows.of(items, LIMITS);
      assertThat(format.read(format.write(rows), LIMITS)).as("seed %s", seed).isEqualTo(rows);
    }
  }

  @Test
  void formatsAreGuessedByNameAndThenByTheFirstCharacter() {
    byte[] one = "{\"a\":1}\n".getBytes(StandardCharsets.UTF_8);
    byte[] two = "{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8);
    assertThat(RowFormat.guess("x.CSV", one)).isEqualTo(RowFormat.CSV);
    assertThat(RowFormat.guess("x.jsonl", one)).isEqualTo(RowFormat.NDJSON);
    assertThat(RowFormat.guess("x", one)).isEqualTo(RowFormat.JSON);
    assertThat(RowFormat.guess("x", two)).isEqualTo(RowFormat.NDJSON);
    assertThat(RowFormat.guess("", "a,b".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(RowFormat.CSV);
    assertRefused(Failure.Reason.INVALID, "format", () -> RowFormat.parse("xml"));
  }
}
