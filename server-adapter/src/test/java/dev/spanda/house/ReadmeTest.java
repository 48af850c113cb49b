package dev.spanda.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles and runs every Java example of the pages as a program of its own, in an empty folder,
 * and compares what it prints with the block that follows it.
 */
class ReadmeTest {

  private static final List<Path> PAGES =
      List.of(
          Path.of("..", "README.md"),
          Path.of("..", "astrology", "README.md"),
          Path.of("..", "biofield", "README.md"),
          Path.of("..", "media", "README.md"));

  private static final Pattern EXAMPLE =
      Pattern.compile("```java\\n(.*?)```\\n```\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern JAVA = Pattern.compile("```java\\n");

  private record Example(String title, String code, String output) {}

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> examplesPrintWhatThePageSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : PAGES) {
      String text = Files.readString(page);
      List<Example> examples = examples(page, text);
      // An example without its output would be compiled by nobody.
      assertThat(examples).hasSize((int) JAVA.matcher(text).results().count());
      examples.forEach(
          example -> tests.add(DynamicTest.dynamicTest(example.title(), () -> check(example))));
    }
    return tests.stream();
  }

  private static List<Example> examples(Path page, String text) {
    List<Example> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(text);
    while (matcher.find()) {
      examples.add(
          new Example(
              Path.of("..").relativize(page) + " " + (examples.size() + 1),
              matcher.group(1),
              matcher.group(2)));
    }
    return examples;
  }

  private void check(Example example) throws Exception {
    Path here =
        Files.createDirectories(folder.resolve(example.title().replaceAll("[^A-Za-z0-9]", "-")));
    Path source = here.resolve("Example.java");
    Files.writeString(source, program(example.code()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    int result =
        compiler.run(
            null,
            null,
            new PrintStream(complaints, true, StandardCharsets.UTF_8),
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            here.toString(),
            source.toString());
    assertThat(result).as(complaints.toString(StandardCharsets.UTF_8)).isZero();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                here + File.pathSeparator + System.getProperty("java.class.path"),
                "Example")
            .directory(here.toFile())
            .redirectError(here.resolve("errors.txt").toFile())
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(here.resolve("errors.txt"))).isZero();
    assertThat(printed).isEqualTo(example.output());
  }

  private static String program(String code) {
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    for (String line : code.split("\n", -1)) {
      (line.startsWith("import ") ? imports : body).append(line).append('\n');
    }
    return imports
        + "import java.nio.file.*;\nimport java.time.*;\nimport java.util.*;\n"
        + "public class Example { public static void main(String[] args) throws Exception {\n"
        + body
        + "}}\n";
  }
}
