package dev.spanda.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares the committed descriptions of APIs with what their contracts say now. */
public final class OpenApiFiles {

  private static final String FOLDER = "dev/spanda/server/openapi/";

  private OpenApiFiles() {}

  /**
   * Asserts that the committed file is up to date; writes it when the property {@code
   * spanda.openapi.write} is true.
   *
   * @param mount the file's name without {@code .json}
   */
  public static void assertCurrent(
      String mount,
      String title,
      String version,
      String basePath,
      Class<?> errorType,
      List<Class<?>> contracts)
      throws IOException {
    assertCurrent(mount, OpenApiWriter.write(title, version, basePath, errorType, contracts));
  }

  /** The same for a description that was written already. */
  public static void assertCurrent(String mount, String now) throws IOException {
    if (Boolean.getBoolean("spanda.openapi.write")) {
      Path file = Path.of("src/main/resources", FOLDER, mount + ".json");
      Files.createDirectories(file.getParent());
      Files.writeString(file, now);
      return;
    }
    try (InputStream in = OpenApiFiles.class.getResourceAsStream("/" + FOLDER + mount + ".json")) {
      String committed = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(committed)
          .as(
              "%s.json is not what the contracts say; write it anew by: mvn -pl server-adapter -am"
                  + " test -Dtest=*OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                  + " -Dspanda.openapi.write=true",
              mount)
          .isEqualTo(now);
    }
  }
}
