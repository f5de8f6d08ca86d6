package io.narthex.promql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/**
 * Editors, rule checks and formatters parse without evaluating, so the syntax tree must not lead to
 * the engine.
 */
class SyntaxStandsAloneTest {
  @Test
  void syntaxUsesNothingOfExecution() {
    noClasses()
        .that()
        .resideInAPackage("io.narthex.promql.syntax..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.narthex.promql",
            "io.narthex.promql.plan..",
            "io.narthex.promql.exec..",
            "io.narthex.promql.function..",
            "io.narthex.storage..")
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.narthex.promql"));
  }
}
