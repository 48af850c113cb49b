package dev.spanda.server.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Operation;
import dev.spanda.contract.http.Upload;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation with everything worked out that does not depend on the request. */
final class Endpoint implements Mount.Place {

  private static final String[] NONE = {};

  /** The parts of a request that parameters come from. */
  interface Parts {
    Map<String, List<String>> query();

    @Nullable String header(String name);

    @Nullable Object body();
  }

  private interface Argument {
    @Nullable Object from(Parts parts, String[] variables);
  }

  private final Operation operation;
  private final String template;
  private final Function<Caller, ?> factory;
  private final MethodHandle handle;
  private final Argument[] arguments;
  private final boolean takesUpload;
  private final boolean takesJson;
  private final boolean bodyRequired;
  private final @Nullable Type bodyType;
  private volatile @Nullable ObjectReader reader;
  private volatile @Nullable ObjectWriter writer;

  Endpoint(Operation operation, String template, Function<Caller, ?> factory) {
    this.operation = operation;
    this.template = template;
    this.factory = factory;
    Operation.Input body = operation.body();
    bodyType = body == null ? null : body.type();
    takesUpload = bodyType == Upload.class;
    takesJson = bodyType != null && !takesUpload;
    bodyRequired = body != null && body.required();
    int count = operation.inputs().size();
    try {
      handle =
          MethodHandles.publicLookup()
              .unreflect(operation.method())
              .asSpreader(Object[].class, count)
              .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(operation.method() + " is not public", e);
    }
    List<String> variables = new ArrayList<>(operation.pathVariables());
    arguments = new Argument[count];
    for (int i = 0; i < count; i++) {
      arguments[i] = argument(operation.inputs().get(i), variables);
    }
  }

  private static Argument argument(Operation.Input input, List<String> variables) {
    String name = input.name();
    if (input.source() == Operation.Source.BODY) {
      return (parts, values) -> parts.body();
    }
    Values.Reader reader = Values.of(input.type());
    if (input.source() == Operation.Source.PATH) {
      int position = variables.indexOf(name);
      return (parts, values) -> reader.read(name, values[position]);
    }
    if (input.source() == Operation.Source.HEADER) {
      return (parts, values) -> {
        String text = parts.header(name);
        return text == null ? absent(input) : reader.read(name, text);
      };
    }
    if (Values.isList(input.type())) {
      return (parts, values) -> {
        List<String> texts = parts.query().get(name);
        if (texts == null) {
          return input.required() ? List.of() : null;
        }
        List<Object> list = new ArrayList<>(texts.size());
        for (String text : texts) {
          list.add(reader.read(name, text));
        }
        return List.copyOf(list);
      };
    }
    return (parts, values) -> {
      List<String> texts = parts.query().get(name);
      if (texts == null) {
        return absent(input);
      }
      // An empty value is an absent one, save for text that must be there.
      String text = texts.get(0);
      if (text.isEmpty() && !input.required()) {
        return null;
      }
      return reader.read(name, text);
    };
  }

  private static @Nullable Object absent(Operation.Input input) {
    if (input.required()) {
      throw Failure.of(Failure.Reason.INVALID, input.name(), input.name() + " is required");
    }
    return null;
  }

  Operation operation() {
    return operation;
  }

  /** Base path and path with their variables in braces, for logs and metrics. */
  String template() {
    return template;
  }

  boolean takesUpload() {
    return takesUpload;
  }

  /** Which files a form brings; only for an operation that takes one. */
  Upload.Expect expectedFiles() {
    Operation.Input body = Objects.requireNonNull(operation.body());
    return Objects.requireNonNull(body.files());
  }

  boolean takesJson() {
    return takesJson;
  }

  /** Whether the body is a list: then one of it may stand alone, or many come one a line. */
  boolean takesLines() {
    return bodyType instanceof ParameterizedType list && list.getRawType() == List.class;
  }

  boolean bodyRequired() {
    return bodyRequired;
  }

  boolean hasResult() {
    return operation.resultType() != void.class;
  }

  boolean streams() {
    return operation.resultType() instanceof Class<?> type && Content.class.isAssignableFrom(type);
  }

  /** Made when the first request needs it, so that a start does not wait for Jackson. */
  ObjectReader reader() {
    ObjectReader made = reader;
    if (made == null) {
      Type type = Objects.requireNonNull(bodyType);
      made = WireJson.mapper().readerFor(WireJson.mapper().constructType(type));
      if (takesLines()) {
        made = made.with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);
      }
      reader = made;
    }
    return made;
  }

  /** Writes the result as its declared type. */
  ObjectWriter writer() {
    ObjectWriter made = writer;
    if (made == null) {
      made = WireJson.mapper().writerFor(WireJson.mapper().constructType(operation.resultType()));
      writer = made;
    }
    return made;
  }

  @Nullable Object invoke(Caller caller, Parts parts, String[] variables) throws Throwable {
    Object[] values = arguments.length == 0 ? NONE : new Object[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].from(parts, variables);
    }
    Object target = factory.apply(caller);
    return (Object) handle.invokeExact(target, values);
  }
}
