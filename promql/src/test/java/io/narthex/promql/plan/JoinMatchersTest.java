package io.narthex.promql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.ParserFeatures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinMatchersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a and on (l) b{l=`1`} | l=\"1\" |",
        "a{l=`1`} and on (l) b | | l=\"1\"",
        "a and b{l=`1`} | l=\"1\" |",
        "a and ignoring (m) b{l=`1`,m=`2`} | l=\"1\" |",
        "a and on (l) rate(b{l=~`[12]`,m=`3`}[5m]) | l=~\"[12]\" |",
        "a{l=`1`} unless on (l) b{m=`2`} | | l=\"1\"",
        "a unless on (l) b{l=`1`} | |",
        "a{l=`1`} or on (l) b | |",
        "a * on (l) group_left () sum by (l) (b{l=`1`,m=`2`}) | l=\"1\" |",
        "a * on (l, m) sum by (l) (rate(b{l=`1`}[5m])) | l=\"1\" |",
        "sum by (l) (b{l=`1`}) * on (l) group_right () (a) | | l=\"1\"",
        "a * on (l) group_left () max by (l) (topk(1, -b{l=`1`} > 0)) | l=\"1\" |",
      })
  void areThoseOfTheOtherSideThatAPartnerNeeds(String query, String left, String right)
      throws Exception {
    JoinMatchers matchers = JoinMatchers.of(parse(query));
    assertThat(matchers.left().toString()).isEqualTo(list(left));
    assertThat(matchers.right().toString()).isEqualTo(list(right));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a{l=`1`} * on (l) b | the many side has them already",
        "a * on (l) b{l=`1`} | duplicates of b are an error",
        "a * on (l) group_left () sum by (l, m) (b{l=`1`}) | duplicates of the sum are an error",
        "a * on (l) group_left () sum without (m) (b{l=`1`}) | it is not known how many there are",
        "a * on (l) group_left () topk by (l) (2, b{l=`1`}) | it has duplicates",
        "rate(a[5m]) * on (l) sum by (l) (b{l=`1`}) | rate may have something to say",
        "sum by (l) (a) * on (l) sum by (l) (b{l=`1`}) | sum may have something to say",
        "a and on (m) b{l=`1`} | partners may differ in l",
        "a and ignoring (l) b{l=`1`} | partners may differ in l",
        "a and on (l) b{l!=`1`} | series without l pass",
        "a and on (l) b{l=~`1?`} | series without l pass",
        "a and on (l) label_replace(b{l=`1`}, `l`, `x`, ``, ``) | l is another one",
        "a and on (l) count_values(`l`, b{l=`1`}) | l is another one",
        "a and on (l) sum by (m) (b{l=`1`}) | the sum has no l",
        "a and on (l) sum without (l) (b{l=`1`}) | the sum has no l",
        "a and on (__name__) b | names are dropped here and there",
      })
  void areNoneWhereItMightShow(String query, String why) throws Exception {
    JoinMatchers matchers = JoinMatchers.of(parse(query));
    assertThat(matchers.left()).as(why).isEmpty();
    assertThat(matchers.right()).as(why).isEmpty();
  }

  private static String list(String matchers) {
    return "[" + (matchers == null ? "" : matchers) + "]";
  }

  private static BinaryExpr parse(String query) throws Exception {
    return (BinaryExpr) Parser.parse(query, new ParserFeatures(false, false, false, false));
  }
}
