package dev.spanda.core.session;

/** What {@link Sessions} publishes, after the change is durable and in the process that made it. */
public sealed interface SessionEvent {

  /** The session after the change. */
  Session session();

  /** A session was planned. */
  record Created(Session session) implements SessionEvent {}

  /** A session has begun. */
  record Started(Session session) implements SessionEvent {}

  /** A session was ended by hand. */
  record Stopped(Session session) implements SessionEvent {}

  /** A session has ended by itself; published once, at its end or when the process is back. */
  record Completed(Session session) implements SessionEvent {}
}
