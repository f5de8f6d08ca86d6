package io.narthex.promql.syntax;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of tokens, of queries and of series descriptions in test scripts. */
enum TokenType {
  EQUAL("="),
  BLANK("_"),
  COLON(":"),
  COMMA(","),
  COMMENT,
  DURATION,
  EOF,
  IDENTIFIER,
  LEFT_BRACE("{"),
  LEFT_BRACKET("["),
  LEFT_PAREN("("),
  OPEN_HISTOGRAM("{{"),
  CLOSE_HISTOGRAM("}}"),
  METRIC_IDENTIFIER,
  NUMBER,
  RIGHT_BRACE("}"),
  RIGHT_BRACKET("]"),
  RIGHT_PAREN(")"),
  SPACE("<space>"),
  STRING,
  TIMES("x"),

  SUM_DESC(Kind.DESCRIPTOR, "sum"),
  COUNT_DESC(Kind.DESCRIPTOR, "count"),
  SCHEMA_DESC(Kind.DESCRIPTOR, "schema"),
  OFFSET_DESC(Kind.DESCRIPTOR, "offset"),
  NEGATIVE_OFFSET_DESC(Kind.DESCRIPTOR, "n_offset"),
  BUCKETS_DESC(Kind.DESCRIPTOR, "buckets"),
  NEGATIVE_BUCKETS_DESC(Kind.DESCRIPTOR, "n_buckets"),
  ZERO_BUCKET_DESC(Kind.DESCRIPTOR, "z_bucket"),
  ZERO_BUCKET_WIDTH_DESC(Kind.DESCRIPTOR, "z_bucket_w"),
  CUSTOM_VALUES_DESC(Kind.DESCRIPTOR, "custom_values"),
  COUNTER_RESET_HINT_DESC(Kind.DESCRIPTOR, "counter_reset_hint"),

  ADD(BinaryOperator.ADD),
  DIV(BinaryOperator.DIVIDE),
  EQUAL_EQUAL(BinaryOperator.EQUAL),
  EQUAL_REGEX(Kind.OPERATOR, "=~"),
  GREATER_OR_EQUAL(BinaryOperator.GREATER_OR_EQUAL),
  GREATER(BinaryOperator.GREATER),
  TRIM_UPPER(BinaryOperator.TRIM_UPPER),
  TRIM_LOWER(BinaryOperator.TRIM_LOWER),
  AND(BinaryOperator.AND),
  OR(BinaryOperator.OR),
  LESS(BinaryOperator.LESS),
  LESS_OR_EQUAL(BinaryOperator.LESS_OR_EQUAL),
  UNLESS(BinaryOperator.UNLESS),
  MOD(BinaryOperator.MODULO),
  MUL(BinaryOperator.MULTIPLY),
  NOT_EQUAL(BinaryOperator.NOT_EQUAL),
  NOT_EQUAL_REGEX(Kind.OPERATOR, "!~"),
  POW(BinaryOperator.POWER),
  SUB(BinaryOperator.SUBTRACT),
  AT(Kind.OPERATOR, "@"),
  ATAN2(BinaryOperator.ATAN2),

  AVG(AggregateOperator.AVG),
  BOTTOMK(AggregateOperator.BOTTOMK),
  COUNT(AggregateOperator.COUNT),
  COUNT_VALUES(AggregateOperator.COUNT_VALUES),
  GROUP(AggregateOperator.GROUP),
  MAX(AggregateOperator.MAX),
  MIN(AggregateOperator.MIN),
  QUANTILE(AggregateOperator.QUANTILE),
  STDDEV(AggregateOperator.STDDEV),
  STDVAR(AggregateOperator.STDVAR),
  SUM(AggregateOperator.SUM),
  TOPK(AggregateOperator.TOPK),
  LIMITK(AggregateOperator.LIMITK),
  LIMIT_RATIO(AggregateOperator.LIMIT_RATIO),

  BOOL(Kind.KEYWORD, "bool"),
  BY(Kind.KEYWORD, "by"),
  GROUP_LEFT(Kind.KEYWORD, "group_left"),
  GROUP_RIGHT(Kind.KEYWORD, "group_right"),
  FILL(Kind.KEYWORD, "fill"),
  FILL_LEFT(Kind.KEYWORD, "fill_left"),
  FILL_RIGHT(Kind.KEYWORD, "fill_right"),
  IGNORING(Kind.KEYWORD, "ignoring"),
  OFFSET(Kind.KEYWORD, "offset"),
  SMOOTHED(Kind.KEYWORD, "smoothed"),
  ANCHORED(Kind.KEYWORD, "anchored"),
  ON(Kind.KEYWORD, "on"),
  WITHOUT(Kind.KEYWORD, "without"),

  START(Kind.PREPROCESSOR, "start"),
  END(Kind.PREPROCESSOR, "end"),
  STEP(Kind.PREPROCESSOR, "step"),
  RANGE(Kind.PREPROCESSOR, "range"),
  MAX_OF(Kind.PREPROCESSOR, "max_of"),
  MIN_OF(Kind.PREPROCESSOR, "min_of"),

  UNKNOWN_COUNTER_RESET(Kind.RESET_HINT, "unknown"),
  COUNTER_RESET(Kind.RESET_HINT, "reset"),
  NOT_COUNTER_RESET(Kind.RESET_HINT, "not_reset"),
  GAUGE_TYPE(Kind.RESET_HINT, "gauge");

  /** What a token is for, as far as names and error texts depend on it. */
  enum Kind {
    PLAIN,
    DESCRIPTOR,
    OPERATOR,
    AGGREGATOR,
    KEYWORD,
    PREPROCESSOR,
    RESET_HINT
  }

  private static final Map<String, TokenType> WORDS = words();
  private static final Map<String, TokenType> DESCRIPTORS = ofKind(Kind.DESCRIPTOR);
  private static final Map<String, TokenType> RESET_HINTS = ofKind(Kind.RESET_HINT);

  private final Kind kind;
  private final String text;
  private final @Nullable BinaryOperator binary;
  private final @Nullable AggregateOperator aggregate;

  TokenType() {
    this("");
  }

  TokenType(String text) {
    this(Kind.PLAIN, text, null, null);
  }

  TokenType(Kind kind, String text) {
    this(kind, text, null, null);
  }

  TokenType(BinaryOperator operator) {
    this(Kind.OPERATOR, operator.symbol(), operator, null);
  }

  TokenType(AggregateOperator operator) {
    this(Kind.AGGREGATOR, operator.toString(), null, operator);
  }

  TokenType(
      Kind kind,
      String text,
      @Nullable BinaryOperator binary,
      @Nullable AggregateOperator aggregate) {
    this.kind = kind;
    this.text = text;
    this.binary = binary;
    this.aggregate = aggregate;
  }

  Kind kind() {
    return kind;
  }

  /** The fixed text, or empty where there is none. */
  String text() {
    return text;
  }

  /** The operator between two expressions that the token is, or null. */
  @Nullable BinaryOperator binary() {
    return binary;
  }

  /** The aggregation operator that the token is, or null. */
  @Nullable AggregateOperator aggregate() {
    return aggregate;
  }

  boolean isSign() {
    return this == ADD || this == SUB;
  }

  boolean canStartExpression() {
    return switch (this) {
      case NUMBER, DURATION, STRING, LEFT_PAREN, LEFT_BRACE, ADD, SUB -> true;
      default -> canNameMetric();
    };
  }

  /** Words that are names as well: of metrics, at the start of an expression. */
  boolean canNameMetric() {
    return switch (kind) {
      case AGGREGATOR, PREPROCESSOR -> true;
      case KEYWORD ->
          switch (this) {
            case BOOL, ON, IGNORING, GROUP_LEFT, GROUP_RIGHT -> false;
            default -> true;
          };
      case OPERATOR -> this == AND || this == OR || this == UNLESS;
      case PLAIN -> this == IDENTIFIER || this == METRIC_IDENTIFIER;
      case DESCRIPTOR, RESET_HINT -> false;
    };
  }

  /** Words that are names as well: of labels, in {@code by (…)} and the like. */
  boolean canNameLabel() {
    return switch (kind) {
      case AGGREGATOR, PREPROCESSOR -> true;
      case KEYWORD -> this != WITHOUT;
      case OPERATOR -> this == AND || this == OR || this == UNLESS || this == ATAN2;
      case PLAIN -> this == IDENTIFIER || this == METRIC_IDENTIFIER;
      case DESCRIPTOR, RESET_HINT -> false;
    };
  }

  /** The token that a word is, in lower case; an identifier where it is no other. */
  static TokenType ofWord(String lowerCase) {
    TokenType type = WORDS.get(lowerCase);
    return type == null ? IDENTIFIER : type;
  }

  static @Nullable TokenType descriptor(String lowerCase) {
    return DESCRIPTORS.get(lowerCase);
  }

  static @Nullable TokenType resetHint(String lowerCase) {
    return RESET_HINTS.get(lowerCase);
  }

  private static Map<String, TokenType> words() {
    Map<String, TokenType> words = new HashMap<>();
    for (TokenType type : values()) {
      boolean isWord =
          switch (type.kind) {
            case AGGREGATOR, KEYWORD, PREPROCESSOR -> true;
            case OPERATOR -> Character.isLetter(type.text.charAt(0));
            case PLAIN, DESCRIPTOR, RESET_HINT -> false;
          };
      if (isWord) {
        words.put(type.text, type);
      }
    }
    words.put("inf", NUMBER);
    words.put("nan", NUMBER);
    return words;
  }

  private static Map<String, TokenType> ofKind(Kind kind) {
    Map<String, TokenType> words = new HashMap<>();
    for (TokenType type : values()) {
      if (type.kind == kind) {
        words.put(type.text, type);
      }
    }
    return words;
  }
}
