package io.narthex.discovery;

import io.narthex.config.DiscoveryConfig;
import io.narthex.model.labels.Labels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Targets from DNS records, asked for with the resolvers of the machine. */
final class DnsSource implements RefreshDiscoverer.Source {
  private static final String PREFIX = "__meta_dns_";
  private static final String TIMEOUT_MILLIS = "2000";
  private static final String TRIES = "2";

  /** Asks a DNS server for the records of a name, in their text form. */
  interface Resolver {
    /** The records; none where the name does not exist. */
    List<String> records(String name, String type) throws IOException;
  }

  private final DiscoveryConfig.Dns config;
  private final DiscoveryMetrics metrics;
  private final Resolver resolver;

  DnsSource(DiscoveryConfig.Dns config, DiscoveryMetrics metrics) {
    this(config, metrics, DnsSource::ask);
  }

  DnsSource(DiscoveryConfig.Dns config, DiscoveryMetrics metrics, Resolver resolver) {
    this.config = config;
    this.metrics = metrics;
    this.resolver = resolver;
  }

  /** One group for each name; a name that cannot be asked for keeps the targets that it had. */
  @Override
  public List<TargetGroup> refresh() throws IOException {
    List<TargetGroup> groups = new ArrayList<>();
    IOException failure = null;
    for (String name : config.names()) {
      metrics.dnsLookups.inc();
      try {
        groups.add(group(name, resolver.records(name, config.type())));
      } catch (IOException e) {
        metrics.dnsLookupFailures.inc();
        failure = e;
      }
    }
    if (failure != null && groups.isEmpty()) {
      throw failure;
    }
    return groups;
  }

  private TargetGroup group(String name, List<String> records) throws IOException {
    List<Labels> targets = new ArrayList<>();
    for (String record : records) {
      targets.add(target(name, record));
    }
    return new TargetGroup(name, targets, Labels.EMPTY);
  }

  private Labels target(String name, String record) throws IOException {
    String[] fields = record.strip().split("\\s+");
    int expected =
        switch (config.type()) {
          case "SRV" -> 4;
          case "MX" -> 2;
          default -> 1;
        };
    if (fields.length != expected) {
      throw new IOException("malformed " + config.type() + " record for " + name + ": " + record);
    }
    String host = fields[expected - 1];
    String port = config.type().equals("SRV") ? fields[2] : Integer.toString(config.port());
    String srvTarget = config.type().equals("SRV") ? host : "";
    return Labels.of(
        "__address__",
        hostAndPort(withoutFinalDot(host), port),
        PREFIX + "name",
        name,
        PREFIX + "srv_record_target",
        srvTarget,
        PREFIX + "srv_record_port",
        srvTarget.isEmpty() ? "" : port,
        PREFIX + "mx_record_target",
        config.type().equals("MX") ? host : "",
        PREFIX + "ns_record_target",
        config.type().equals("NS") ? host : "");
  }

  private static String withoutFinalDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static String hostAndPort(String host, String port) {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }

  /** The provider for DNS, named here and by nobody else, hands out text and loads no classes. */
  @SuppressWarnings("BanJNDI")
  private static List<String> ask(String name, String type) throws IOException {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
    environment.put("java.naming.provider.url", "dns:");
    environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
    try {
      InitialDirContext context = new InitialDirContext(environment);
      try {
        return values(context.getAttributes(name, new String[] {type}).get(type));
      } finally {
        context.close();
      }
    } catch (NameNotFoundException e) {
      return List.of();
    } catch (NamingException e) {
      throw new IOException(
          "could not resolve \"" + name + "\" (" + type + "): " + e.getMessage(), e);
    }
  }

  private static List<String> values(@org.jspecify.annotations.Nullable Attribute attribute)
      throws NamingException {
    List<String> values = new ArrayList<>();
    if (attribute != null) {
      NamingEnumeration<?> all = attribute.getAll();
      while (all.hasMore()) {
        values.add(all.next().toString());
      }
    }
    return values;
  }
}
