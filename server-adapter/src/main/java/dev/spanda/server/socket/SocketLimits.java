package dev.spanda.server.socket;

import java.time.Duration;

/**
 * What a session may ask of the server.
 *
 * @param messageBytes characters of a client's message, ≥ 1; a larger one is refused by an error
 *     message, and one above {@link #HARD_FACTOR} times as many closes the session with 1009
 * @param messagesPerSecond how many messages a client may send a second on the long run, and twice
 *     as many at once; ≥ 1
 * @param waitingMessages how many messages may wait for a slow client, ≥ 1
 * @param pingEvery how often a silent client is asked whether it is there
 * @param deadAfter after how long a silence a client counts as gone
 * @param messagesPerMinute how many messages a client may send a minute on the long run, and as
 *     many at once, in the place of {@code messagesPerSecond}; 0 for none such
 */
public record SocketLimits(
    int messageBytes,
    int messagesPerSecond,
    int waitingMessages,
    Duration pingEvery,
    Duration deadAfter,
    int messagesPerMinute) {

  /** How many times larger than allowed a message may be and only be refused. */
  public static final int HARD_FACTOR = 256;

  /** 65 536 characters, 20 messages a second, 256 waiting, ping after 20 s, gone after 60 s. */
  public static final SocketLimits DEFAULT =
      new SocketLimits(65_536, 20, 256, Duration.ofSeconds(20), Duration.ofSeconds(60));

  /** Limits by the second. */
  public SocketLimits(
      int messageBytes,
      int messagesPerSecond,
      int waitingMessages,
      Duration pingEvery,
      Duration deadAfter) {
    this(messageBytes, messagesPerSecond, waitingMessages, pingEvery, deadAfter, 0);
  }

  /** Checks the numbers. */
  public SocketLimits {
    if (messageBytes < 1 || messagesPerSecond < 1 || waitingMessages < 1 || messagesPerMinute < 0) {
      throw new IllegalArgumentException(
          messageBytes + " bytes, " + messagesPerSecond + "/s, " + waitingMessages + " waiting");
    }
    if (pingEvery.isNegative() || pingEvery.isZero() || deadAfter.compareTo(pingEvery) <= 0) {
      throw new IllegalArgumentException("ping " + pingEvery + ", dead " + deadAfter);
    }
  }

  /** The same with other limits on what clients send. */
  public SocketLimits withIncoming(int bytes, int perSecond) {
    return new SocketLimits(bytes, perSecond, waitingMessages, pingEvery, deadAfter);
  }

  /** The same with a limit by the minute on what clients send. */
  public SocketLimits withMessagesPerMinute(int messages) {
    return new SocketLimits(
        messageBytes, messagesPerSecond, waitingMessages, pingEvery, deadAfter, messages);
  }

  /** How many messages a client may send at once after a silence. */
  double burst() {
    return messagesPerMinute > 0 ? messagesPerMinute : 2.0 * messagesPerSecond;
  }

  /** How many messages a millisecond gives back. */
  double perMilli() {
    return messagesPerMinute > 0 ? messagesPerMinute / 60_000.0 : messagesPerSecond / 1000.0;
  }

  /** The limit in words, and its number. */
  String told() {
    return messagesPerMinute > 0
        ? messagesPerMinute + " messages a minute"
        : messagesPerSecond + " messages a second";
  }

  int toldNumber() {
    return messagesPerMinute > 0 ? messagesPerMinute : messagesPerSecond;
  }

  /** The same with other limits on silence. */
  public SocketLimits withSilence(Duration ping, Duration dead) {
    return new SocketLimits(
        messageBytes, messagesPerSecond, waitingMessages, ping, dead, messagesPerMinute);
  }

  /** The same with another number of waiting messages. */
  public SocketLimits withWaiting(int messages) {
    return new SocketLimits(
        messageBytes, messagesPerSecond, messages, pingEvery, deadAfter, messagesPerMinute);
  }
}
