package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PracticeCommandTest {

  private record Ran(int exit, String out, String err) {
    JsonNode json() throws Exception {
      assertThat(exit).as(err).isZero();
      return WireJson.mapper().readTree(out);
    }
  }

  @TempDir private Path folder;

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("practice"));
    all.addAll(List.of(arguments));
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    return new Ran(exit, out.toString(), err.toString());
  }

  private static void refused(String named, String... arguments) {
    Ran ran = run(arguments);
    assertThat(ran.exit).as(ran.out).isEqualTo(2);
    assertThat(ran.err).containsIgnoringCase(named).doesNotContain("\tat ");
  }

  @Test
  void aRateIsMadeOfWords() throws Exception {
    JsonNode hebrew = run("rate", "שלום", "--json").json();
    assertThat(hebrew.get("rate").asDouble()).isEqualTo(37.6);
    assertThat(hebrew.get("balancing_rate").asDouble()).isEqualTo(62.4);
    assertThat(hebrew.get("dials")).hasSize(3);
    JsonNode mixed =
        run("rate", "Healing", "--target", "John Doe", "--method", "mixed", "--json").json();
    assertThat(mixed.get("method").asText()).isEqualTo("mixed");
    assertThat(run("rate", "Healing").out).contains("balancing rate");
  }

  @Test
  void theBookIsSearchedAndAddedTo() throws Exception {
    JsonNode found = run("book", "general", "vitality", "--category", "health", "--json").json();
    assertThat(found.get("rates").get(0).get("rate").asDouble()).isEqualTo(47.5);
    Path csv = folder.resolve("own.csv");
    Files.writeString(
        csv, "name,category,description,applications,rate\nGood Tea,kitchen,,tea|calm,12.5\n");
    JsonNode loaded =
        run("book", "tea", "--category", "kitchen", "--load", csv.toString(), "--json").json();
    assertThat(loaded.get("loaded").asInt()).isOne();
    assertThat(loaded.get("count").asInt()).isOne();
    assertThat(run("book", "--limit", "3").out).contains("3 of 15");
  }

  @Test
  void aSeededBlessingRepeats() throws Exception {
    JsonNode first = run("blessing", "healing", "--seed", "5", "--json").json();
    assertThat(run("blessing", "healing", "--seed", "5", "--json").json()).isEqualTo(first);
    assertThat(first.get("word_count").asInt()).isBetween(200, 300);
    JsonNode wishes =
        run("blessing", "the river", "--kind", "compassionate", "--seconds", "60", "--json").json();
    assertThat(wishes.get("energy_signature").asText()).startsWith("compassion_");
    JsonNode practice =
        run("blessing", "global", "--kind", "mass_liberation", "--seconds", "324", "--json").json();
    assertThat(practice.get("malas").asInt()).isOne();
    assertThat(run("blessing", "--length", "short").out).contains("word count");
  }

  @Test
  void seededBitsRepeatAndAreCalledChance() throws Exception {
    String[] command = {"attune", "--source", "seeded", "--seed", "3", "--bits", "80000", "--json"};
    JsonNode reading = run(command).json();
    assertThat(run(command).json()).isEqualTo(reading);
    assertThat(reading.get("bits").asLong()).isEqualTo(80_000);
    assertThat(reading.get("p_value").asDouble()).isBetween(0.0, 1.0);
    assertThat(reading.get("interpretation").asText()).contains("80,000 bits");
    JsonNode fallback = run("attune", "--source", "quantum", "--bits", "8", "--json").json();
    assertThat(fallback.get("source").asText()).isEqualTo("system");
    assertThat(fallback.get("interpretation").asText()).contains("quantum");
    Path device = folder.resolve("device");
    Files.write(device, new byte[1_000]);
    JsonNode zeros =
        run(
                "attune",
                "--source",
                "hardware",
                "--device",
                device.toString(),
                "--bits",
                "8000",
                "--json")
            .json();
    assertThat(zeros.get("deviation").asDouble()).isEqualTo(-0.5);
    assertThat(zeros.get("significance").asText()).isEqualTo("highly_significant");
    assertThat(run("attune", "--source", "jitter", "--bits", "800").exit).isZero();
  }

  @Test
  void wrongInputIsNamed() {
    refused("dice", "rate", "x", "--method", "dice");
    refused("runes", "rate", "x", "--table", "runes");
    refused("intention", "rate", " ");
    refused("nonsense", "book", "--category", "nonsense");
    refused("Limit", "book", "--limit", "0");
    refused("no folder", "book", "--data", folder.resolve("none").toString());
    refused("angry", "blessing", "--style", "angry");
    refused("endless", "blessing", "--length", "endless");
    refused("xx", "blessing", "--language", "xx");
    refused("song", "blessing", "--kind", "song");
    refused("Martian", "blessing", "--kind", "mass_liberation", "--lineage", "Martian");
    refused("dice", "attune", "--source", "dice");
    refused("Bits", "attune", "--bits", "0");
    refused("multiple of 8", "attune", "--bits", "9");
    refused("seed", "attune", "--seed", "1");
    refused("no device", "attune", "--device", folder.resolve("none").toString());
    assertThat(run("book", "--load", folder.resolve("none.csv").toString()).exit).isEqualTo(1);
  }
}
