package io.narthex.http.client;

import io.narthex.http.client.TransportException.Kind;
import io.narthex.model.labels.GoQuote;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;

/** Says in the words of Go's HTTP client why there is no answer. */
final class TransportErrors {
  private TransportErrors() {}

  /**
   * The exception for a failed request.
   *
   * @param answered whether status and headers had arrived: what fails after that is the reading of
   *     the body, which Go reports without the URL
   */
  static TransportException of(
      Throwable failure, TransportRequest request, RequestTarget target, boolean answered) {
    Throwable cause = rootCause(failure);
    Kind kind = kind(cause);
    String words = words(cause, target, answered);
    return new TransportException(kind, answered ? words : prefix(request) + words, failure);
  }

  /** {@code Get "http://a/metrics": }. */
  static String prefix(TransportRequest request) {
    return prefix(request.method(), request.url().toString());
  }

  static String prefix(String method, String url) {
    return method.charAt(0)
        + method.substring(1).toLowerCase(Locale.ROOT)
        + " "
        + GoQuote.quote(url)
        + ": ";
  }

  /** The first in the chain that says something definite. */
  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && cause.getCause() != cause
        && !(cause instanceof BodyLimitException)
        && !(cause instanceof TimeoutException)
        && !(cause instanceof SSLException)
        && !(cause instanceof UnknownHostException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Kind kind(Throwable cause) {
    return switch (cause) {
      case TimeoutException e -> Kind.TIMEOUT;
      case BodyLimitException e -> Kind.BODY_LIMIT;
      case InterruptedException e -> Kind.CANCELLED;
      case java.net.ConnectException e -> Kind.CONNECT;
      case NoRouteToHostException e -> Kind.CONNECT;
      case UnknownHostException e -> Kind.CONNECT;
      case UnresolvedAddressException e -> Kind.CONNECT;
      case SocketTimeoutException e -> Kind.CONNECT;
      default -> Kind.PROTOCOL;
    };
  }

  private static String words(Throwable cause, RequestTarget target, boolean answered) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case TimeoutException e -> "context deadline exceeded";
      case InterruptedException e -> "context canceled";
      case BodyLimitException e -> message;
      case UnknownHostException e -> noSuchHost(target);
      case UnresolvedAddressException e -> noSuchHost(target);
      case SocketTimeoutException e -> "dial tcp " + address(target) + ": i/o timeout";
      case java.net.ConnectException e -> dial(target, message);
      case NoRouteToHostException e -> dial(target, message);
      case SSLException e -> tls(message, target);
      case EOFException e -> answered ? "unexpected EOF" : "EOF";
      case ClosedChannelException e -> answered ? "unexpected EOF" : "EOF";
      case HttpResponseException e -> malformed();
      case HttpException e -> malformed();
      case IOException e -> io(message, target);
      default -> message;
    };
  }

  private static String noSuchHost(RequestTarget target) {
    return "dial tcp: lookup " + target.host() + nameServer() + ": no such host";
  }

  /** {@code on 10.0.0.2:53}, by the system's resolver configuration; empty where there is none. */
  private static String nameServer() {
    try {
      for (String line : Files.readAllLines(Path.of("/etc/resolv.conf"))) {
        String[] words = line.strip().split("\\s+");
        if (words.length > 1 && words[0].equals("nameserver")) {
          return " on " + (words[1].indexOf(':') >= 0 ? "[" + words[1] + "]" : words[1]) + ":53";
        }
      }
    } catch (IOException e) {
      // Not a system with such a file.
    }
    return "";
  }

  private static String malformed() {
    return "net/http: HTTP/1.x transport connection broken: malformed HTTP response";
  }

  private static String dial(RequestTarget target, String message) {
    String reason = message.toLowerCase(Locale.ROOT);
    if (reason.contains("refused")) {
      reason = "connection refused";
    } else if (reason.contains("unreachable")) {
      reason = "network is unreachable";
    } else if (reason.contains("no route")) {
      reason = "no route to host";
    } else if (reason.contains("timed out")) {
      reason = "connection timed out";
    }
    return "dial tcp " + address(target) + ": connect: " + reason;
  }

  /** The numeric address and port, as far as the name can be looked up. */
  private static String address(RequestTarget target) {
    String host = target.host();
    try {
      String numeric = InetAddress.getByName(host).getHostAddress();
      host = numeric.indexOf(':') >= 0 ? "[" + numeric + "]" : numeric;
    } catch (UnknownHostException e) {
      // The name is better than nothing.
    }
    return host + ":" + target.port();
  }

  private static String io(String message, RequestTarget target) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("connection reset")) {
      return "read tcp " + address(target) + ": read: connection reset by peer";
    }
    if (lower.contains("broken pipe")) {
      return "write tcp " + address(target) + ": write: broken pipe";
    }
    return message;
  }

  private static String tls(String message, RequestTarget target) {
    if (message.contains("Unsupported or unrecognized SSL message")
        || message.contains("plaintext connection")) {
      return "http: server gave HTTP response to HTTPS client";
    }
    if (message.contains("unable to find valid certification path")
        || message.contains("PKIX path building failed")) {
      return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
    }
    if (message.contains("No subject alternative") || message.contains("No name matching")) {
      return "tls: failed to verify certificate: x509: certificate is not valid for any names,"
          + " but wanted to match "
          + target.host();
    }
    if (message.contains("validity") || message.contains("NotAfter")) {
      return "tls: failed to verify certificate: x509: certificate has expired or is not yet valid";
    }
    return "tls: " + message;
  }
}
