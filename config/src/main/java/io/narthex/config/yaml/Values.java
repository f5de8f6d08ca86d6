package io.narthex.config.yaml;

import io.narthex.http.client.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The values of one mapping after defaults, with their places in the file. Checks may change
 * values; nobody else does.
 */
public final class Values {
  private final Section section;
  private final Problems problems;
  private final String path;
  private final @Nullable Node node;
  private final Map<String, @Nullable Object> byName = new LinkedHashMap<>();
  private final Map<String, Node> nodes = new HashMap<>();

  Values(Section section, Problems problems, String path, @Nullable Node node) {
    this.section = section;
    this.problems = problems;
    this.path = path;
    this.node = node;
    for (Field field : section.fields().values()) {
      byName.put(field.name(), initial(field));
    }
  }

  private @Nullable Object initial(Field field) {
    if (field.type() instanceof YamlType.Nested nested && !nested.optional()) {
      return new Values(nested.section(), problems, child(field.name()), node);
    }
    return field.initial();
  }

  Values nested(Section nested, String name) {
    return new Values(nested, problems, child(name), node);
  }

  Section section() {
    return section;
  }

  /** Where this mapping stands, as {@code scrape_configs[2]}. */
  public String path() {
    return path;
  }

  String child(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Whether the file has the key. */
  public boolean isSet(String name) {
    return nodes.containsKey(name);
  }

  /** Whether the file has the key without a value. */
  public boolean isNull(String name) {
    Node at = nodes.get(name);
    return at != null && YamlBinder.isNull(at);
  }

  /** The values that are not null by key, nested sections likewise. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    byName.forEach(
        (name, value) -> {
          if (value != null) {
            map.put(name, plain(value));
          }
        });
    return map;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Values nested -> nested.toMap();
      case List<?> list -> list.stream().filter(e -> e != null).map(e -> plain(e)).toList();
      default -> value;
    };
  }

  public @Nullable Object get(String name) {
    Object value = byName.get(name);
    if (value == null && !byName.containsKey(name)) {
      throw new IllegalStateException("BUG: " + section.goName() + " has no key " + name);
    }
    return value;
  }

  public void set(String name, @Nullable Object value) {
    section.field(name);
    byName.put(name, value);
  }

  void bind(String name, Node at, @Nullable Object value) {
    nodes.put(name, at);
    byName.put(name, value);
  }

  public String text(String name) {
    return (String) present(name);
  }

  public Secret secret(String name) {
    return (Secret) present(name);
  }

  public boolean bool(String name) {
    return (Boolean) present(name);
  }

  public long number(String name) {
    return (Long) present(name);
  }

  public int integer(String name) {
    return Math.toIntExact(number(name));
  }

  public double decimal(String name) {
    return (Double) present(name);
  }

  public Duration duration(String name) {
    return (Duration) present(name);
  }

  @SuppressWarnings("unchecked")
  public List<String> texts(String name) {
    return (List<String>) present(name);
  }

  /** A list of sections; entries that are empty in the file are null. */
  @SuppressWarnings("unchecked")
  public List<@Nullable Values> sections(String name) {
    return (List<@Nullable Values>) present(name);
  }

  @SuppressWarnings("unchecked")
  public <T> Map<String, T> map(String name) {
    return (Map<String, T>) present(name);
  }

  /** A nested section that is always there. */
  public Values section(String name) {
    return (Values) present(name);
  }

  /** A nested section that may be absent. */
  public @Nullable Values optional(String name) {
    return (Values) get(name);
  }

  private Object present(String name) {
    Object value = get(name);
    if (value == null) {
      throw new IllegalStateException("BUG: " + child(name) + " has no value");
    }
    return value;
  }

  /** Reports a problem at a key, or at the mapping where the key is absent. */
  public void refuse(String name, String message) {
    Node at = nodes.get(name);
    problems.add(at == null ? node : at, at == null ? path : child(name), message);
  }

  /** Reports a problem of the mapping as a whole. */
  public void refuse(String message) {
    problems.add(node, path, message);
  }

  /** Reports a problem at an entry of a list. */
  public void refuseEntry(String name, int index, String message) {
    Node at = nodes.get(name);
    if (at instanceof org.yaml.snakeyaml.nodes.SequenceNode list
        && index < list.getValue().size()) {
      at = list.getValue().get(index);
    }
    problems.add(at == null ? node : at, child(name) + "[" + index + "]", message);
  }
}
