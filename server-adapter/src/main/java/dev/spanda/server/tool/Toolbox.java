package dev.spanda.server.tool;

import dev.spanda.core.assistant.Skill;
import dev.spanda.core.tool.Tool;
import java.util.List;

/** Every tool of this house. */
public final class Toolbox {

  private Toolbox() {}

  /** The tools, in the order in which they are listed. */
  public static List<Tool> all() {
    return List.of(new LogoTool(), new ResizerTool(), new BowlTool(), new ChartTool());
  }

  /** How people ask for the tools in their own words; one for each tool. */
  public static List<Skill> skills() {
    return List.of(
        new Skill(
            "logo_maker",
            "Logo Maker",
            "Create professional logos",
            List.of("logo", "brand", "branding", "emblem"),
            List.of(
                Skill.Input.required("text", Skill.Kind.NAME, "company"),
                Skill.Input.optional("colors", Skill.Kind.COLORS, "color scheme"),
                Skill.Input.optional("style", Skill.Kind.CHOICE, "style")
                    .choosing(List.of("modern", "vintage", "minimalist")))),
        new Skill(
            "image_resizer",
            "Image Resizer",
            "Give an uploaded picture another size",
            List.of("picture", "image", "photo", "resize", "scale", "shrink"),
            List.of(
                Skill.Input.required("file_id", Skill.Kind.FILE, "file"),
                Skill.Input.required("width", Skill.Kind.WIDTH, "width"),
                Skill.Input.required("height", Skill.Kind.HEIGHT, "height"))),
        new Skill(
            "prayer_bowl",
            "Prayer Bowl",
            "Render a struck singing bowl as a lossless sound file",
            List.of("bowl", "sound", "tone", "singing", "meditation"),
            List.of(
                Skill.Input.required("frequency", Skill.Kind.NUMBER, "frequency").in("hz"),
                Skill.Input.required("duration", Skill.Kind.NUMBER, "duration").in("s"))),
        new Skill(
            "birth_chart",
            "Birth Chart",
            "Draw the chart of the sky over a place at a moment",
            List.of("chart", "horoscope", "birth", "natal", "astrology"),
            List.of(
                Skill.Input.required(
                    "date_time", Skill.Kind.TEXT, "moment, as in 1990-06-15T08:30:00Z"),
                Skill.Input.required("latitude", Skill.Kind.NUMBER, "latitude"),
                Skill.Input.required("longitude", Skill.Kind.NUMBER, "longitude"))));
  }
}
