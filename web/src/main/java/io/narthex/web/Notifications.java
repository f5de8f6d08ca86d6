package io.narthex.web;

import io.narthex.client.Counter;
import io.narthex.client.Gauge;
import io.narthex.client.MetricRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * What users of the UI should know about the server, such as that its configuration could not be
 * reloaded.
 *
 * <p>A notification is active until it is taken back; those who subscribed are told of both.
 */
public final class Notifications {
  public static final String CONFIGURATION_UNSUCCESSFUL = "Configuration reload has failed.";
  public static final String STARTING_UP =
      "Prometheus is starting and replaying the write-ahead log (WAL).";
  public static final String SHUTTING_DOWN =
      "Prometheus is shutting down and gracefully stopping all operations.";

  private static final int QUEUE_LENGTH = 10;

  /** One message; the same text is not active twice. */
  public record Notification(String text, Instant date, boolean active) {}

  /** A subscriber's queue; what does not fit is dropped. */
  public static final class Subscription implements AutoCloseable {
    private final BlockingQueue<Notification> queue = new ArrayBlockingQueue<>(QUEUE_LENGTH);
    private final Notifications owner;

    private Subscription(Notifications owner) {
      this.owner = owner;
    }

    /** Waits for the next notification. */
    public Notification take() throws InterruptedException {
      return queue.take();
    }

    @Override
    public void close() {
      owner.unsubscribe(this);
    }
  }

  private final int maxSubscribers;
  private final Supplier<Instant> clock;
  private final Gauge activeSubscribers;
  private final Counter sent;
  private final Counter dropped;
  private final Map<String, Notification> active = new LinkedHashMap<>();
  private final List<Subscription> subscriptions = new ArrayList<>();

  public Notifications(int maxSubscribers, MetricRegistry registry) {
    this(maxSubscribers, registry, Instant::now);
  }

  Notifications(int maxSubscribers, MetricRegistry registry, Supplier<Instant> clock) {
    this.maxSubscribers = maxSubscribers;
    this.clock = clock;
    activeSubscribers =
        registry.gauge(
            "prometheus_api_notification_active_subscribers",
            "The current number of active notification subscribers.");
    sent =
        registry.counter(
            "prometheus_api_notification_updates_sent_total",
            "Total number of notification updates sent.");
    dropped =
        registry.counter(
            "prometheus_api_notification_updates_dropped_total",
            "Total number of notification updates dropped.");
  }

  /** Makes a notification active; where it is so already, its date stays. */
  public synchronized void add(String text) {
    if (!active.containsKey(text)) {
      Notification notification = new Notification(text, clock.get(), true);
      active.put(text, notification);
      tell(notification);
    }
  }

  /** Takes a notification back. */
  public synchronized void delete(String text) {
    Notification notification = active.remove(text);
    if (notification != null) {
      tell(new Notification(text, notification.date(), false));
    }
  }

  /** The active notifications, oldest first. */
  public synchronized List<Notification> active() {
    return List.copyOf(active.values());
  }

  /** A queue that starts with what is active now; empty where there are too many already. */
  public synchronized Optional<Subscription> subscribe() {
    if (subscriptions.size() >= maxSubscribers) {
      return Optional.empty();
    }
    Subscription subscription = new Subscription(this);
    subscriptions.add(subscription);
    activeSubscribers.set(subscriptions.size());
    active.values().forEach(notification -> offer(subscription, notification));
    return Optional.of(subscription);
  }

  private synchronized void unsubscribe(Subscription subscription) {
    subscriptions.remove(subscription);
    activeSubscribers.set(subscriptions.size());
  }

  private void tell(Notification notification) {
    subscriptions.forEach(subscription -> offer(subscription, notification));
  }

  private void offer(Subscription subscription, Notification notification) {
    if (subscription.queue.offer(notification)) {
      sent.inc();
    } else {
      dropped.inc();
    }
  }
}
