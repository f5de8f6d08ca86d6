package io.narthex.web.json;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** Writing JSON must not know who asked: results, status pages and federation errors share it. */
class JsonStandsAloneTest {
  @Test
  void jsonKnowsNoEndpoints() {
    noClasses()
        .that()
        .resideInAPackage("io.narthex.web.json..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.narthex.web", "io.narthex.web.api..", "io.narthex.http..")
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.narthex.web"));
  }
}
