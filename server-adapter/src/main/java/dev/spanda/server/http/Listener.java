package dev.spanda.server.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Answers for mounts on their ports until it is closed. */
public interface Listener extends AutoCloseable {

  /** Hears of every answer. Called by many threads; must not block. */
  @FunctionalInterface
  interface Audience {

    /**
     * A request was answered.
     *
     * @param mount the name of its mount
     * @param status of the answer; 101 for a socket, whose time is not that of an answer
     * @param nanos from the end of the request's headers to the end of the answer
     */
    void answered(String mount, int status, long nanos);
  }

  /** The base URL of each mount by its name, with the port that is really open. */
  Map<String, URI> urls();

  /** Where the metrics are, on a port of this machine alone; empty when none was asked for. */
  Optional<URI> metrics();

  /**
   * Stops: no connection is taken any more, requests that run may finish for a while, sockets get a
   * close frame with 1001. A second call does nothing.
   */
  @Override
  void close();
}
