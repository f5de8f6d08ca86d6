package io.narthex.tsdb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A database that talks to the network could not be embedded, and its failures not be told apart.
 */
class KnowsNoNetworkTest {
  private static final Pattern TESTS = Pattern.compile(".*/test(-classes)?/io/narthex/.*");

  @Test
  void databaseOpensNoSockets() {
    noClasses()
        .that()
        .resideInAPackage("io.narthex.tsdb..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.net.http..", "org.eclipse.jetty..")
        .check(
            new ClassFileImporter()
                .withImportOption(location -> !location.matches(TESTS))
                .importPackages("io.narthex.tsdb"));
  }
}
