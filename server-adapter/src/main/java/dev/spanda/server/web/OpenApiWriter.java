package dev.spanda.server.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Operation;
import dev.spanda.contract.http.Route;
import dev.spanda.contract.http.Upload;
import dev.spanda.contract.http.WireJson;
import dev.spanda.server.wire.Json;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Describes contracts as OpenAPI 3.1. The same contracts always give the same text: paths and
 * schemas are sorted by name, fields stand as in their records.
 */
public final class OpenApiWriter {

  private final Map<String, Object> schemas = new TreeMap<>();
  private final Map<String, Class<?>> named = new TreeMap<>();
  private final Class<?> errorType;
  private final @Nullable Class<?> answerType;

  private OpenApiWriter(Class<?> errorType, @Nullable Class<?> answerType) {
    this.errorType = errorType;
    this.answerType = answerType;
  }

  /**
   * The description of an API.
   *
   * @param title what a person calls it
   * @param basePath empty, or where every path begins
   * @param errorType the record that is the body of every error
   * @param contracts in the order in which their groups are to be listed
   */
  public static String write(
      String title, String version, String basePath, Class<?> errorType, List<Class<?>> contracts) {
    return write(title, version, basePath, errorType, null, contracts);
  }

  /**
   * The description of an API that wraps its answers.
   *
   * @param answerType the record of one type parameter that is the body of every success, and in
   *     which exactly one component, the result, is of that parameter's type; null for an API whose
   *     results stand alone
   */
  public static String write(
      String title,
      String version,
      String basePath,
      Class<?> errorType,
      @Nullable Class<?> answerType,
      List<Class<?>> contracts) {
    Map<String, Object> root =
        new OpenApiWriter(errorType, answerType).describe(title, version, basePath, contracts);
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      return WireJson.mapper().writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> describe(
      String title, String version, String basePath, List<Class<?>> contracts) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("openapi", "3.1.0");
    root.put("info", map("title", title, "version", version));
    if (!basePath.isEmpty()) {
      root.put("servers", List.of(map("url", basePath)));
    }
    List<Object> tags = new ArrayList<>();
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    for (Class<?> contract : contracts) {
      Route.Group group = contract.getAnnotation(Route.Group.class);
      String tag = group == null ? contract.getSimpleName() : group.value();
      tags.add(map("name", tag));
      for (Operation operation : Operation.of(contract)) {
        paths
            .computeIfAbsent(operation.path(), path -> new TreeMap<>())
            .put(operation.verb().toLowerCase(Locale.ROOT), operation(contract, tag, operation));
      }
    }
    root.put("tags", tags);
    root.put("paths", paths);
    root.put("components", map("schemas", schemas));
    return root;
  }

  private Map<String, Object> operation(Class<?> contract, String tag, Operation operation) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("tags", List.of(tag));
    described.put("summary", operation.summary());
    String chapter = contract.getSimpleName().replaceFirst("Api$", "");
    String method = operation.method().getName();
    described.put(
        "operationId",
        chapter.substring(0, 1).toLowerCase(Locale.ROOT)
            + chapter.substring(1)
            + method.substring(0, 1).toUpperCase(Locale.ROOT)
            + method.substring(1));
    List<Object> parameters = new ArrayList<>();
    for (Operation.Input input : operation.inputs()) {
      if (input.source() != Operation.Source.BODY) {
        parameters.add(
            map(
                "name",
                input.name(),
                "in",
                input.source().name().toLowerCase(Locale.ROOT),
                "required",
                input.required(),
                "schema",
                schema(input.type())));
      }
    }
    if (!parameters.isEmpty()) {
      described.put("parameters", parameters);
    }
    Operation.Input body = operation.body();
    if (body != null) {
      Upload.Expect files = body.files();
      described.put(
          "requestBody",
          map(
              "required",
              files != null,
              "content",
              files == null
                  ? json(schema(body.type()))
                  : map("multipart/form-data", map("schema", form(files)))));
    }
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put(Integer.toString(operation.status()), success(operation.resultType()));
    responses.put("default", map("description", "An error", "content", json(schema(errorType))));
    described.put("responses", responses);
    return described;
  }

  private Map<String, Object> success(Type result) {
    if (result == void.class && answerType == null) {
      return map("description", "Done");
    }
    if (result instanceof Class<?> type && Content.class.isAssignableFrom(type)) {
      return map(
          "description",
          "The file",
          "content",
          map("*/*", map("schema", map("type", "string", "format", "binary"))));
    }
    return map(
        "description",
        "Done",
        "content",
        json(
            answerType == null || isAnswer(answerType, result)
                ? schema(result)
                : wrapped(answerType, result)));
  }

  /** Whether a result has all that answers are wrapped in, and is therefore written as it is. */
  private static boolean isAnswer(Class<?> wrapper, Type result) {
    return result instanceof Class<?> type
        && type.isRecord()
        && names(type).containsAll(names(wrapper));
  }

  private static List<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(OpenApiWriter::name).toList();
  }

  private Map<String, Object> wrapped(Class<?> wrapper, Type result) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : wrapper.getRecordComponents()) {
      boolean holds = component.getGenericType() instanceof TypeVariable<?>;
      if (!(holds && result == void.class)) {
        String name = name(component);
        properties.put(name, schema(holds ? result : component.getGenericType()));
        required.add(name);
      }
    }
    return map("type", "object", "properties", properties, "required", required);
  }

  private static Map<String, Object> json(Object schema) {
    return map("application/json", map("schema", schema));
  }

  private static Map<String, Object> form(Upload.Expect files) {
    Map<String, Object> properties = new LinkedHashMap<>();
    Map<String, Object> file = map("type", "string", "format", "binary");
    properties.put(
        files.value(),
        files.most() == 1
            ? file
            : map(
                "type",
                "array",
                "items",
                file,
                "minItems",
                files.least(),
                "maxItems",
                files.most()));
    for (String field : files.fields()) {
      properties.put(field, map("type", "string"));
    }
    Map<String, Object> form = map("type", "object", "properties", properties);
    if (files.least() > 0) {
      form.put("required", List.of(files.value()));
    }
    form.put("additionalProperties", map("type", "string"));
    return form;
  }

  private Map<String, Object> schema(Type type) {
    if (type instanceof WildcardType wildcard) {
      return schema(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      Type[] arguments = generic.getActualTypeArguments();
      if (Collection.class.isAssignableFrom(raw)) {
        return map("type", "array", "items", schema(arguments[0]));
      }
      if (Map.class.isAssignableFrom(raw)) {
        return map("type", "object", "additionalProperties", schema(arguments[1]));
      }
    }
    if (type == String.class) {
      return map("type", "string");
    }
    if (type == Instant.class) {
      return map("type", "string", "format", "date-time");
    }
    if (type == int.class || type == Integer.class) {
      return map("type", "integer", "format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return map("type", "integer", "format", "int64");
    }
    if (type == double.class || type == Double.class) {
      return map("type", "number", "format", "double");
    }
    if (type == Number.class) {
      return map("type", "number");
    }
    if (type == boolean.class || type == Boolean.class) {
      return map("type", "boolean");
    }
    if (type == Object.class) {
      return map();
    }
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return map("type", "string", "enum", Json.spellings(choice));
    }
    if (type instanceof Class<?> named && (named.isRecord() || named.isSealed())) {
      return map("$ref", "#/components/schemas/" + define(named));
    }
    throw new IllegalArgumentException("cannot describe " + type.getTypeName());
  }

  /** The name of a type's schema, which is written when it is first asked for. */
  private String define(Class<?> type) {
    String name = type.getSimpleName();
    Class<?> holder = named.get(name);
    if (holder != null && holder != type) {
      Class<?> around = type.getEnclosingClass();
      name = (around == null ? "Other" : around.getSimpleName().replaceFirst("Api$", "")) + name;
      holder = named.get(name);
      if (holder != null && holder != type) {
        throw new IllegalArgumentException("two schemas would be called " + name);
      }
    }
    if (holder == null) {
      // Entered before it is written, so that a type may hold itself.
      named.put(name, type);
      schemas.put(name, type.isRecord() ? record(type) : union(type));
    }
    return name;
  }

  private Map<String, Object> record(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Class<?> family : type.getInterfaces()) {
      JsonTypeInfo info = family.getAnnotation(JsonTypeInfo.class);
      JsonSubTypes members = family.getAnnotation(JsonSubTypes.class);
      if (info != null && members != null) {
        for (JsonSubTypes.Type member : members.value()) {
          if (member.value() == type) {
            String property = info.property();
            if (!property.isEmpty()) {
              properties.put(property, map("const", member.name()));
              required.add(property);
            }
          }
        }
      }
    }
    Object others = null;
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonAnyGetter.class)) {
        others =
            schema(((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1]);
        continue;
      }
      String name = name(component);
      properties.put(name, schema(component.getGenericType()));
      if (!isNullable(component.getAnnotatedType())) {
        required.add(name);
      }
    }
    Map<String, Object> schema = map("type", "object", "properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (others != null) {
      schema.put("additionalProperties", others);
    }
    return schema;
  }

  private static String name(RecordComponent component) {
    JsonProperty pinned = component.getAccessor().getAnnotation(JsonProperty.class);
    return pinned == null || pinned.value().isEmpty() ? component.getName() : pinned.value();
  }

  private Map<String, Object> union(Class<?> type) {
    List<Object> members = new ArrayList<>();
    Map<String, Object> mapping = new LinkedHashMap<>();
    JsonSubTypes names = type.getAnnotation(JsonSubTypes.class);
    JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
    for (Class<?> member : type.getPermittedSubclasses()) {
      String reference = "#/components/schemas/" + define(member);
      members.add(map("$ref", reference));
      if (names != null) {
        for (JsonSubTypes.Type name : names.value()) {
          if (name.value() == member) {
            mapping.put(name.name(), reference);
          }
        }
      }
    }
    Map<String, Object> schema = map("oneOf", members);
    if (info != null && !info.property().isEmpty()) {
      schema.put("discriminator", map("propertyName", info.property(), "mapping", mapping));
    }
    return schema;
  }

  private static boolean isNullable(AnnotatedType type) {
    return Arrays.stream(type.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"));
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
