package dev.spanda.core.data;

import java.net.URI;

/** Brings texts from other machines. A server guards what it reaches; without one nothing is. */
@FunctionalInterface
public interface RowFetcher {

  /**
   * What came.
   *
   * @param content its bytes, not copied
   * @param mediaType what the other side calls it, in lower case without parameters, or the empty
   *     string
   */
  @SuppressWarnings("ArrayRecordComponent") // read once and thrown away; a copy would cost as much
  record Content(byte[] content, String mediaType) {}

  /**
   * Reads an address with GET.
   *
   * @param address absolute, http or https
   * @param mostBytes of the answer
   * @throws dev.spanda.core.Failure TOO_LARGE, subject {@code bytes}, when the answer is longer;
   *     FORBIDDEN or INVALID, subject {@code url}, when the address may not be reached; UNAVAILABLE
   *     or FAILED, subject {@code url}, when it does not answer or answers with a failure
   */
  Content fetch(URI address, int mostBytes);
}
