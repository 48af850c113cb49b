package dev.spanda.server.tool;

import dev.spanda.core.Failure;
import dev.spanda.core.tool.Tool;
import dev.spanda.core.tool.ToolContext;
import dev.spanda.core.tool.ToolInput;
import dev.spanda.core.tool.ToolInputs;
import dev.spanda.core.tool.ToolResult;
import dev.spanda.media.logo.Icon;
import dev.spanda.media.logo.Logo;
import dev.spanda.media.logo.LogoMaker;
import dev.spanda.media.logo.LogoPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A logo as PNG, SVG and PDF. */
final class LogoTool implements Tool {

  private static final int USUAL_SIZE = 1024;

  @Override
  public String id() {
    return "logo_maker";
  }

  @Override
  public String name() {
    return "Logo Maker";
  }

  @Override
  public String category() {
    return "design";
  }

  @Override
  public long creditsPerUse() {
    return 10;
  }

  @Override
  public String description() {
    return "Create professional logos";
  }

  @Override
  public Duration usualTime() {
    return Duration.ofSeconds(2);
  }

  @Override
  public List<ToolInput> inputs() {
    return List.of(
        ToolInput.Text.required("text", "The name that the logo shows", LogoPlan.LONGEST),
        ToolInput.Choice.usuallyFirst("style", "Manner of drawing", words(LogoPlan.Style.values())),
        new ToolInput.Colours(
            "colors",
            "First for the name, then for the mark; the style chooses without them",
            LogoPlan.MOST_COLORS),
        ToolInput.Text.optional("tagline", "A line under the name", LogoPlan.LONGEST),
        new ToolInput.Choice(
            "icon",
            "A drawing; the words choose without it",
            false,
            words(Icon.values()),
            Optional.empty()),
        new ToolInput.Flag("transparent", "Whether the ground stays transparent", false),
        new ToolInput.Whole(
            "size",
            "Longer side of the PNG in px",
            false,
            64,
            4_096,
            Optional.of((long) USUAL_SIZE)),
        new ToolInput.Whole(
            "variation", "Another number draws another one", false, 0, 1_000_000, Optional.of(0L)));
  }

  private static List<String> words(Enum<?>[] values) {
    return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Draws the shapes once: a name may have characters for which there is no letter. */
  @Override
  public void check(ToolInputs inputs) {
    draw(inputs);
  }

  private static Logo draw(ToolInputs inputs) {
    try {
      LogoPlan plan =
          LogoPlan.of(inputs.text("text"), LogoPlan.Style.parse(inputs.text("style")))
              .withColors(inputs.texts("colors").stream().map(LogoTool::sixDigits).toList())
              .withTransparent(inputs.flag("transparent"))
              .withSeed(inputs.whole("variation"));
      if (inputs.has("tagline") && !inputs.text("tagline").isBlank()) {
        plan = plan.withTagline(inputs.text("tagline"));
      }
      if (inputs.has("icon")) {
        plan = plan.withIcon(Icon.valueOf(inputs.text("icon").toUpperCase(Locale.ROOT)));
      }
      return LogoMaker.draw(plan);
    } catch (Failure failure) {
      throw Inputs.named(failure);
    }
  }

  /** {@code #F53} as {@code #FF5533}. */
  private static String sixDigits(String colour) {
    return colour.length() == 4 ? colour.replaceAll("([0-9A-Fa-f])", "$1$1") : colour;
  }

  @Override
  public ToolResult run(ToolInputs inputs, ToolContext context) {
    context.progress(0.1, "Generating design...");
    Logo logo = draw(inputs);
    context.throwIfCancelled();
    context.progress(0.3, "Painting the picture...");
    byte[] png = logo.png((int) inputs.whole("size"));
    context.throwIfCancelled();
    context.progress(0.7, "Writing the vectors...");
    byte[] svg = logo.svg().getBytes(StandardCharsets.UTF_8);
    byte[] pdf = logo.pdf();
    return new ToolResult(
        "logo",
        logo.plan().text() + " logo",
        List.of(
            ToolResult.Output.of("png", "logo.png", "image/png", png),
            ToolResult.Output.of("svg", "logo.svg", "image/svg+xml", svg),
            ToolResult.Output.of("pdf", "logo.pdf", "application/pdf", pdf)));
  }
}
