package dev.spanda.server.tool;

import dev.spanda.core.Failure;
import java.util.Map;
import java.util.Objects;

/** Turns an engine's refusal of a value into one that names the tool's input. */
final class Inputs {

  private static final String PREFIX = "inputs.";

  private Inputs() {}

  static Failure named(Failure failure) {
    if (failure.reason() != Failure.Reason.INVALID || failure.subject().startsWith(PREFIX)) {
      return failure;
    }
    Failure named =
        Failure.of(
            failure.reason(),
            PREFIX + failure.subject(),
            Objects.requireNonNullElse(failure.getMessage(), failure.subject()));
    for (Map.Entry<String, Object> detail : failure.details().entrySet()) {
      named = named.with(detail.getKey(), detail.getValue());
    }
    return named;
  }
}
