package dev.spanda.server.octospine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.document.Description;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The APIs of this build as their OpenAPI files describe them, which the build writes from the
 * contracts. Examples are made of the types: texts are their format or {@code text}, numbers 1,
 * lists have one element; the first allowed value stands where there are some.
 */
final class OpenApiDescriptions {

  private static final String FOLDER = "/dev/spanda/server/openapi/";
  private static final String REFERENCE = "#/components/schemas/";
  private static final String JSON = "application/json";
  private static final int DEEPEST = 6;

  private OpenApiDescriptions() {}

  /**
   * The descriptions of the mounts that have one.
   *
   * @param mounts names of mounts, such as {@code vajra}
   */
  static List<Description> of(Collection<String> mounts) {
    List<Description> descriptions = new ArrayList<>();
    for (String mount : mounts) {
      try (InputStream in =
          OpenApiDescriptions.class.getResourceAsStream(FOLDER + mount + ".json")) {
        if (in != null) {
          descriptions.add(of(mount, WireJson.mapper().readTree(in)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return descriptions;
  }

  private static Description of(String mount, JsonNode root) {
    JsonNode schemas = root.at("/components/schemas");
    Map<String, List<Description.Operation>> chapters = new LinkedHashMap<>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb ->
                            chapters
                                .computeIfAbsent(
                                    verb.getValue().path("tags").path(0).asText("Other"),
                                    chapter -> new ArrayList<>())
                                .add(
                                    operation(
                                        verb.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey(),
                                        verb.getValue(),
                                        schemas))));
    List<Description.Model> models = new ArrayList<>();
    schemas
        .properties()
        .forEach(
            schema ->
                models.add(
                    new Description.Model(
                        schema.getKey(),
                        fields(schema.getValue()),
                        pretty(example(schema.getValue(), schemas, 0)))));
    return new Description(
        mount,
        root.at("/info/title").asText(mount),
        root.at("/info/version").asText("1.0.0"),
        chapters.entrySet().stream()
            .map(chapter -> new Description.Chapter(chapter.getKey(), chapter.getValue()))
            .toList(),
        models);
  }

  private static Description.Operation operation(
      String verb, String path, JsonNode node, JsonNode schemas) {
    List<Description.Field> parameters = new ArrayList<>();
    for (JsonNode parameter : node.path("parameters")) {
      parameters.add(
          new Description.Field(
              parameter.path("name").asText(),
              type(parameter.path("schema")) + " in the " + parameter.path("in").asText(),
              parameter.path("required").asBoolean()));
    }
    JsonNode request = node.path("requestBody").path("content").path(JSON).path("schema");
    JsonNode answer = JsonNodeFactory.instance.missingNode();
    for (Map.Entry<String, JsonNode> response : node.path("responses").properties()) {
      if (response.getKey().startsWith("2")) {
        answer = response.getValue().path("content").path(JSON).path("schema");
      }
    }
    return new Description.Operation(
        verb,
        path,
        node.path("summary").asText(),
        parameters,
        request.isMissingNode() ? "" : type(request),
        answer.isMissingNode() ? "" : type(answer),
        request.isMissingNode() ? "" : pretty(example(request, schemas, 0)));
  }

  private static List<Description.Field> fields(JsonNode schema) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    return schema.path("properties").properties().stream()
        .map(
            property ->
                new Description.Field(
                    property.getKey(),
                    type(property.getValue()),
                    required.contains(property.getKey())))
        .toList();
  }

  private static String type(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    if (!reference.isEmpty()) {
      return reference.substring(reference.lastIndexOf('/') + 1);
    }
    if (schema.has("enum")) {
      List<String> values = new ArrayList<>();
      schema.path("enum").forEach(value -> values.add(value.asText()));
      return String.join(" or ", values);
    }
    return switch (schema.path("type").asText()) {
      case "array" -> "list of " + type(schema.path("items"));
      case "string" -> schema.path("format").asText("text");
      case "integer" -> "whole number";
      case "number" -> "number";
      case "boolean" -> "true or false";
      case "object" -> "object";
      default -> "any value";
    };
  }

  private static JsonNode example(JsonNode schema, JsonNode schemas, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    String reference = schema.path("$ref").asText();
    if (!reference.isEmpty()) {
      return depth > DEEPEST
          ? nodes.objectNode()
          : example(schemas.path(reference.replace(REFERENCE, "")), schemas, depth + 1);
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.has("enum")) {
      return schema.path("enum").path(0);
    }
    return switch (schema.path("type").asText()) {
      case "array" -> {
        ArrayNode list = nodes.arrayNode();
        yield depth > DEEPEST ? list : list.add(example(schema.path("items"), schemas, depth + 1));
      }
      case "string" ->
          nodes.textNode(
              schema.path("format").asText().equals("date-time")
                  ? "2026-01-15T10:00:00Z"
                  : schema.path("format").asText("text"));
      case "integer", "number" -> nodes.numberNode(1);
      case "boolean" -> nodes.booleanNode(true);
      default -> {
        ObjectNode object = nodes.objectNode();
        schema
            .path("properties")
            .properties()
            .forEach(
                property ->
                    object.set(
                        property.getKey(), example(property.getValue(), schemas, depth + 1)));
        yield object;
      }
    };
  }

  private static String pretty(JsonNode node) {
    return node.toPrettyString();
  }
}
