package dev.spanda.core.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each published event to everybody who subscribed to its class or to one of its supertypes,
 * sealed interfaces included.
 *
 * <p>Delivery happens on the publishing thread, to one subscriber after the other in the order they
 * subscribed, and {@link #publish} returns when all have been called: the events of one publisher
 * arrive in the order it published them. A subscriber that throws is logged and harms neither the
 * publisher nor the other subscribers. A subscriber may publish, subscribe and unsubscribe from
 * within its call. Thread-safe.
 */
public final class EventBus {

  private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

  /** Replaced as a whole at every change, so that a delivery walks over one consistent list. */
  private volatile Registry registry = new Registry(List.of());

  /** A bus without subscribers. */
  public EventBus() {}

  /**
   * Calls every subscriber of the event's class or of one of its supertypes, then returns.
   *
   * @param event any object; an immutable record by habit
   */
  public void publish(Object event) {
    for (Entry<?> entry : registry.receiversOf(event.getClass())) {
      entry.deliver(event);
    }
  }

  /**
   * Delivers every event that is an instance of {@code type} from now on.
   *
   * @param type a class, record or (sealed) interface; {@code Object} for everything
   * @param subscriber called on the publishing thread; should return quickly
   */
  public <E> Subscription subscribe(Class<E> type, Consumer<? super E> subscriber) {
    Entry<E> entry = new Entry<>(this, Objects.requireNonNull(type), subscriber);
    synchronized (this) {
      List<Entry<?>> more = new ArrayList<>(registry.entries);
      more.add(entry);
      registry = new Registry(more);
    }
    return entry;
  }

  private synchronized void remove(Entry<?> entry) {
    List<Entry<?>> fewer = new ArrayList<>(registry.entries);
    if (fewer.removeIf(other -> other == entry)) {
      registry = new Registry(fewer);
    }
  }

  /** The subscribers at one time, with a memory of who receives which class. */
  private static final class Registry {
    private final List<Entry<?>> entries;
    private final ConcurrentHashMap<Class<?>, List<Entry<?>>> receivers = new ConcurrentHashMap<>();

    Registry(List<Entry<?>> entries) {
      this.entries = entries;
    }

    List<Entry<?>> receiversOf(Class<?> eventClass) {
      List<Entry<?>> known = receivers.get(eventClass);
      return known != null
          ? known
          : receivers.computeIfAbsent(
              eventClass,
              c -> entries.stream().filter(entry -> entry.type.isAssignableFrom(c)).toList());
    }
  }

  private static final class Entry<E> implements Subscription {
    private final EventBus bus;
    private final Class<E> type;
    private final Consumer<? super E> subscriber;
    private volatile boolean closed;

    Entry(EventBus bus, Class<E> type, Consumer<? super E> subscriber) {
      this.bus = bus;
      this.type = type;
      this.subscriber = Objects.requireNonNull(subscriber);
    }

    void deliver(Object event) {
      if (closed) {
        return;
      }
      try {
        subscriber.accept(type.cast(event));
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) {
        LOG.error("A subscriber to {} failed at {}", type.getName(), event.getClass().getName(), e);
      }
    }

    @Override
    public void close() {
      closed = true;
      bus.remove(this);
    }
  }
}
