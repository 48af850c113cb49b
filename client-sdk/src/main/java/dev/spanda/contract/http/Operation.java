package dev.spanda.contract.http;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a contract, read from the annotations of its method.
 *
 * @param verb GET, POST, PUT, PATCH or DELETE
 * @param path begins with a slash; path variables stand in braces
 * @param status the status of a successful answer
 * @param summary one sentence
 * @param inputs the parameters in the order of the method
 * @param resultType what the method returns; {@code void} for an answer without body
 * @param method the contract's method
 */
public record Operation(
    String verb,
    String path,
    int status,
    String summary,
    List<Input> inputs,
    Type resultType,
    Method method) {

  private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z_][a-zA-Z0-9_]*)}");

  /** Where a parameter stands in the request. */
  public enum Source {
    /** A variable of the path. */
    PATH,
    /** The query string. */
    QUERY,
    /** A header. */
    HEADER,
    /** The body: JSON, or a form for a {@link Upload}. */
    BODY
  }

  /**
   * One parameter.
   *
   * @param name the name on the wire; {@code body} for the body
   * @param type the Java type
   * @param required whether a request without it is refused
   * @param files which files a form brings; null for everything but an {@link Upload}
   */
  public record Input(
      Source source, String name, Type type, boolean required, Upload.@Nullable Expect files) {

    /** Every input but a form. */
    Input(Source source, String name, Type type, boolean required) {
      this(source, name, type, required, null);
    }
  }

  /** Copies the inputs. */
  public Operation {
    inputs = List.copyOf(inputs);
  }

  /**
   * The operations of a contract, sorted by path and verb so that their order never depends on the
   * virtual machine.
   *
   * @throws IllegalArgumentException when a method has no route, its path variables differ from its
   *     parameters, or it has more than one body
   */
  public static List<Operation> of(Class<?> contract) {
    List<Operation> operations = new ArrayList<>();
    for (Method method : contract.getMethods()) {
      if (!method.isDefault() && !Modifier.isStatic(method.getModifiers())) {
        operations.add(of(method));
      }
    }
    operations.sort(Comparator.comparing(Operation::path).thenComparing(Operation::verb));
    return List.copyOf(operations);
  }

  /** The names of the path's variables, in the order of the path. */
  public Set<String> pathVariables() {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = VARIABLE.matcher(path);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** The body's parameter, or null when the operation takes none. */
  public @Nullable Input body() {
    return inputs.stream().filter(input -> input.source() == Source.BODY).findFirst().orElse(null);
  }

  private static Operation of(Method method) {
    Route route = method.getAnnotation(Route.class);
    if (route == null) {
      throw new IllegalArgumentException(method + " has no @Route");
    }
    String[] words = route.value().split(" ", -1);
    if (words.length != 2 || !VERBS.contains(words[0]) || !words[1].startsWith("/")) {
      throw new IllegalArgumentException(method + ": not a verb and a path: " + route.value());
    }
    List<Input> inputs = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      inputs.add(input(parameter));
    }
    Operation operation =
        new Operation(
            words[0],
            words[1],
            route.status(),
            route.summary(),
            inputs,
            method.getGenericReturnType(),
            method);
    Set<String> named = new LinkedHashSet<>();
    int bodies = 0;
    for (Input input : inputs) {
      if (input.source() == Source.PATH) {
        named.add(input.name());
      } else if (input.source() == Source.BODY) {
        bodies++;
      }
    }
    if (!named.equals(operation.pathVariables()) || bodies > 1) {
      throw new IllegalArgumentException(
          method + ": its parameters do not fit " + route.value() + ": " + named);
    }
    return operation;
  }

  private static Input input(Parameter parameter) {
    boolean required = !isNullable(parameter.getAnnotatedType());
    Type type = parameter.getParameterizedType();
    Param.Path path = parameter.getAnnotation(Param.Path.class);
    if (path != null) {
      return new Input(Source.PATH, path.value(), type, true);
    }
    Param.Query query = parameter.getAnnotation(Param.Query.class);
    if (query != null) {
      return new Input(Source.QUERY, query.value(), type, required);
    }
    Param.Header header = parameter.getAnnotation(Param.Header.class);
    if (header != null) {
      return new Input(Source.HEADER, header.value(), type, required);
    }
    if (type == Upload.class) {
      Upload.Expect files = parameter.getAnnotation(Upload.Expect.class);
      return new Input(Source.BODY, "body", type, true, files == null ? usualFiles() : files);
    }
    return new Input(Source.BODY, "body", type, required);
  }

  /** One file in the field that the annotation's own defaults name. */
  private static Upload.Expect usualFiles() {
    try {
      Upload.Expect usual =
          Usual.class
              .getDeclaredMethod("upload", Upload.class)
              .getParameters()[0]
              .getAnnotation(Upload.Expect.class);
      return Objects.requireNonNull(usual);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Usual {
    void upload(@Upload.Expect Upload upload);
  }

  private static boolean isNullable(AnnotatedType type) {
    return Arrays.stream(type.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"));
  }
}
