package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Resizer;
import dev.spanda.media.geometry.GeometryPlan;
import dev.spanda.media.geometry.SacredGeometry;
import dev.spanda.media.rothko.Rothko;
import dev.spanda.media.rothko.RothkoPlan;
import dev.spanda.media.thumbnail.Template;
import dev.spanda.media.thumbnail.ThumbnailMaker;
import dev.spanda.media.thumbnail.ThumbnailPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Colour fields, patterns and thumbnails, without a server. */
@Command(
    name = "picture",
    description = "Draw colour fields, sacred geometry and thumbnails.",
    mixinStandardHelpOptions = true)
final class PictureCommand implements Runnable {

  private static final int MOST_SIDE = 8000;

  @Spec private CommandSpec spec = CommandSpec.create();

  PictureCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "rothko",
      description = "A colour field as a PNG.",
      mixinStandardHelpOptions = true)
  int rothko(
      @Option(
              names = "--colors",
              split = ",",
              paramLabel = "#RRGGBB",
              description = "1 to 12, from the top down, with commas between.")
          @Nullable List<String> colors,
      @Option(
              names = "--palette",
              defaultValue = "ember",
              description =
                  "dawn, deep, ember or grove, where no colours are given; ${DEFAULT-VALUE} by"
                      + " default.")
          String palette,
      @Option(names = "--width", defaultValue = "1920", description = "16 to 8000 px.") int width,
      @Option(names = "--height", defaultValue = "1080", description = "16 to 8000 px.") int height,
      @Option(names = "--blur", defaultValue = "50", description = "0 to 1000 px.") double blur,
      @Option(names = "--seed", defaultValue = "0", description = "Another one, another picture.")
          long seed,
      @Option(names = "--out", required = true, paramLabel = "FILE", description = "The PNG.")
          Path out,
      @Option(names = "--json", description = "Print one JSON object.") boolean json)
      throws IOException {
    RothkoPlan.Palette chosen =
        colors == null ? RothkoPlan.Palette.parse(palette) : RothkoPlan.Palette.of(colors);
    RothkoPlan plan = new RothkoPlan(width, height, chosen, blur, seed);
    write(out, Rothko.png(plan));
    new Report()
        .add("file", out.toString())
        .add("width", width)
        .add("height", height)
        .add("bytes", Files.size(out))
        .print(spec.commandLine().getOut(), json);
    return 0;
  }

  @Command(
      name = "geometry",
      description = "A pattern of circles and lines as SVG or PNG.",
      mixinStandardHelpOptions = true)
  int geometry(
      @Parameters(
              paramLabel = "PATTERN",
              description =
                  "seed-of-life, flower-of-life, fruit-of-life, egg-of-life, metatrons-cube,"
                      + " vesica-piscis, golden-spiral, torus or sri-yantra.")
          String pattern,
      @Option(
              names = "--complexity",
              defaultValue = "medium",
              description = "low, medium, high, or 1 to 6; ${DEFAULT-VALUE} by default.")
          String complexity,
      @Option(
              names = "--scheme",
              defaultValue = "gold",
              description = "aurora, chakra, gold, ink or rose; ${DEFAULT-VALUE} by default.")
          String scheme,
      @Option(names = "--size", defaultValue = "1024", description = "16 to 8000 px.") int size,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "Its ending says what it is: .svg or .png.")
          Path out,
      @Option(names = "--json", description = "Print one JSON object.") boolean json)
      throws IOException {
    Failure.requireInRange("size", "Size", size, 16, MOST_SIDE, "px");
    String ending = ending(out, List.of("svg", "png"));
    SacredGeometry drawn =
        SacredGeometry.draw(
            new GeometryPlan(
                GeometryPlan.Pattern.parse(pattern),
                GeometryPlan.complexity(complexity),
                GeometryPlan.Scheme.parse(scheme)));
    write(
        out,
        ending.equals("png") ? drawn.png(size) : drawn.svg(size).getBytes(StandardCharsets.UTF_8));
    new Report()
        .add("file", out.toString())
        .add("pattern", drawn.plan().pattern().word())
        .add("circles", drawn.circles().size())
        .add("residual", drawn.residual())
        .add("bytes", Files.size(out))
        .print(spec.commandLine().getOut(), json);
    return 0;
  }

  @Command(
      name = "thumbnail",
      description = "A picture of 1280 by 720 px that announces a video.",
      mixinStandardHelpOptions = true)
  int thumbnail(
      @Parameters(paramLabel = "TITLE", description = "1 to 120 characters.") String title,
      @Option(
              names = "--style",
              defaultValue = "gaming",
              description =
                  "gaming, vlog, tutorial, reaction or custom; ${DEFAULT-VALUE} by default.")
          String style,
      @Option(names = "--subtitle", description = "Up to 120 characters.")
          @Nullable String subtitle,
      @Option(names = "--badge", description = "Up to 16 characters.") @Nullable String badge,
      @Option(
              names = "--background",
              description = "gradient, solid, rays, blades, sunset or panel.")
          @Nullable String background,
      @Option(
              names = "--colors",
              split = ",",
              paramLabel = "#RRGGBB",
              description = "1 to 4: of the ground, its other end, ornaments, letters.")
          @Nullable List<String> colors,
      @Option(
              names = "--picture",
              paramLabel = "FILE",
              description = "PNG, JPEG, BMP or GIF to lie under the title.")
          @Nullable Path picture,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "Its ending says what it is: .png, .jpg or .webp.")
          Path out,
      @Option(names = "--json", description = "Print one JSON object.") boolean json)
      throws IOException {
    String ending = ending(out, List.of("png", "jpg", "jpeg", "webp"));
    Template template = Template.parse(style);
    if (background != null) {
      template = template.withScenery(Template.Scenery.parse(background));
    }
    if (colors != null) {
      template = template.withColors(colors);
    }
    ThumbnailPlan plan =
        picture == null
            ? ThumbnailPlan.of(title, template)
            : ThumbnailPlan.over(Resizer.read(picture), title, template);
    if (subtitle != null) {
      plan = plan.withSubtitle(subtitle);
    }
    if (badge != null) {
      plan = plan.withBadge(badge);
    }
    write(
        out,
        switch (ending) {
          case "png" -> ThumbnailMaker.png(plan);
          case "webp" -> ThumbnailMaker.webp(plan);
          default -> ThumbnailMaker.jpeg(plan);
        });
    new Report()
        .add("file", out.toString())
        .add("width", ThumbnailMaker.WIDTH)
        .add("height", ThumbnailMaker.HEIGHT)
        .add("bytes", Files.size(out))
        .print(spec.commandLine().getOut(), json);
    return 0;
  }

  private static String ending(Path file, List<String> allowed) {
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!allowed.contains(ending) || !name.contains(".")) {
      throw Failure.notAllowed("out", name, allowed.stream().map(one -> "*." + one).toList());
    }
    return ending;
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw Failure.invalid("out", file, "There is no folder " + folder);
    }
    Files.write(file, bytes);
  }
}
