package io.narthex.config.yaml;

import io.narthex.config.yaml.YamlScalars.Resolved;
import io.narthex.config.yaml.YamlType.Choice;
import io.narthex.config.yaml.YamlType.ListOf;
import io.narthex.config.yaml.YamlType.MapOf;
import io.narthex.config.yaml.YamlType.Nested;
import io.narthex.config.yaml.YamlType.Scalar;
import io.narthex.model.labels.GoQuote;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads YAML text by sections. Everything wrong goes to the problems; reading goes on. */
public final class YamlBinder {
  private static final int MAX_CODE_POINTS = 1 << 28;
  private static final int MAX_DEPTH = 100;
  private static final String TYPE_ERROR = "yaml: unmarshal errors: ";

  private final Problems problems;
  private final ScalarBinder scalars;

  public YamlBinder(Problems problems) {
    this.problems = problems;
    this.scalars = new ScalarBinder(problems);
  }

  /** Binds the first document of a text; an empty one gives the defaults. */
  public Values bind(String yaml, Section section) {
    Node root = parse(yaml);
    if (root == null || isNull(root)) {
      return new Values(section, problems, "", null);
    }
    return section(root, section, "");
  }

  /** Binds a document that is a list of sections; entries that are empty are null. */
  public List<@Nullable Values> bindList(String yaml, Section element) {
    Node root = parse(yaml);
    List<@Nullable Values> all = new ArrayList<>();
    if (root == null || isNull(root)) {
      return all;
    }
    if (!(root instanceof SequenceNode list)) {
      mismatch(root, "", "[]*" + element.goName());
      return all;
    }
    for (int i = 0; i < list.getValue().size(); i++) {
      Node node = list.getValue().get(i);
      all.add(isNull(node) ? null : section(node, element, "[" + i + "]"));
    }
    return all;
  }

  private @Nullable Node parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    options.setNestingDepthLimit(MAX_DEPTH);
    try {
      Iterator<Node> documents = new Yaml(options).composeAll(new StringReader(yaml)).iterator();
      return documents.hasNext() ? documents.next() : null;
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      problems.add(
          mark == null ? 0 : mark.getLine() + 1,
          mark == null ? 0 : mark.getColumn() + 1,
          "",
          "yaml: " + context + oneLine(e.getProblem()));
    } catch (YAMLException e) {
      problems.add(0, 0, "", "yaml: " + oneLine(e.getMessage()));
    }
    return null;
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "cannot be read" : text.replaceAll("\\s*\\R\\s*", " ").strip();
  }

  private Values section(Node node, Section section, String path) {
    Values values = new Values(section, problems, path, node);
    if (!(node instanceof MappingNode mapping)) {
      mismatch(node, path, section.goName());
      return values;
    }
    keys(mapping, values, new HashSet<>());
    for (Consumer<Values> check : section.checks()) {
      check.accept(values);
    }
    return values;
  }

  private void keys(MappingNode mapping, Values values, Set<String> seen) {
    for (NodeTuple entry : mapping.getValue()) {
      Node keyNode = entry.getKeyNode();
      if (!(keyNode instanceof ScalarNode scalar)) {
        mismatch(keyNode, values.path(), "string");
        continue;
      }
      String key = scalar.getValue();
      if (scalar.isPlain() && key.equals("<<")) {
        merge(entry.getValueNode(), values);
        continue;
      }
      Field field = values.section().fields().get(key);
      if (field == null) {
        unknown(keyNode, key, values);
      } else if (!seen.add(key)) {
        problems.add(
            keyNode,
            values.path(),
            TYPE_ERROR + "field " + key + " already set in type " + values.section().goName());
      } else {
        values.bind(
            key, entry.getValueNode(), value(entry.getValueNode(), field, values.child(key)));
      }
    }
  }

  private void merge(Node node, Values values) {
    if (node instanceof MappingNode mapping) {
      keys(mapping, values, new HashSet<>());
    } else if (node instanceof SequenceNode list) {
      // Earlier entries win, so they are bound last.
      for (int i = list.getValue().size() - 1; i >= 0; i--) {
        merge(list.getValue().get(i), values);
      }
    } else {
      problems.add(
          node, values.path(), "yaml: map merge requires map or sequence of maps as the value");
    }
  }

  private void unknown(Node keyNode, String key, Values values) {
    Optional<String> meant = Spelling.closest(key, values.section().fields().keySet());
    problems.add(
        keyNode,
        values.path(),
        TYPE_ERROR
            + "field "
            + key
            + " not found in type "
            + values.section().goName()
            + meant.map(name -> ", did you mean " + GoQuote.quote(name) + "?").orElse(""));
  }

  private @Nullable Object value(Node node, Field field, String path) {
    if (isNull(node)) {
      // Like upstream: null is the zero value, not the default. A section without a value is
      // absent, or, where it always exists, has its defaults.
      if (field.type() instanceof Nested nested && !nested.optional()) {
        return new Values(nested.section(), problems, path, node);
      }
      return YamlScalars.zero(field.type());
    }
    Object value = value(node, field.type(), path);
    return value == null ? field.initial() : value;
  }

  /** The value, or null where it has been refused. */
  private @Nullable Object value(Node node, YamlType type, String path) {
    return switch (type) {
      case Scalar.ANY -> any(node, path);
      case Scalar scalar -> scalars.bind(node, scalar, path);
      case Choice choice -> scalars.bind(node, choice, path);
      case ListOf list -> list(node, list, path);
      case MapOf map -> map(node, map, path);
      case Nested nested -> section(node, nested.section(), path);
    };
  }

  private @Nullable Object list(Node node, ListOf type, String path) {
    if (!(node instanceof SequenceNode list)) {
      mismatch(node, path, "[]" + goName(type.element()));
      return null;
    }
    List<@Nullable Object> all = new ArrayList<>(list.getValue().size());
    for (int i = 0; i < list.getValue().size(); i++) {
      Node element = list.getValue().get(i);
      if (isNull(element)) {
        all.add(YamlScalars.zero(type.element()));
      } else {
        Object value = value(element, type.element(), path + "[" + i + "]");
        if (value != null) {
          all.add(value);
        }
      }
    }
    return all;
  }

  private @Nullable Object map(Node node, MapOf type, String path) {
    if (!(node instanceof MappingNode mapping)) {
      mismatch(node, path, "map[string]" + goName(type.value()));
      return null;
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      Object key = value(entry.getKeyNode(), type.key(), path);
      if (key == null) {
        continue;
      }
      String name = key.toString();
      Node valueNode = entry.getValueNode();
      Object value =
          isNull(valueNode)
              ? YamlScalars.zero(type.value())
              : value(valueNode, type.value(), path + "." + name);
      if (all.containsKey(name)) {
        problems.add(
            entry.getKeyNode(),
            path,
            TYPE_ERROR + "key " + GoQuote.quote(name) + " already set in map");
      } else if (value != null || isNull(valueNode)) {
        all.put(name, value);
      }
    }
    return all;
  }

  private @Nullable Object any(Node node, String path) {
    return switch (node) {
      case ScalarNode scalar -> {
        Resolved resolved = scalars.resolve(scalar);
        yield resolved.value() == null ? "" : resolved.value();
      }
      case SequenceNode _ -> list(node, new ListOf(Scalar.ANY, false), path);
      case MappingNode _ -> map(node, new MapOf(Scalar.TEXT, Scalar.ANY), path);
      default -> null;
    };
  }

  private void mismatch(Node node, String path, String goType) {
    scalars.mismatch(node, path, goType);
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && YamlScalars.isNull(scalar.getValue());
  }

  private static String goName(YamlType type) {
    return switch (type) {
      case Scalar scalar -> scalar.goName;
      case Choice choice -> choice.goName();
      case ListOf list -> "[]" + goName(list.element());
      case MapOf map -> "map[string]" + goName(map.value());
      case Nested nested -> "*" + nested.section().goName();
    };
  }
}
