package dev.spanda.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls inside this room: its three storeys, and which library is seen where. */
class CoreRulesTest {

  private static final String CORE = "dev.spanda.core";
  private static final int MOST_PUBLIC_TYPES = 6;

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(CORE);

  @Test
  void theStoreysDependDownwardsOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("ground")
        .definedBy(
            CORE,
            CORE + ".math..",
            CORE + ".store..",
            CORE + ".event..",
            CORE + ".schedule..",
            CORE + ".text..")
        .layer("work")
        .definedBy(
            CORE + ".job..",
            CORE + ".ledger..",
            CORE + ".quota..",
            CORE + ".project..",
            CORE + ".file..",
            CORE + ".data..",
            CORE + ".webhook..",
            CORE + ".metric..",
            CORE + ".payment..",
            CORE + ".tool..")
        .optionalLayer("practice")
        .definedBy(
            CORE + ".session..",
            CORE + ".population..",
            CORE + ".radionics..",
            CORE + ".blessing..",
            CORE + ".attunement..",
            CORE + ".task..",
            CORE + ".agent..",
            CORE + ".learning..",
            CORE + ".automation..",
            CORE + ".document..",
            CORE + ".assistant..")
        .whereLayer("practice")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("work")
        .mayOnlyBeAccessedByLayers("practice")
        .check(ALL);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(CORE + ".(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void jacksonStaysInTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CORE + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(ALL);
  }

  @Test
  void noPublicMethodShowsJackson() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .notHaveRawReturnType(JavaClass.Predicates.resideInAPackage("com.fasterxml.jackson.."))
        .check(ALL);
  }

  @Test
  void flywayAndThePoolsAreSeenByTheStoreAlone() {
    classes()
        .that()
        .resideInAnyPackage(CORE, CORE + ".job..", CORE + ".session..", CORE + ".quota..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages(
            "org.flywaydb..", "com.zaxxer..", "org.sqlite..", "org.postgresql..")
        .check(ALL);
  }

  @Test
  void aPackageHasAtMostSixPublicTypes() {
    Map<String, Long> counts =
        ALL.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(counts)
        .allSatisfy(
            (name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_PUBLIC_TYPES));
  }
}
