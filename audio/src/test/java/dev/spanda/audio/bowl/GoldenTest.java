package dev.spanda.audio.bowl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GoldenTest {

  private static final List<String> EXPECTED =
      List.of(
          "strikes-FAST 9e53a2ee76f50c76ac51522fb2dba5974f0f2d87027aabff93b08db366f4a90e",
          "rub-FAST 740b52d9c8978fc998facf5f85bee372df86e8e5e760f3685b09ac9080031682",
          "strikes-PRECISE 15eb328b7ca9dc28bdcf9e600d77c86cb627cc9cdef63d714530048c1d98c9f0",
          "rub-PRECISE c39b3d946d64bc8cc125b70601fe2a50d590db1403c5a1f34bfa2b1aa7247f98",
          "settings 5d7a38d117dd2f5a4a51a16842fa78f494df7ef91eca1565c86950d17f8fd13b");

  @Test
  void theBitsAreThoseOfEveryOtherMachine() {
    List<String> found = new ArrayList<>();
    Golden.sounds().forEach((name, sound) -> found.add(name + " " + Golden.sha256(sound)));
    assertThat(found).containsExactlyElementsOf(EXPECTED);
  }

  @Test
  void theInterpreterComputesTheSameBits() throws Exception {
    assertThat(runOn(Path.of(System.getProperty("java.home")), "-Xint"))
        .containsExactlyElementsOf(EXPECTED);
  }

  @Test
  void withoutWideVectorsTheBitsAreTheSame() throws Exception {
    assumeTrue(
        List.of("amd64", "x86_64").contains(System.getProperty("os.arch")),
        "SKIPPED: the options that narrow the vectors are those of x86");
    assertThat(runOn(Path.of(System.getProperty("java.home")), "-XX:UseAVX=0", "-XX:UseSSE=2"))
        .containsExactlyElementsOf(EXPECTED);
  }

  @Test
  void everyInstalledJdkComputesTheSameBits() throws Exception {
    List<Path> others = otherJdks();
    assumeTrue(!others.isEmpty(), "SKIPPED: no other JDK in /usr/lib/jvm to compare with");
    for (Path home : others) {
      assertThat(runOn(home)).as(home.toString()).containsExactlyElementsOf(EXPECTED);
    }
  }

  private static List<Path> otherJdks() throws IOException {
    Path folder = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    List<Path> homes = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path home : all.sorted().toList()) {
        if (Files.isExecutable(home.resolve("bin/java"))
            && !home.toRealPath().equals(own)
            && !homes.contains(home.toRealPath())) {
          homes.add(home.toRealPath());
        }
      }
    }
    return homes;
  }

  private static List<String> runOn(Path javaHome, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator, where(Golden.class), where(Sound.class), where(Failure.class)));
    command.add(Golden.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.lines().toList();
  }

  private static String where(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
