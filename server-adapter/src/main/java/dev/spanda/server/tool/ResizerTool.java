package dev.spanda.server.tool;

import dev.spanda.core.Failure;
import dev.spanda.core.tool.Tool;
import dev.spanda.core.tool.ToolContext;
import dev.spanda.core.tool.ToolInput;
import dev.spanda.core.tool.ToolInputs;
import dev.spanda.core.tool.ToolResult;
import dev.spanda.media.canvas.Resizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An uploaded picture in another size. */
final class ResizerTool implements Tool {

  private static final int LONGEST = 8_000;

  @Override
  public String id() {
    return "image_resizer";
  }

  @Override
  public String name() {
    return "Image Resizer";
  }

  @Override
  public String category() {
    return "image";
  }

  @Override
  public long creditsPerUse() {
    return 2;
  }

  @Override
  public String description() {
    return "Give an uploaded picture another size, sharp and without false patterns";
  }

  @Override
  public Duration usualTime() {
    return Duration.ofSeconds(2);
  }

  @Override
  public List<ToolInput> inputs() {
    return List.of(
        new ToolInput.FileId("file_id", "An uploaded PNG, JPEG, GIF or BMP", true),
        new ToolInput.Whole("width", "In px", true, 1, LONGEST, Optional.empty()),
        new ToolInput.Whole("height", "In px", true, 1, LONGEST, Optional.empty()),
        ToolInput.Choice.usuallyFirst(
            "mode",
            "Where the proportions differ: inside, covering, distorted, or with a border",
            List.of("fit", "fill", "stretch", "pad")),
        new ToolInput.Choice(
            "format",
            "Kind of file; that of the upload without it",
            false,
            List.of("png", "jpeg", "bmp"),
            Optional.empty()));
  }

  @Override
  public void check(ToolInputs inputs) {
    plan(inputs);
  }

  private static Resizer.Plan plan(ToolInputs inputs) {
    try {
      Resizer.Plan plan =
          Resizer.Plan.of((int) inputs.whole("width"), (int) inputs.whole("height"))
              .withMode(Resizer.Mode.parse(inputs.text("mode")));
      return inputs
          .optionalText("format")
          .map(format -> plan.withFormat(Resizer.Format.parse(format)))
          .orElse(plan);
    } catch (Failure failure) {
      throw Inputs.named(failure);
    }
  }

  @Override
  public ToolResult run(ToolInputs inputs, ToolContext context) throws IOException {
    String fileId = inputs.text("file_id");
    Path source = Files.createTempFile("spanda-resize-", ".source");
    Path target = Files.createTempFile("spanda-resize-", ".target");
    try {
      context.progress(0.05, "Reading the picture...");
      try (InputStream in = context.open(fileId)) {
        Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
      }
      Resizer.Result resized =
          Resizer.resize(
              source,
              target,
              plan(inputs),
              share -> {
                context.throwIfCancelled();
                context.progress(0.1 + 0.8 * share, "Resizing the picture...");
              });
      byte[] bytes = Files.readAllBytes(target);
      String format = resized.format().name().toLowerCase(Locale.ROOT);
      String stem = stem(context.fileName(fileId));
      String size = resized.width() + "x" + resized.height();
      String ending = format.equals("jpeg") ? "jpg" : format;
      return new ToolResult(
          "image",
          stem + " " + size,
          List.of(
              ToolResult.Output.of(
                  format, stem + "-" + size + "." + ending, resized.format().mediaType(), bytes)));
    } finally {
      Files.deleteIfExists(source);
      Files.deleteIfExists(target);
    }
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
