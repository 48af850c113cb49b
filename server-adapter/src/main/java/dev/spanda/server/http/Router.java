package dev.spanda.server.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path leads to. A literal segment beats a variable; when the literal way ends
 * nowhere, or in a place without the verb, the variable way is tried. Filled once, then read by
 * many threads.
 *
 * @param <T> what a route leads to
 */
final class Router<T> {

  /**
   * What was found.
   *
   * @param target null when the path exists and the verb does not
   * @param variables the values of the path's variables, in the order of the path
   * @param verbs the verbs of the path, sorted
   */
  @SuppressWarnings("ArrayRecordComponent") // Made for each request, read once, never compared.
  record Found<T>(@Nullable T target, String[] variables, Set<String> verbs) {}

  private static final class Place<T> {
    final Map<String, Place<T>> literals = new HashMap<>();
    final Map<String, T> targets = new TreeMap<>();
    @Nullable Place<T> variable;
  }

  private final Place<T> root = new Place<>();

  /**
   * Adds a route.
   *
   * @param path begins with a slash; variables stand in braces
   * @throws IllegalArgumentException when another route has the same verb and path
   */
  void add(String verb, String path, T target) {
    Place<T> place = root;
    for (String segment : split(path)) {
      if (segment.indexOf('{') >= 0) {
        if (segment.charAt(0) != '{' || segment.indexOf('}') != segment.length() - 1) {
          throw new IllegalArgumentException("a variable must be a whole segment: " + path);
        }
        if (place.variable == null) {
          place.variable = new Place<>();
        }
        place = place.variable;
      } else {
        place = place.literals.computeIfAbsent(segment, key -> new Place<>());
      }
    }
    if (place.targets.putIfAbsent(verb, target) != null) {
      throw new IllegalArgumentException("two operations for " + verb + " " + path);
    }
  }

  /** What the path leads to, or null when it leads nowhere. */
  @Nullable Found<T> find(String verb, String[] segments) {
    Set<String> verbs = new TreeSet<>();
    String[] variables = new String[segments.length];
    Found<T> found = find(root, verb, segments, 0, variables, 0, verbs);
    if (found != null) {
      return found;
    }
    return verbs.isEmpty() ? null : new Found<>(null, new String[0], verbs);
  }

  private @Nullable Found<T> find(
      Place<T> place,
      String verb,
      String[] segments,
      int next,
      String[] variables,
      int variableCount,
      Set<String> verbs) {
    if (next == segments.length) {
      T target = place.targets.get(verb);
      if (target == null) {
        verbs.addAll(place.targets.keySet());
        return null;
      }
      return new Found<>(target, Arrays.copyOf(variables, variableCount), place.targets.keySet());
    }
    Place<T> literal = place.literals.get(segments[next]);
    if (literal != null) {
      Found<T> found = find(literal, verb, segments, next + 1, variables, variableCount, verbs);
      if (found != null) {
        return found;
      }
    }
    if (place.variable == null || segments[next].isEmpty()) {
      return null;
    }
    variables[variableCount] = segments[next];
    return find(place.variable, verb, segments, next + 1, variables, variableCount + 1, verbs);
  }

  private static String[] split(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.isEmpty() ? new String[0] : trimmed.substring(1).split("/", -1);
  }
}
