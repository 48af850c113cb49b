package dev.spanda.server.gate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The pages of other origins that may use a mount from a browser. An origin is named as {@code
 * host:port} and allowed for http and https; the port stands always, 80 and 443 too.
 */
public final class Cors {

  private static final Cors NONE = new Cors(Set.of());

  private final Set<String> origins;

  private Cors(Set<String> origins) {
    this.origins = origins;
  }

  /** No page of another origin may read an answer. */
  public static Cors none() {
    return NONE;
  }

  /**
   * Pages of these origins only.
   *
   * @param hostsAndPorts such as {@code localhost:3009}; in lower case
   */
  public static Cors of(List<String> hostsAndPorts) {
    Set<String> origins = new LinkedHashSet<>();
    for (String origin : hostsAndPorts) {
      if (!origin.matches("[a-z0-9.\\-\\[\\]:]+:[0-9]{1,5}")) {
        throw new IllegalArgumentException("not host:port in lower case: " + origin);
      }
      origins.add("http://" + origin);
      origins.add("https://" + origin);
      if (origin.endsWith(":80")) {
        origins.add("http://" + origin.substring(0, origin.length() - 3));
      }
      if (origin.endsWith(":443")) {
        origins.add("https://" + origin.substring(0, origin.length() - 4));
      }
    }
    return new Cors(Set.copyOf(origins));
  }

  /** Whether any origin is allowed. */
  public boolean isOpen() {
    return !origins.isEmpty();
  }

  /**
   * Whether a page of that origin may read answers.
   *
   * @param origin the value of the {@code Origin} header
   */
  public boolean allows(String origin) {
    return origins.contains(origin);
  }

  /**
   * Whether a page of that origin may open a socket: one that is allowed, or one that this server
   * itself has served. Browsers let any page open a socket anywhere and leave the choice to the
   * server.
   *
   * @param origin the value of the {@code Origin} header
   * @param host the value of the {@code Host} header
   */
  public boolean allowsSocket(String origin, String host) {
    if (allows(origin)) {
      return true;
    }
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
