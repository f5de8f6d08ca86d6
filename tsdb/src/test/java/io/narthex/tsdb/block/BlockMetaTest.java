package io.narthex.tsdb.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockMetaTest {
  private static final Ulid A = Ulid.parse("01BZJ9WJQPWHGNC2W4J9TA62KC").orElseThrow();
  private static final Ulid B = Ulid.parse("7ZZZZZZZZZZZZZZZZZZZZZZZZZ").orElseThrow();

  @TempDir Path folder;

  @Test
  void writesAsPrometheusIndents() {
    BlockMeta meta =
        new BlockMeta(
            A,
            0,
            7_200_000,
            new BlockMeta.Stats(3, 3, 0, 1, 1, 0),
            new BlockMeta.Compaction(
                2,
                List.of(A, B),
                false,
                List.of(new BlockMeta.Parent(A, 0, 1)),
                false,
                List.of("from-out-of-order")),
            1);
    assertThat(BlockMetaFile.json(meta))
        .isEqualTo(
            """
            {
            	"ulid": "01BZJ9WJQPWHGNC2W4J9TA62KC",
            	"minTime": 0,
            	"maxTime": 7200000,
            	"stats": {
            		"numSamples": 3,
            		"numFloatSamples": 3,
            		"numSeries": 1,
            		"numChunks": 1
            	},
            	"compaction": {
            		"level": 2,
            		"sources": [
            			"01BZJ9WJQPWHGNC2W4J9TA62KC",
            			"7ZZZZZZZZZZZZZZZZZZZZZZZZZ"
            		],
            		"parents": [
            			{
            				"ulid": "01BZJ9WJQPWHGNC2W4J9TA62KC",
            				"minTime": 0,
            				"maxTime": 1
            			}
            		],
            		"hints": [
            			"from-out-of-order"
            		]
            	},
            	"version": 1
            }\
            """);
  }

  @Test
  void readsBackWhatItWrites() {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      BlockMeta meta =
          new BlockMeta(
              Ulid.generate(random.nextLong(1L << 47), random),
              random.nextLong(),
              random.nextLong(),
              new BlockMeta.Stats(random.nextInt(3), 0, random.nextInt(3), 4, 5, random.nextInt(2)),
              new BlockMeta.Compaction(
                  random.nextInt(5),
                  random.nextBoolean() ? List.of() : List.of(A, B),
                  random.nextBoolean(),
                  random.nextBoolean() ? List.of() : List.of(new BlockMeta.Parent(B, -5, 9)),
                  random.nextBoolean(),
                  random.nextBoolean() ? List.of() : List.of("a \"quoted\"\n\\ hint")),
              1);
      BlockMetaFile.write(folder, meta);
      assertThat(BlockMetaFile.read(folder)).isEqualTo(meta);
    }
  }

  @Test
  void passesOverFieldsOfOtherVersionsAndTools() throws IOException {
    Files.writeString(
        folder.resolve("meta.json"),
        """
        {"thanos":{"labels":{"a":[1,2]}},"ulid":"01BZJ9WJQPWHGNC2W4J9TA62KC","minTime":1,
         "maxTime":2,"compaction":{"level":1,"sources":null,"future":{}},"version":1}\
        """);
    BlockMeta meta = BlockMetaFile.read(folder);
    assertThat(meta.ulid()).isEqualTo(A);
    assertThat(meta.maxTime()).isEqualTo(2);
    assertThat(meta.compaction().sources()).isEmpty();
  }

  @Test
  void refusesWhatIsNoMetaNamingTheFile() throws IOException {
    String[][] cases = {
      {"{", "meta.json"},
      {"[]", "malformed JSON"},
      {"{\"ulid\":\"x\"}", "\"x\" is not a block ULID"},
      {"{\"version\":2}", "unexpected meta file version 2"}
    };
    for (String[] c : cases) {
      Files.writeString(folder.resolve("meta.json"), c[0]);
      assertThatThrownBy(() -> BlockMetaFile.read(folder))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(c[1]);
    }
  }

  @Test
  void ulidsPrintParseAndSortByTime() {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      Ulid ulid = Ulid.generate(random.nextLong(1L << 48), random);
      assertThat(Ulid.parse(ulid.toString())).contains(ulid);
      Ulid later = Ulid.generate(ulid.timeMillis() + 1 & 0xFFFFFFFFFFFFL, random);
      assertThat(Integer.signum(ulid.compareTo(later)))
          .isEqualTo(Integer.signum(ulid.toString().compareTo(later.toString())));
    }
    assertThat(A.timeMillis()).isEqualTo(1511369100022L);
    assertThat(Ulid.parse("8ZZZZZZZZZZZZZZZZZZZZZZZZZ")).isEmpty();
    assertThat(Ulid.parse("01BZJ9WJQPWHGNC2W4J9TA62K")).isEmpty();
    assertThat(Ulid.parse("01BZJ9WJQPWHGNC2W4J9TA62KU")).isEmpty();
  }
}
