package io.narthex.promql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/**
 * The planner builds operators; an operator that looked back at the plan would tie what runs to how
 * it was found.
 */
class OperatorsKnowNoPlanTest {
  @Test
  void operatorsDoNotUsePlans() {
    noClasses()
        .that()
        .resideInAPackage("io.narthex.promql.exec..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.narthex.promql.plan..")
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.narthex.promql"));
  }
}
