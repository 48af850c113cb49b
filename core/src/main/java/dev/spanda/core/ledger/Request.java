package dev.spanda.core.ledger;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A command on its way through the writer, or the wish that an account's due ends be settled. */
final class Request {
  final @Nullable String key;
  final @Nullable Command command;
  final byte[] body;
  final long digest;
  final long settle;
  final CompletableFuture<Outcome> future = new CompletableFuture<>();
  @Nullable Outcome outcome;

  Request(String key, Command command) {
    this.key = key;
    this.command = command;
    this.body = Chain.body(command);
    this.digest = Chain.digest(key);
    this.settle = 0;
  }

  Request(long settle) {
    this.key = null;
    this.command = null;
    this.body = new byte[0];
    this.digest = 0;
    this.settle = settle;
  }

  /** What the key's first command got, or a conflict when this one is another. */
  void answer(Outcome first, byte @Nullable [] firstBody) {
    outcome = Chain.same(body, firstBody) ? first : new Outcome.Conflict();
  }
}
