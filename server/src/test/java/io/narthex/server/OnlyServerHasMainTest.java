package io.narthex.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/**
 * Parts are put together in one place, so that a reader finds every start of the program there. The
 * server has all other modules on its class path and can look at them.
 */
class OnlyServerHasMainTest {
  @Test
  void noOtherModuleHasAMainMethod() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("io.narthex.server..")
        .should()
        .haveName("main")
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.narthex"));
  }
}
