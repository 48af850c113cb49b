package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The chapter System Management. */
@Route.Group("System")
public interface SystemApi {

  /** Whether the server and its parts work; the one operation that needs no credentials. */
  @Route(value = "GET /api/health", summary = "Whether the server and its parts work.")
  Health getHealth();

  /** How busy the machine is, and how many applications and agents there are. */
  @Route(
      value = "GET /api/status",
      summary = "How busy the machine is, and how many applications and agents there are.")
  Status getStatus();

  /** What this server has and how much of it an account may have. */
  @Route(
      value = "GET /api/config",
      summary = "What this server has and how much of it an account may have.")
  Configuration getConfig();

  /**
   * Health.
   *
   * @param status {@code healthy} when every service is, else {@code unhealthy}
   * @param timestamp now, to the second
   * @param version of the API
   * @param uptime whole seconds since the server's start
   * @param services {@code healthy} or {@code unhealthy} by name: {@code database}, whether a
   *     question to the store is answered; {@code cache}, whether the counters of limits give and
   *     take back a permit; {@code queue}, whether the record of jobs can be read
   */
  record Health(
      @JsonProperty("status") String status,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("version") String version,
      @JsonProperty("uptime") long uptime,
      @JsonProperty("services") Map<String, String> services) {

    /** Copies the services, keeping their order. */
    public Health {
      services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }
  }

  /** The state of the whole. */
  record Status(
      @JsonProperty("system") Machine system,
      @JsonProperty("applications") Applications applications,
      @JsonProperty("agents") Agents agents) {}

  /**
   * The machine, as measured last: at most the sampling period ago.
   *
   * @param cpuUsage percent of all processors together that was in use since the measurement
   *     before, 0 to 100
   * @param memoryUsage percent of the memory that programs could not have, 0 to 100
   * @param diskUsage percent of the data folder's file system that is in use, 0 to 100
   */
  record Machine(
      @JsonProperty("cpu_usage") double cpuUsage,
      @JsonProperty("memory_usage") double memoryUsage,
      @JsonProperty("disk_usage") double diskUsage,
      @JsonProperty("network_io") Network networkIo) {}

  /**
   * Bytes that the machine's network interfaces, loopback left out, have carried since the machine
   * started.
   */
  record Network(
      @JsonProperty("bytes_sent") long bytesSent,
      @JsonProperty("bytes_received") long bytesReceived) {}

  /**
   * Applications: every API that this server can serve, and those that the caller's account has
   * registered.
   *
   * @param running APIs that are served, and applications that have reported within five minutes
   * @param stopped all others
   */
  record Applications(
      @JsonProperty("total") long total,
      @JsonProperty("running") long running,
      @JsonProperty("stopped") long stopped) {}

  /**
   * The account's agents.
   *
   * @param active agents that work on something
   * @param idle agents that are there and work on nothing
   */
  record Agents(
      @JsonProperty("total") long total,
      @JsonProperty("active") long active,
      @JsonProperty("idle") long idle) {}

  /**
   * What there is.
   *
   * @param environment {@code development} for a server that knows the documents' example
   *     credentials, else {@code production}
   * @param features whether a chapter is served, by its name in the document
   * @param limits how many records of a kind an account may have
   */
  record Configuration(
      @JsonProperty("environment") String environment,
      @JsonProperty("features") Map<String, Boolean> features,
      @JsonProperty("limits") Map<String, Long> limits) {

    /** Copies the words, keeping their order. */
    public Configuration {
      features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
      limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    }
  }
}
