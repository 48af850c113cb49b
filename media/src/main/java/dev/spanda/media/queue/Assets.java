package dev.spanda.media.queue;

import java.io.InputStream;

/** Where a queue finds what is to be published. Thread-safe. */
public interface Assets {

  /**
   * What is to be published.
   *
   * @param id its name
   * @param name what its owner calls it, with an ending such as {@code .mp4}; never a path
   * @param mediaType such as {@code video/mp4}
   * @param size in bytes, ≥ 0
   */
  record Asset(String id, String name, String mediaType, long size) {}

  /**
   * An asset of an owner.
   *
   * @throws dev.spanda.core.Failure NOT_FOUND, subject {@code asset}, when the owner has none of
   *     that id
   */
  Asset find(String owner, String id);

  /**
   * Opens part of an asset's content; the caller closes the stream.
   *
   * @param offset how many bytes to skip, ≥ 0
   * @param length at most how many bytes follow, ≥ 0
   * @throws dev.spanda.core.Failure NOT_FOUND, subject {@code asset}
   */
  InputStream open(String owner, String id, long offset, long length);
}
