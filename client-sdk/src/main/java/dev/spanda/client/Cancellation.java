package dev.spanda.client;

import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * The end of an asynchronous call before its time. The worker thread carries it while it runs the
 * call, so that the network exchange that happens to be under way can be broken off: interrupting a
 * thread does not end a blocked read.
 */
final class Cancellation {

  private static final ThreadLocal<@Nullable Cancellation> CURRENT = new ThreadLocal<>();

  private @Nullable Call call;
  private boolean cancelled;

  static @Nullable Cancellation current() {
    return CURRENT.get();
  }

  void run(Runnable work) {
    CURRENT.set(this);
    try {
      work.run();
    } finally {
      CURRENT.remove();
    }
  }

  synchronized void begin(Call next) {
    call = next;
    if (cancelled) {
      next.cancel();
    }
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized void cancel() {
    cancelled = true;
    if (call != null) {
      call.cancel();
    }
  }
}
