package io.narthex.tsdb;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The formats must be usable without the engine: a tool that reads a log or a block needs neither
 * the head nor an open database, and the bytes on disk are defined in one place only. Maven's
 * arrows end at the module, so these do the rest.
 */
class PackageArrowsTest {
  private static final Pattern TESTS = Pattern.compile(".*/test(-classes)?/io/narthex/.*");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.matches(TESTS))
          .importPackages("io.narthex.tsdb");

  @Test
  void packagesUseOnlyThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("db")
        .definedBy("io.narthex.tsdb")
        .layer("head")
        .definedBy("io.narthex.tsdb.head")
        .layer("exemplar")
        .definedBy("io.narthex.tsdb.exemplar")
        .layer("compact")
        .definedBy("io.narthex.tsdb.compact")
        .layer("block")
        .definedBy("io.narthex.tsdb.block")
        .layer("index")
        .definedBy("io.narthex.tsdb.index")
        .layer("wal")
        .definedBy("io.narthex.tsdb.wal")
        .layer("chunk")
        .definedBy("io.narthex.tsdb.chunk")
        .layer("encoding")
        .definedBy("io.narthex.tsdb.encoding")
        .layer("thread")
        .definedBy("io.narthex.tsdb.thread")
        .whereLayer("db")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("head")
        .mayOnlyBeAccessedByLayers("db")
        .whereLayer("exemplar")
        .mayOnlyBeAccessedByLayers("db", "head")
        .whereLayer("compact")
        .mayOnlyBeAccessedByLayers("db")
        .whereLayer("block")
        .mayOnlyBeAccessedByLayers("db", "compact")
        .whereLayer("index")
        .mayOnlyBeAccessedByLayers("block", "compact")
        .whereLayer("wal")
        .mayOnlyBeAccessedByLayers("db", "head")
        .whereLayer("chunk")
        .mayOnlyBeAccessedByLayers("db", "head", "compact", "block")
        .whereLayer("encoding")
        .mayNotAccessAnyLayer()
        .whereLayer("thread")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }
}
