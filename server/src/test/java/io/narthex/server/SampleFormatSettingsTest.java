package io.narthex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cli.FlagParser;
import io.narthex.config.ConfigException;
import io.narthex.config.ConfigLoader;
import io.narthex.config.LoadOptions;
import io.narthex.config.StorageConfig;
import io.narthex.server.flags.ServerFlags;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;
import io.narthex.tsdb.head.SampleFormat;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What flags and configuration make of the formats of samples. */
class SampleFormatSettingsTest {
  @TempDir private Path folder;

  private SampleFormat format(String floats, String... features) throws ConfigException {
    String[] given = {"--storage.tsdb.path=" + folder};
    return StorageSettings.of(
            new FlagParser(ServerFlags.ALL).parse(given),
            Features.of(List.of(features)),
            config(floats))
        .options()
        .format();
  }

  private static StorageConfig config(String floats) throws ConfigException {
    String yaml =
        floats.isEmpty() ? "{}" : "storage: {tsdb: {chunk_encoding: {floats: " + floats + "}}}";
    return ConfigLoader.parse(yaml, Path.of("prometheus.yml"), LoadOptions.server()).storage();
  }

  @Test
  void floatsAreXorUnlessTheFeatureOrTheConfigurationSaysOtherwise() throws ConfigException {
    assertThat(format("")).isEqualTo(SampleFormat.PLAIN);
    assertThat(format("xor2").chunks().floats()).isEqualTo(ChunkEncoding.XOR2);
    assertThat(format("", "xor2-encoding").chunks().floats()).isEqualTo(ChunkEncoding.XOR2);
    assertThat(format("xor", "xor2-encoding").chunks().floats()).isEqualTo(ChunkEncoding.XOR);
  }

  @Test
  void startTimesAreKeptWhereFeaturesAskForIt() throws ConfigException {
    assertThat(format("xor2", "st-storage", "histograms-st-encoding"))
        .isEqualTo(new SampleFormat(ChunkFormat.STARTS, true));
    assertThat(format("xor2", "st-storage").chunks().histogramStarts()).isFalse();
  }

  @Test
  void xorIsRefusedWhereStartTimesAreStored() {
    assertThatThrownBy(() -> format("", "st-storage"))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "float chunk encoding \"xor\" is incompatible with start-timestamp storage; XOR chunks"
                + " do not store start timestamps, use \"xor2\"");
  }

  @Test
  void aReloadWithoutTheSettingGoesBackToTheEncodingOfTheStart() throws ConfigException {
    Features none = Features.of(List.of());
    assertThat(StorageSettings.floatEncoding(none, config(""), ChunkEncoding.XOR2))
        .isEqualTo(ChunkEncoding.XOR2);
    assertThat(StorageSettings.floatEncoding(none, config("xor"), ChunkEncoding.XOR2))
        .isEqualTo(ChunkEncoding.XOR);
  }

  @Test
  void theFeatureForXor2WarnsThatItWillGo() {
    assertThat(Features.of(List.of("xor2-encoding")).warnings())
        .singleElement()
        .asString()
        .contains("storage.tsdb.chunk_encoding.floats");
  }
}
