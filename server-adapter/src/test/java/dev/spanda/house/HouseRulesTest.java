package dev.spanda.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The walls between the rooms. A wall changes only in a commit of its own that says why.
 *
 * <p>Rooms and packages that do not stand yet keep every rule.
 */
class HouseRulesTest {

  private static final String[] JDK = {
    "java..",
    "javax.sound..",
    "javax.imageio..",
    "javax.crypto..",
    "javax.sql..",
    "javax.net..",
    "javax.xml..",
    "javax.management..",
    "javax.security..",
    "jdk.jfr..",
    "org.w3c.dom..",
    "org.xml.sax..",
    "org.jspecify.annotations..",
    "org.slf4j.."
  };

  private static final String[] ENGINES = {
    "dev.spanda.core..",
    "dev.spanda.audio..",
    "dev.spanda.biofield..",
    "dev.spanda.astrology..",
    "dev.spanda.media.."
  };

  private static final String[] STORE_LIBRARIES = {
    "org.jdbi..",
    "org.flywaydb..",
    "com.zaxxer.hikari..",
    "com.github.kagkarlsson..",
    "org.sqlite..",
    "org.postgresql.."
  };

  private static final String[] GROUND = {
    "dev.spanda.core", "dev.spanda.core.math..", "dev.spanda.core.store..",
    "dev.spanda.core.event..", "dev.spanda.core.schedule..", "dev.spanda.core.text.."
  };

  private static final String[] WORK = {
    "dev.spanda.core.job..", "dev.spanda.core.ledger..", "dev.spanda.core.quota..",
    "dev.spanda.core.project..", "dev.spanda.core.file..", "dev.spanda.core.webhook..",
    "dev.spanda.core.metric..", "dev.spanda.core.payment..", "dev.spanda.core.tool..",
    "dev.spanda.core.data.."
  };

  private static final String[] PRACTICE = {
    "dev.spanda.core.session..", "dev.spanda.core.population..", "dev.spanda.core.radionics..",
    "dev.spanda.core.blessing..", "dev.spanda.core.attunement..", "dev.spanda.core.task..",
    "dev.spanda.core.agent..", "dev.spanda.core.learning..", "dev.spanda.core.automation..",
    "dev.spanda.core.document..", "dev.spanda.core.assistant.."
  };

  /** What is no API but what all of them stand on. */
  private static final List<String> ADAPTER_PARTS =
      List.of("http", "socket", "gate", "outbound", "cli", "web", "wire");

  private static JavaClasses house = new ClassFileImporter().importClasses();

  @BeforeAll
  static void importHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.spanda");
  }

  private static void hold(ArchRule rule) {
    rule.allowEmptyShould(true).check(house);
  }

  private static void mayImport(String room, String... others) {
    List<String> allowed = new ArrayList<>(List.of(JDK));
    allowed.add(room);
    allowed.addAll(List.of(others));
    hold(
        classes()
            .that()
            .resideInAPackage(room)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(allowed.toArray(String[]::new)));
  }

  @TestFactory
  List<DynamicTest> everyRoomImportsOnlyWhatItMay() {
    Map<String, List<String>> rooms = new LinkedHashMap<>();
    List<String> core = new ArrayList<>(List.of(STORE_LIBRARIES));
    core.add("org.apache.commons.math3..");
    core.add("com.fasterxml.jackson..");
    rooms.put("dev.spanda.core..", core);
    rooms.put(
        "dev.spanda.audio..",
        List.of("dev.spanda.core..", "org.jtransforms..", "org.visnow.jlargearrays.."));
    rooms.put(
        "dev.spanda.biofield..",
        List.of(
            "dev.spanda.core..",
            "org.apache.commons.math3..",
            "org.opencv..",
            "nu.pattern..",
            // Its records: tables through core.store, what was read lately in memory.
            "org.jdbi..",
            "com.github.benmanes.caffeine..",
            "org.dhatim.fastexcel..",
            "de.siegmar.fastcsv..",
            "org.apache.pdfbox..",
            "org.apache.fontbox.."));
    rooms.put("dev.spanda.astrology..", List.of("dev.spanda.core.."));
    rooms.put(
        "dev.spanda.media..",
        List.of(
            "dev.spanda.core..",
            // Its records: tables through core.store.
            "org.jdbi..",
            "org.apache.fontbox..",
            "org.apache.pdfbox..",
            "com.pngencoder..",
            "com.github.weisj..",
            "org.opencv..",
            "nu.pattern.."));
    rooms.put("dev.spanda.contract..", List.of("com.fasterxml.jackson.."));
    rooms.put(
        "dev.spanda.client..",
        List.of(
            "dev.spanda.contract..",
            "com.fasterxml.jackson..",
            "okhttp3..",
            "okio..",
            "kotlin..",
            "org.java_websocket.."));
    List<DynamicTest> tests = new ArrayList<>();
    rooms.forEach(
        (room, others) ->
            tests.add(
                DynamicTest.dynamicTest(
                    room, () -> mayImport(room, others.toArray(String[]::new)))));
    return tests;
  }

  @Test
  void enginesImportNeitherHttpNorJson() {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(ENGINES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.net.http..",
                "org.eclipse.jetty..",
                "okhttp3..",
                "com.sun.net.httpserver..",
                "dev.spanda.contract..",
                "dev.spanda.client..",
                "dev.spanda.server.."));
    hold(
        noClasses()
            .that(
                resideInAnyPackage(ENGINES)
                    .and(DescribedPredicate.not(resideInAPackage("dev.spanda.core.store.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "com.google.gson..", "jakarta.json.."));
  }

  @Test
  void noEngineImportsAnother() {
    for (String engine : List.of("audio", "biofield", "astrology", "media")) {
      List<String> others = new ArrayList<>();
      for (String other : List.of("audio", "biofield", "astrology", "media")) {
        if (!other.equals(engine)) {
          others.add("dev.spanda." + other + "..");
        }
      }
      hold(
          noClasses()
              .that()
              .resideInAPackage("dev.spanda." + engine + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others.toArray(String[]::new)));
    }
  }

  @Test
  void coreHasThreeStoreysAndNoStairsDown() {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(GROUND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(WORK, PRACTICE)));
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(WORK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PRACTICE));
  }

  @Test
  void everyPackageOfCoreHasAStorey() {
    hold(
        classes()
            .that()
            .resideInAPackage("dev.spanda.core..")
            .should()
            .resideInAnyPackage(concat(concat(GROUND, WORK), PRACTICE)));
  }

  @Test
  void theServerNeverImportsTheClient() {
    // The command line is no server: its tour drives one as any user would.
    hold(
        noClasses()
            .that(
                resideInAPackage("dev.spanda.server..")
                    .and(DescribedPredicate.not(resideInAPackage("dev.spanda.server.cli.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.spanda.client.."));
  }

  @Test
  void noApiSeesAnother() {
    TreeSet<String> apis = new TreeSet<>();
    for (JavaClass type : house) {
      String name = type.getPackageName();
      if (name.startsWith("dev.spanda.server.")) {
        String part = name.substring("dev.spanda.server.".length()).split("\\.", 2)[0];
        if (!ADAPTER_PARTS.contains(part)) {
          apis.add(part);
        }
      }
    }
    for (String api : apis) {
      for (String other : apis) {
        if (!api.equals(other)) {
          hold(
              noClasses()
                  .that()
                  .resideInAPackage("dev.spanda.server." + api + "..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage("dev.spanda.server." + other + ".."));
        }
      }
    }
  }

  @Test
  void onlyOutboundCallsOtherServers() {
    hold(
        noClasses()
            .that()
            .resideInAPackage("dev.spanda.server..")
            .and()
            .resideOutsideOfPackage("dev.spanda.server.outbound..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "okhttp3..",
                "java.net.http..",
                "org.eclipse.jetty.client..",
                "org.java_websocket..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.URLConnection")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.HttpURLConnection")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.Socket")
            .orShould()
            .callMethod(URL.class, "openStream")
            .orShould()
            .callMethod(URL.class, "openConnection"));
  }

  @Test
  void nobodyImportsTheBenchmarks() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.spanda.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.spanda.benchmarks.."));
  }

  @Test
  void noPackageHasMoreThanSixPublicTypes() {
    Map<String, TreeSet<String>> types = new TreeMap<>();
    for (JavaClass type : house) {
      boolean top = type.getEnclosingClass().isEmpty();
      if (top
          && type.getModifiers().contains(JavaModifier.PUBLIC)
          && !type.getSimpleName().equals("package-info")
          && !isChapters(type.getPackageName())
          && !isClientOfAnApi(type)) {
        types
            .computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
            .add(type.getSimpleName());
      }
    }
    types.values().removeIf(names -> names.size() <= 6);
    assertThat(types).isEmpty();
  }

  /** Each API has a client, and all of them share what stands beside them. */
  private static boolean isClientOfAnApi(JavaClass type) {
    return type.getPackageName().equals("dev.spanda.client")
        && type.getSimpleName().endsWith("Client");
  }

  /**
   * A documented API has one interface for each chapter of its document, however many those are.
   */
  private static boolean isChapters(String name) {
    return name.startsWith("dev.spanda.contract.") && !name.equals("dev.spanda.contract.http");
  }

  @Test
  void everyPackageIsNullMarked() {
    TreeSet<String> unmarked = new TreeSet<>();
    for (JavaClass type : house) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  private static String[] concat(String[] first, String[] second) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(second));
    return all.toArray(String[]::new);
  }
}
