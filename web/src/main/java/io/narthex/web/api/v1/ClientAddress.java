package io.narthex.web.api.v1;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Writes a client's address as Go does: IPv6 with its longest run of zeros left out. */
final class ClientAddress {
  private static final int GROUPS = 8;

  private ClientAddress() {}

  static String text(InetAddress address) {
    return address instanceof Inet6Address six ? compressed(six) : address.getHostAddress();
  }

  private static String compressed(Inet6Address address) {
    byte[] bytes = address.getAddress();
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
    }
    int[] gap = longestZeros(groups);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap[0]) {
        out.append("::");
        i = gap[1] - 1;
        continue;
      }
      if (i > 0 && i != gap[1]) {
        out.append(':');
      }
      out.append(Integer.toHexString(groups[i]));
    }
    String host = address.getHostAddress();
    int zone = host.indexOf('%');
    return zone < 0 ? out.toString() : out + host.substring(zone);
  }

  /** First and last, exclusive, of the longest run of two zeros or more; -1 where there is none. */
  private static int[] longestZeros(int[] groups) {
    int[] longest = {-1, -1};
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && groups[to] == 0) {
        to++;
      }
      if (to - from >= 2 && to - from > longest[1] - longest[0]) {
        longest = new int[] {from, to};
      }
    }
    return longest;
  }
}
