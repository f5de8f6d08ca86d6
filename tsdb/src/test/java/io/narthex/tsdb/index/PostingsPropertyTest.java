package io.narthex.tsdb.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class PostingsPropertyTest {
  @Test
  void setOperationsAgreeWithSets() {
    Random random = new Random(1);
    for (int round = 0; round < 3000; round++) {
      List<TreeSet<Integer>> sets = new ArrayList<>();
      List<int[]> lists = new ArrayList<>();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        TreeSet<Integer> set = new TreeSet<>();
        int range = 1 + random.nextInt(2000);
        for (int n = random.nextInt(1 << random.nextInt(10)); n > 0; n--) {
          set.add(random.nextInt(range));
        }
        sets.add(set);
        lists.add(array(set));
      }
      TreeSet<Integer> all = new TreeSet<>(sets.getFirst());
      TreeSet<Integer> any = new TreeSet<>();
      for (TreeSet<Integer> set : sets) {
        all.retainAll(set);
        any.addAll(set);
      }
      TreeSet<Integer> rest = new TreeSet<>(sets.getFirst());
      rest.removeAll(sets.getLast());
      assertThat(Postings.intersect(lists)).isEqualTo(array(all));
      assertThat(Postings.union(lists)).isEqualTo(array(any));
      assertThat(Postings.without(lists.getFirst(), lists.getLast())).isEqualTo(array(rest));
    }
    assertThat(Postings.union(List.of())).isEmpty();
  }

  private static int[] array(TreeSet<Integer> set) {
    return set.stream().mapToInt(Integer::intValue).toArray();
  }
}
