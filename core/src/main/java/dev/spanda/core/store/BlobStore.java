package dev.spanda.core.store;

import dev.spanda.core.Failure;
import java.io.InputStream;
import java.util.stream.Stream;

/**
 * Keeps contents too large for a row, under names it makes itself. A content never changes once it
 * is put; a name is never used twice. Implementations are thread-safe.
 */
public interface BlobStore {

  /**
   * A stored content.
   *
   * @param name what it is called here
   * @param size its length in bytes, ≥ 0
   */
  record Blob(String name, long size) {}

  /**
   * Stores all that the stream still holds; once this returns the content is durable.
   *
   * @param content read to its end, not closed
   * @param limitBytes the largest size accepted, ≥ 0
   * @throws Failure TOO_LARGE, subject {@code file}, when the stream holds more, and nothing is
   *     kept; FAILED, subject {@code store}, when reading or writing breaks off
   */
  Blob put(InputStream content, long limitBytes);

  /**
   * Opens a content from its beginning; the caller closes the stream.
   *
   * @throws Failure NOT_FOUND, subject {@code file}
   */
  default InputStream open(String name) {
    return open(name, 0, Long.MAX_VALUE);
  }

  /**
   * Opens part of a content; the caller closes the stream.
   *
   * @param offset how many bytes to skip, ≥ 0; beyond the end the stream is empty
   * @param length at most how many bytes follow, ≥ 0
   * @throws Failure NOT_FOUND, subject {@code file}
   */
  InputStream open(String name, long offset, long length);

  /**
   * The size of a content in bytes.
   *
   * @throws Failure NOT_FOUND, subject {@code file}
   */
  long size(String name);

  /**
   * The names of all contents that are whole, in no order. The caller closes the stream; contents
   * put or removed meanwhile may or may not be among them.
   *
   * @throws Failure FAILED, subject {@code store}, when they cannot be listed
   */
  Stream<String> names();

  /** Removes a content; returns whether it was there. Streams already open may be read on. */
  boolean delete(String name);
}
