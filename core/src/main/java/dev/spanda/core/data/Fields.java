package dev.spanda.core.data;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a step by name and type; each failure is about the parameter. */
final class Fields {

  private final Map<?, ?> values;

  Fields(Map<?, ?> values) {
    this.values = values;
  }

  /** Refuses names that are none of these. */
  void allow(List<String> names) {
    for (Object key : values.keySet()) {
      if (!names.contains(key.toString())) {
        throw Failure.invalid(
                key.toString(),
                key,
                "There is no parameter " + key + "; there are " + String.join(", ", names))
            .with(Failure.ALLOWED_VALUES, names);
      }
    }
  }

  @Nullable Object value(String name) {
    return values.get(name);
  }

  Optional<String> text(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && !text.isBlank()) {
      return Optional.of(text);
    }
    throw Failure.invalid(name, value, name + " must be a text that is not blank");
  }

  String choice(String name, String usual, List<String> allowed) {
    String word = text(name).orElse(usual);
    if (!allowed.contains(word)) {
      throw Failure.notAllowed(name, word, allowed);
    }
    return word;
  }

  Optional<RowFormat> format(String name) {
    List<String> words = Arrays.stream(RowFormat.values()).map(RowFormat::word).toList();
    return text(name).isEmpty()
        ? Optional.empty()
        : Optional.of(RowFormat.parse(choice(name, "", words)));
  }

  /** A list of texts; a single text is a list of one; empty when absent. */
  Optional<List<String>> texts(String name, int most) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    List<?> list = value instanceof List<?> many ? many : List.of(value);
    if (list.size() > most) {
      throw Failure.invalid(name, list.size(), name + " may have " + most + " entries")
          .with(Failure.MAX_VALUE, most);
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String text) || text.isBlank()) {
        throw Failure.invalid(name, element, name + " must be a list of texts");
      }
      texts.add(text);
    }
    return Optional.of(List.copyOf(texts));
  }

  /** An object of plain values; empty when absent. */
  Map<String, Object> object(String name, int most) {
    Object value = values.get(name);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map) || map.size() > most) {
      throw Failure.invalid(name, value, name + " must be an object of at most " + most);
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, element) -> copy.put(key.toString(), element));
    return copy;
  }
}
