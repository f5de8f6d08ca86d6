package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.http.server.ResponseStream;
import io.narthex.web.Notifications;
import io.narthex.web.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** `/notifications` and, as a stream of server-sent events, `/notifications/live`. */
final class NotificationsHandler {
  private static final byte[] EVENT = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT_END = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final int EVENT_BUFFER_BYTES = 1024;

  private final Notifications notifications;
  private final Set<Thread> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  NotificationsHandler(Notifications notifications) {
    this.notifications = notifications;
  }

  Answer active(Exchange exchange) {
    List<Notifications.Notification> active = notifications.active();
    return Answer.of(
        json -> {
          json.beginArray();
          for (Notifications.Notification notification : active) {
            write(json, notification);
          }
          json.endArray();
        });
  }

  void live(Exchange exchange) throws IOException {
    exchange.responseHeader("Cache-Control", "no-cache");
    Optional<Notifications.Subscription> subscription = notifications.subscribe();
    if (subscription.isEmpty()) {
      exchange.respondEmpty(204);
      return;
    }
    Thread thread = Thread.currentThread();
    try (Notifications.Subscription events = subscription.get()) {
      streams.add(thread);
      exchange.onDisconnect(thread::interrupt);
      stream(exchange.output("text/event-stream"), events);
    } catch (InterruptedException e) {
      // The client has gone, or the server stops: either way nobody waits for more.
    } finally {
      streams.remove(thread);
    }
  }

  private void stream(ResponseStream out, Notifications.Subscription events)
      throws IOException, InterruptedException {
    out.commit();
    while (!stopped) {
      ByteArrayOutputStream event = new ByteArrayOutputStream();
      event.write(EVENT);
      byte[] buffer = new byte[EVENT_BUFFER_BYTES];
      JsonWriter json = new JsonWriter(event, buffer);
      write(json, events.take());
      event.write(buffer, 0, json.buffered());
      event.write(EVENT_END);
      out.write(event.toByteArray());
    }
  }

  /** Ends all streams. */
  void stop() {
    stopped = true;
    streams.forEach(Thread::interrupt);
  }

  private static void write(JsonWriter json, Notifications.Notification notification)
      throws IOException {
    json.beginObject().name("text").text(notification.text());
    json.name("date").text(Rfc3339.local(notification.date()));
    json.name("active").bool(notification.active()).endObject();
  }
}
