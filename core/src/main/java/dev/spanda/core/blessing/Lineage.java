package dev.spanda.core.blessing;

import java.time.Duration;
import java.util.List;

/** A tradition's mantra, the pace of reciting it and its dedication. */
record Lineage(String name, String mantra, Duration pace, String dedication) {

  /** Those of the file {@code lineages.txt}, in its order. */
  static List<Lineage> read() {
    return Grammar.lines("lineages.txt").stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> List.of(line.split(" \\| ")))
        .map(
            parts ->
                new Lineage(
                    parts.get(0),
                    parts.get(1),
                    Duration.ofSeconds(Long.parseLong(parts.get(2))),
                    parts.get(3)))
        .toList();
  }
}
