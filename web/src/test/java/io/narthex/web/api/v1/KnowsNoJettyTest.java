package io.narthex.web.api.v1;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/**
 * Endpoints speak in the terms of module http; the server library behind it can change without
 * touching them.
 */
class KnowsNoJettyTest {
  @Test
  void endpointsUseNoServerLibrary() {
    noClasses()
        .that()
        .resideInAPackage("io.narthex.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jetty..")
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.narthex.web"));
  }
}
