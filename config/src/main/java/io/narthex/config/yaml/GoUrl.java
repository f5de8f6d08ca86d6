package io.narthex.config.yaml;

import io.narthex.model.labels.GoQuote;

/**
 * The parts of an URL as Go splits it, which is more lenient than {@link java.net.URI}: no part has
 * to be there.
 */
public record GoUrl(String scheme, String userInfo, String host, String rest) {

  /**
   * @throws IllegalArgumentException with Go's message
   */
  public static GoUrl parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        throw bad(text, "net/url: invalid control character in URL");
      }
    }
    int colon = schemeEnd(text);
    String scheme = colon > 0 ? text.substring(0, colon).toLowerCase(java.util.Locale.ROOT) : "";
    String rest = colon > 0 ? text.substring(colon + 1) : text;
    if (!rest.startsWith("//")) {
      checkFirstSegment(text, scheme, rest);
      checkEscapes(text, rest);
      return new GoUrl(scheme, "", "", rest);
    }
    int end = 2;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String authority = rest.substring(2, end);
    int at = authority.lastIndexOf('@');
    String host = authority.substring(at + 1);
    checkHost(text, host);
    checkEscapes(text, rest.substring(end));
    return new GoUrl(scheme, at < 0 ? "" : authority.substring(0, at), host, rest.substring(end));
  }

  /** The URL with its password masked. */
  public static String redacted(String text) {
    GoUrl url = parse(text);
    int colon = url.userInfo.indexOf(':');
    return colon < 0
        ? text
        : url.scheme + "://" + url.userInfo.substring(0, colon) + ":xxxxx@" + url.host + url.rest;
  }

  private static int schemeEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (!letter && (i == 0 || "0123456789+-.".indexOf(c) < 0)) {
        if (c == ':' && i == 0) {
          throw bad(text, "missing protocol scheme");
        }
        return c == ':' ? i : -1;
      }
    }
    return -1;
  }

  private static void checkFirstSegment(String text, String scheme, String rest) {
    int colon = rest.indexOf(':');
    int slash = rest.indexOf('/');
    if (scheme.isEmpty() && colon >= 0 && (slash < 0 || slash > colon)) {
      throw bad(text, "first path segment in URL cannot contain colon");
    }
  }

  private static void checkHost(String text, String host) {
    int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']') + 1) : host.indexOf(':');
    if (host.startsWith("[") && host.indexOf(']') < 0) {
      throw bad(text, "missing ']' in host");
    }
    for (int i = colon + 1; colon >= 0 && i < host.length(); i++) {
      if (host.charAt(i) < '0' || host.charAt(i) > '9') {
        throw bad(text, "invalid port " + GoQuote.quote(host.substring(colon)) + " after host");
      }
    }
    for (int i = 0; i < host.length(); i++) {
      if (" \"<>^`{|}\\".indexOf(host.charAt(i)) >= 0) {
        throw bad(
            text, "invalid character " + GoQuote.quote(host.substring(i, i + 1)) + " in host name");
      }
    }
    checkEscapes(text, host);
  }

  private static void checkEscapes(String text, String part) {
    for (int i = part.indexOf('%'); i >= 0; i = part.indexOf('%', i + 1)) {
      boolean hex =
          i + 2 < part.length()
              && Character.digit(part.charAt(i + 1), 16) >= 0
              && Character.digit(part.charAt(i + 2), 16) >= 0;
      if (!hex) {
        String escape = part.substring(i, Math.min(part.length(), i + 3));
        throw bad(text, "invalid URL escape " + GoQuote.quote(escape));
      }
    }
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException("parse " + GoQuote.quote(text) + ": " + why);
  }
}
