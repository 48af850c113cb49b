package dev.spanda.server.octospine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spanda.contract.http.Operation;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.http.Mount;
import dev.spanda.server.wire.Json;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The mount's operations by verb and path, to be called from within: the very endpoints that answer
 * over HTTP, with the same checks, for the same caller. Arguments and results are plain maps,
 * lists, numbers and texts, named as on the wire.
 */
final class Operations {

  private static final String VARIABLE = "\\{[^}]*}";

  private record Known(Operation operation, Function<Caller, ?> endpoints) {}

  private final ObjectMapper mapper = WireJson.mapper();
  private final Map<String, Known> known = new HashMap<>();

  /** The operations of a mount. */
  Operations(Mount mount) {
    for (Class<?> contract : mount.contracts()) {
      for (Operation operation : Operation.of(contract)) {
        known.put(
            operation.verb() + " " + shape(operation.path()),
            new Known(operation, mount.endpoints(contract)));
      }
    }
  }

  /** Whether there is that operation; the names of a path's variables do not matter. */
  boolean has(String route) {
    return known.containsKey(shape(route));
  }

  /**
   * Calls an operation.
   *
   * @param route verb and path; the names of a path's variables do not matter
   * @param variables of the path, in its order
   * @param query by name; nulls are left out
   * @param body null for none
   * @return a map, a list or a plain value; null for an operation without result
   * @throws Failure UNAVAILABLE, subject {@code route}, when the chapter is not served; INVALID for
   *     an argument that the operation does not have or cannot read; whatever the endpoint throws
   */
  @Nullable Object call(
      Caller caller,
      String route,
      List<String> variables,
      Map<String, @Nullable Object> query,
      @Nullable Object body) {
    Known found = known.get(shape(route));
    if (found == null) {
      throw Failure.of(Failure.Reason.UNAVAILABLE, "route", "This server does not have " + route)
          .with(Failure.PROVIDED_VALUE, route);
    }
    List<Operation.Input> inputs = found.operation().inputs();
    @Nullable Object[] arguments = new Object[inputs.size()];
    Map<String, String> path = new LinkedHashMap<>();
    int next = 0;
    for (String name : found.operation().pathVariables()) {
      path.put(name, variables.get(next++));
    }
    Set<String> unused = new HashSet<>();
    query.forEach(
        (name, value) -> {
          if (value != null) {
            unused.add(name);
          }
        });
    for (int i = 0; i < arguments.length; i++) {
      Operation.Input input = inputs.get(i);
      arguments[i] =
          switch (input.source()) {
            case PATH -> convert(input, path.get(input.name()));
            case QUERY -> {
              unused.remove(input.name());
              yield convert(input, query.get(input.name()));
            }
            case HEADER -> null;
            case BODY -> body(input, body);
          };
    }
    if (!unused.isEmpty()) {
      throw Failure.notAllowed(
          "filter",
          unused.iterator().next(),
          inputs.stream()
              .filter(input -> input.source() == Operation.Source.QUERY)
              .map(Operation.Input::name)
              .toList());
    }
    Object result = invoke(found, caller, arguments);
    return result == null ? null : mapper.convertValue(result, Object.class);
  }

  private @Nullable Object body(Operation.Input input, @Nullable Object body) {
    if (body == null) {
      return null;
    }
    try {
      return Json.read(
          mapper.readerFor(mapper.constructType(input.type())),
          mapper.writeValueAsBytes(body),
          "input");
    } catch (JsonProcessingException e) {
      throw Json.failure(e, "input");
    }
  }

  private @Nullable Object convert(Operation.Input input, @Nullable Object value) {
    if (value == null) {
      if (input.required()) {
        throw Failure.of(Failure.Reason.INVALID, input.name(), input.name() + " is required");
      }
      return null;
    }
    try {
      return mapper.convertValue(value, mapper.constructType(input.type()));
    } catch (IllegalArgumentException e) {
      throw Failure.invalid(input.name(), value, input.name() + " is of another kind").causedBy(e);
    }
  }

  private static @Nullable Object invoke(Known found, Caller caller, @Nullable Object[] arguments) {
    try {
      return found
          .operation()
          .method()
          .invoke(Objects.requireNonNull(found.endpoints().apply(caller)), arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A record of a contract as it goes on the wire. */
  static Map<String, Object> plain(Object record) {
    Map<String, Object> plain = new LinkedHashMap<>();
    ((Map<?, ?>) WireJson.mapper().convertValue(record, Map.class))
        .forEach((name, value) -> plain.put(name.toString(), value));
    return plain;
  }

  private static String shape(String route) {
    return route.replaceAll(VARIABLE, "{}");
  }
}
