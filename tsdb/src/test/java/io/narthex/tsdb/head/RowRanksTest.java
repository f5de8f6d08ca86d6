package io.narthex.tsdb.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowRanksTest {
  private final Random random = new Random(11);
  private final SymbolTable symbols = new SymbolTable();
  private final LabelStore labels = new LabelStore(symbols);
  private final SeriesTable table = new SeriesTable();
  private final SeriesIndex index = new SeriesIndex(symbols, labels, table);
  private final RowRanks ranks = new RowRanks(table, labels, index);
  private final Map<Integer, Labels> rows = new HashMap<>();

  @Test
  void sortsAsLabelsDoWhileSeriesComeAndGo() {
    for (int round = 0; round < 30; round++) {
      for (int i = 0; i < 40; i++) {
        add();
      }
      Integer gone = rows.keySet().iterator().next();
      index.remove(gone, rows.remove(gone));
      // The first sorts compare, later ones of the round use the ranks.
      for (int i = 0; i < 5; i++) {
        check();
      }
    }
  }

  private void add() {
    String[] pairs = new String[2 * (1 + random.nextInt(5))];
    for (int i = 0; i < pairs.length; i += 2) {
      pairs[i] = "name" + random.nextInt(6);
      pairs[i + 1] = "v" + random.nextInt(4);
    }
    Labels series = Labels.of(pairs);
    if (index.find(series) < 0) {
      int row = table.add(rows.size() + 1, labels.add(series));
      index.add(row, series.hash());
      rows.put(row, series);
    }
  }

  private void check() {
    List<Integer> some = new ArrayList<>();
    for (Integer row : rows.keySet()) {
      if (random.nextInt(3) > 0) {
        some.add(row);
      }
    }
    int[] sorted = some.stream().mapToInt(row -> row).toArray();
    ranks.sort(sorted);
    some.sort(Comparator.comparing(rows::get));
    assertThat(sorted).containsExactly(some.stream().mapToInt(row -> row).toArray());
  }
}
