package io.narthex.promql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The engine answers from any storage; the contract in module storage is all it may see. */
class OpensNothingTest {
  private static final Pattern TESTS = Pattern.compile(".*/test(-classes)?/io/narthex/.*");

  @Test
  void engineOpensNeitherFilesNorSockets() {
    noClasses()
        .that()
        .resideInAPackage("io.narthex.promql..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..")
        .check(
            new ClassFileImporter()
                .withImportOption(location -> !location.matches(TESTS))
                .importPackages("io.narthex.promql"));
  }
}
