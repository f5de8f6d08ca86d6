package io.narthex.promql.syntax;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the elements of two instant vectors find each other.
 *
 * @param cardinality how many elements of one side may meet how many of the other; set operators
 *     are always many-to-many
 * @param on whether {@code labels} are those that must agree (else those that are ignored)
 * @param include labels that the "many" side's result takes over from the "one" side
 * @param fillLeft value that stands in for a missing element of the left side
 * @param fillRight value that stands in for a missing element of the right side
 */
public record VectorMatching(
    Cardinality cardinality,
    boolean on,
    List<String> labels,
    List<String> include,
    OptionalDouble fillLeft,
    OptionalDouble fillRight) {

  /** How many elements of the left side meet how many of the right. */
  public enum Cardinality {
    ONE_TO_ONE("one-to-one"),
    MANY_TO_ONE("many-to-one"),
    ONE_TO_MANY("one-to-many"),
    MANY_TO_MANY("many-to-many");

    private final String text;

    Cardinality(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** One to one over all labels: what holds where nothing is written. */
  public static final VectorMatching DEFAULT =
      new VectorMatching(
          Cardinality.ONE_TO_ONE,
          false,
          List.of(),
          List.of(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  public VectorMatching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }

  /** Whether a missing element of either side is filled in. */
  public boolean fills() {
    return fillLeft.isPresent() || fillRight.isPresent();
  }

  VectorMatching withCardinality(Cardinality newCardinality) {
    return new VectorMatching(newCardinality, on, labels, include, fillLeft, fillRight);
  }
}
