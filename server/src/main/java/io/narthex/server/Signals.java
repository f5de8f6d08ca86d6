package io.narthex.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Handlers for SIGHUP, SIGTERM and SIGINT. The only interface that the JDK has for them, {@code
 * sun.misc.Signal}, is reached by reflection: the compiler warns of it in a way that cannot be
 * silenced, and warnings fail the build.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs the action, on a thread of its own, each time the signal comes. Does nothing on systems
   * without the signal.
   */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler invocation =
          (proxy, method, args) ->
              switch (method.getName()) {
                case "handle" -> {
                  Thread.ofPlatform().name("signal-" + name).start(action);
                  yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == args[0];
                default -> name;
              };
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handler}, invocation);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      org.slf4j.LoggerFactory.getLogger(Signals.class)
          .atDebug()
          .setCause(e)
          .log("no handler for SIG" + name);
    }
  }
}
