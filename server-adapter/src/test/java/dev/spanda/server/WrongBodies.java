package dev.spanda.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Makes wrong bodies of a right one: for each field of its record those that no server may take.
 */
public final class WrongBodies {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private WrongBodies() {}

  /**
   * A body with one thing wrong.
   *
   * @param field the name of what is wrong
   * @param what what is wrong with it
   * @param given whether there is a value, which the answer then repeats
   */
  public record Wrong(String field, String what, JsonNode body, boolean given) {}

  /**
   * Every required field missing, and every field of a wrong type, of a record and of the records
   * in it as far as the right body has them.
   *
   * @param type the record, or a list of records
   * @param right a body that the server takes; not modified
   */
  public static List<Wrong> of(Type type, JsonNode right) {
    List<Wrong> all = new ArrayList<>();
    collect(type, right, "", all);
    return all;
  }

  private interface Frame {
    JsonNode around(JsonNode inner);
  }

  private static void collect(Type type, JsonNode right, String pointer, List<Wrong> all) {
    collect(type, right, inner -> inner, all);
  }

  private static void collect(Type type, JsonNode right, Frame frame, List<Wrong> all) {
    if (type instanceof ParameterizedType list
        && Collection.class.isAssignableFrom(raw(type))
        && right.isArray()
        && !right.isEmpty()) {
      collect(
          list.getActualTypeArguments()[0],
          right.get(0),
          inner -> {
            ArrayNode copy = right.deepCopy();
            copy.set(0, inner);
            return frame.around(copy);
          },
          all);
      return;
    }
    if (!(type instanceof Class<?> record) || !record.isRecord() || !right.isObject()) {
      return;
    }
    for (RecordComponent component : record.getRecordComponents()) {
      JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
      if (property == null) {
        property = component.getAnnotation(JsonProperty.class);
      }
      if (property == null) {
        throw new AssertionError(component + " has no name on the wire");
      }
      String name = property.value();
      if (property.required()) {
        ObjectNode without = right.deepCopy();
        without.remove(name);
        all.add(new Wrong(name, "missing", frame.around(without), false));
        ObjectNode empty = right.deepCopy();
        empty.putNull(name);
        all.add(new Wrong(name, "null", frame.around(empty), false));
      }
      JsonNode wrong = wrong(component.getType());
      if (wrong != null) {
        ObjectNode other = right.deepCopy();
        other.set(name, wrong);
        all.add(new Wrong(name, "wrong type " + wrong, frame.around(other), true));
      }
      if (right.has(name)) {
        collect(
            component.getGenericType(),
            right.get(name),
            inner -> {
              ObjectNode copy = right.deepCopy();
              copy.set(name, inner);
              return frame.around(copy);
            },
            all);
      }
    }
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType of ? (Class<?>) of.getRawType() : (Class<?>) type;
  }

  /** A value that is none of this type, or null when every value is one. */
  private static JsonNode wrong(Class<?> type) {
    if (type == Object.class) {
      return null;
    }
    if (type == String.class) {
      return JSON.objectNode().put("a", 1);
    }
    if (type == Instant.class) {
      return JSON.textNode("yesterday");
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type) || type == Boolean.class) {
      return JSON.textNode("perhaps");
    }
    if (Collection.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)
        || type.isRecord()) {
      return JSON.textNode("words");
    }
    throw new AssertionError("no wrong value is known for " + type);
  }
}
