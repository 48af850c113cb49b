package dev.spanda.server;

import dev.spanda.core.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server serves and where.
 *
 * @param host the address to bind, {@code 127.0.0.1} by default
 * @param ports a port for a mount by name; a mount that is not named has its documented port; 0
 *     takes any free one
 * @param only the mounts to serve; empty for all
 * @param dataFolder where the store and the files are kept
 * @param databaseUrl a {@code jdbc:postgresql:} URL, or null for SQLite in the data folder
 * @param demo whether the documents' example credentials are known; loopback only
 * @param limitFactor multiplies every documented rate limit, 1 to 1 000 000
 * @param soundCard whether playback goes to a sound card; otherwise to a paced, silent output
 * @param adminPort port of the metrics page on loopback; 0 takes any free one; −1 for none
 * @param allowPrivate addresses within this machine or network that may be called, each {@code
 *     HOST} or {@code HOST:PORT}; empty unless somebody names one
 */
public record Config(
    String host,
    Map<String, Integer> ports,
    Set<String> only,
    Path dataFolder,
    @Nullable String databaseUrl,
    boolean demo,
    int limitFactor,
    boolean soundCard,
    int adminPort,
    Set<String> allowPrivate) {

  /** The mounts that this build serves, in the order in which they are started. */
  public static final List<String> MOUNTS =
      List.of(
          "vajra",
          "biofield",
          "craudioviz",
          "craudioviz-sandbox",
          "wavestack-core",
          "wavestack-clipper",
          "wavestack-personality",
          "wavestack-social",
          "wavestack-automod",
          "wavestack-thumbnails",
          "wavestack-youtube",
          "wavestack-publisher",
          "wavestack-analytics",
          "octospine");

  /**
   * Copies and checks.
   *
   * @throws Failure INVALID when a mount is not known or a number is out of its range; FORBIDDEN
   *     when a demo would be reachable from beyond this machine
   */
  public Config {
    ports = Map.copyOf(ports);
    only = Set.copyOf(only);
    allowPrivate = Set.copyOf(allowPrivate);
    for (Map.Entry<String, Integer> entry : ports.entrySet()) {
      requireMount(entry.getKey());
      Failure.requireInRange("port", "Port", entry.getValue(), 0, 65_535, "");
    }
    only.forEach(Config::requireMount);
    Failure.requireInRange("limits", "Limits", limitFactor, 1, 1_000_000, "");
    Failure.requireInRange("admin_port", "Admin port", adminPort, -1, 65_535, "");
    if (demo && !isLoopback(host)) {
      throw Failure.of(
          Failure.Reason.FORBIDDEN,
          "host",
          "A demo knows published credentials and may bind to loopback only; host was " + host);
    }
  }

  /** A server on loopback with the documented ports, SQLite and a silent output. */
  public static Config in(Path dataFolder) {
    return new Config(
        "127.0.0.1", Map.of(), Set.of(), dataFolder, null, false, 1, false, -1, Set.of());
  }

  /** The same on any free ports, for tests and tours. */
  public Config onFreePorts() {
    Map<String, Integer> free = new HashMap<>();
    MOUNTS.forEach(mount -> free.put(mount, 0));
    return new Config(
        host,
        free,
        only,
        dataFolder,
        databaseUrl,
        demo,
        limitFactor,
        soundCard,
        adminPort,
        allowPrivate);
  }

  /**
   * The same with the documents' example credentials.
   *
   * @throws Failure FORBIDDEN when it would be reachable from beyond this machine
   */
  public Config asDemo() {
    return new Config(
        host,
        ports,
        only,
        dataFolder,
        databaseUrl,
        true,
        limitFactor,
        soundCard,
        adminPort,
        allowPrivate);
  }

  /** The same with every documented rate limit multiplied. */
  public Config withLimitFactor(int factor) {
    return new Config(
        host,
        ports,
        only,
        dataFolder,
        databaseUrl,
        demo,
        factor,
        soundCard,
        adminPort,
        allowPrivate);
  }

  /** The same, allowed to call these addresses of its own machine or network. */
  public Config withAllowPrivate(Set<String> hosts) {
    return new Config(
        host, ports, only, dataFolder, databaseUrl, demo, limitFactor, soundCard, adminPort, hosts);
  }

  /** Whether the mount is to be served. */
  boolean serves(String mount) {
    return only.isEmpty() || only.contains(mount);
  }

  /** The mount's port: the configured one or else the documented one. */
  int port(String mount, int documented) {
    return ports.getOrDefault(mount, documented);
  }

  private static void requireMount(String name) {
    if (!MOUNTS.contains(name)) {
      throw Failure.notAllowed("mount", name, MOUNTS);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw Failure.invalid("host", host, "No address is known for host " + host);
    }
  }
}
