package io.narthex.config.yaml;

import io.narthex.config.yaml.YamlType.Choice;
import io.narthex.config.yaml.YamlType.ListOf;
import io.narthex.config.yaml.YamlType.MapOf;
import io.narthex.config.yaml.YamlType.Nested;
import io.narthex.config.yaml.YamlType.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The keys of one mapping, in the order in which they are printed, and the checks that follow
 * binding. {@link #shown} and {@link #initially} speak of the key added last.
 */
public final class Section {
  private final String goName;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final List<Consumer<Values>> checks = new ArrayList<>();
  private String last = "";

  private Section(String goName) {
    this.goName = goName;
  }

  /**
   * @param goName Prometheus' name of the type, part of the messages that users search for
   */
  public static Section named(String goName) {
    return new Section(goName);
  }

  public Section text(String name) {
    return add(name, Scalar.TEXT, "");
  }

  public Section secret(String name) {
    return add(name, Scalar.SECRET, YamlScalars.zero(Scalar.SECRET));
  }

  public Section bool(String name) {
    return add(name, Scalar.BOOL, false);
  }

  public Section optionalBool(String name) {
    return add(name, Scalar.OPTIONAL_BOOL, null);
  }

  public Section integer(String name) {
    return add(name, Scalar.INT, 0L);
  }

  public Section count(String name) {
    return add(name, Scalar.UINT, 0L);
  }

  public Section number(String name) {
    return add(name, Scalar.FLOAT, 0.0);
  }

  public Section duration(String name) {
    return add(name, Scalar.DURATION, YamlScalars.zero(Scalar.DURATION));
  }

  public Section size(String name) {
    return add(name, Scalar.SIZE, 0L);
  }

  public Section url(String name) {
    return add(name, Scalar.URL, "");
  }

  public Section regex(String name) {
    return add(name, Scalar.REGEX, "");
  }

  /** A text of a closed set; the message for others has {@code %s} where their text goes. */
  public Section choice(String name, String goType, String error, String... accepted) {
    return add(name, new Choice(goType, Set.of(accepted), error, false), "");
  }

  /** Like {@link #choice}, in upper or lower case; it is kept in lower case. */
  public Section caselessChoice(String name, String error, Collection<String> accepted) {
    return add(name, new Choice("string", Set.copyOf(accepted), error, true), "");
  }

  public Section texts(String name) {
    return list(name, Scalar.TEXT);
  }

  public Section list(String name, YamlType element) {
    return add(name, new ListOf(element, false), List.of());
  }

  /** A list that is printed on one line. */
  public Section flowList(String name, YamlType element) {
    return add(name, new ListOf(element, true), List.of());
  }

  public Section map(String name, YamlType value) {
    return map(name, Scalar.TEXT, value);
  }

  public Section map(String name, YamlType key, YamlType value) {
    return add(name, new MapOf(key, value), Map.of());
  }

  /** A nested mapping that has its defaults where it is absent. */
  public Section section(String name, Section section) {
    return add(name, new Nested(section, false), null);
  }

  /** A nested mapping that may be absent. */
  public Section optional(String name, Section section) {
    return add(name, new Nested(section, true), null);
  }

  public Section sections(String name, Section element) {
    return list(name, new Nested(element, true));
  }

  /** The keys and checks of another section at this level. */
  public Section inline(Section other) {
    fields.putAll(other.fields);
    checks.addAll(other.checks);
    return this;
  }

  /** Only the keys of another section, where its checks must come later. */
  public Section inlineKeys(Section other) {
    fields.putAll(other.fields);
    return this;
  }

  /** Prints the key even where its value is empty. */
  public Section shown() {
    Field field = field(last);
    fields.put(last, new Field(field.name(), field.type(), field.initial(), true));
    return this;
  }

  /** The default of the key. */
  public Section initially(Object value) {
    return initially(last, value);
  }

  /** The default of any key so far, as of an inlined one. */
  public Section initially(String name, Object value) {
    Field field = field(name);
    fields.put(name, new Field(name, field.type(), value, field.shown()));
    return this;
  }

  /** Runs when the keys are bound; it may change values and refuse them. */
  public Section check(Consumer<Values> check) {
    checks.add(check);
    return this;
  }

  /** A mapping with nothing but defaults, in the place of a key of another. */
  public Values defaults(Values parent, String name) {
    return parent.nested(this, name);
  }

  String goName() {
    return goName;
  }

  Map<String, Field> fields() {
    return fields;
  }

  List<Consumer<Values>> checks() {
    return checks;
  }

  Field field(String name) {
    Field field = fields.get(name);
    if (field == null) {
      throw new IllegalStateException("BUG: " + goName + " has no key " + name);
    }
    return field;
  }

  private Section add(String name, YamlType type, @org.jspecify.annotations.Nullable Object value) {
    fields.put(name, new Field(name, type, value, false));
    last = name;
    return this;
  }
}
