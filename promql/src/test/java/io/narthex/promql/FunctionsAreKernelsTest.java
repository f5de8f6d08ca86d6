package io.narthex.promql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/**
 * Functions are kernels over arrays of one series. Not knowing plans and operators is what keeps
 * them testable with two arrays and usable by any operator.
 */
class FunctionsAreKernelsTest {
  @Test
  void functionsKnowNeitherPlansNorOperators() {
    noClasses()
        .that()
        .resideInAPackage("io.narthex.promql.function..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.narthex.promql.plan..", "io.narthex.promql.exec..")
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.narthex.promql"));
  }
}
