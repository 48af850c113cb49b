package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import dev.spanda.contract.vajra.VisualizationApi;
import dev.spanda.core.Failure;
import dev.spanda.media.geometry.GeometryPlan;
import dev.spanda.media.geometry.SacredGeometry;
import dev.spanda.media.rothko.Rothko;
import dev.spanda.media.rothko.RothkoPlan;
import dev.spanda.media.rothko.RothkoPlan.Palette;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The chapter Visualization. */
final class VisualizationEndpoints implements VisualizationApi {

  private static final int LEAST_SIDE = 16;
  private static final int MOST_SIDE = 4096;
  private static final int USUAL_WIDTH = 1920;
  private static final int USUAL_HEIGHT = 1080;
  private static final Number USUAL_BLUR = 50;
  private static final int USUAL_SIZE = 1024;
  private static final String USUAL_PALETTE = "ember";
  private static final String USUAL_SCHEME = "gold";
  private static final String USUAL_COMPLEXITY = "medium";
  private static final String SVG = "SVG";
  private static final String PNG = "PNG";

  @Override
  public Field rothko(FieldRequest request) {
    if (request.colors() != null && request.palette() != null) {
      throw Failure.invalid(
          "palette", request.palette(), "palette must be absent where colors are given");
    }
    Palette palette =
        request.colors() == null
            ? Palette.parse(Wire.or(request.palette(), USUAL_PALETTE))
            : Palette.of(Wire.list("colors", request.colors()));
    int width = side("width", "Width", Wire.or(request.width(), USUAL_WIDTH));
    int height = side("height", "Height", Wire.or(request.height(), USUAL_HEIGHT));
    double blur = Wire.or(request.blurAmount(), USUAL_BLUR).doubleValue();
    Failure.requireInRange("blur_amount", "Blur", blur, 0, RothkoPlan.MOST_BLUR_PX, "px");
    RothkoPlan plan = new RothkoPlan(width, height, palette, blur, Wire.or(request.seed(), 0L));
    return new Field(SUCCESS, Rothko.base64(plan), new Dimensions(width, height), PNG);
  }

  @Override
  public Pattern sacredGeometry(PatternRequest request) {
    GeometryPlan plan =
        new GeometryPlan(
            GeometryPlan.Pattern.parse(request.pattern()),
            GeometryPlan.complexity(Wire.or(request.complexity(), USUAL_COMPLEXITY)),
            GeometryPlan.Scheme.parse(Wire.or(request.colorScheme(), USUAL_SCHEME)));
    int size = side("size", "Size", Wire.or(request.size(), USUAL_SIZE));
    String format = Wire.or(request.format(), SVG).strip().toUpperCase(Locale.ROOT);
    if (!format.equals(SVG) && !format.equals(PNG)) {
      throw Failure.notAllowed("format", request.format(), List.of(SVG, PNG));
    }
    SacredGeometry drawn = SacredGeometry.draw(plan);
    byte[] file =
        format.equals(PNG) ? drawn.png(size) : drawn.svg(size).getBytes(StandardCharsets.UTF_8);
    return new Pattern(
        SUCCESS,
        Base64.getEncoder().encodeToString(file),
        plan.pattern().word(),
        format,
        drawn.residual());
  }

  private static int side(String subject, String label, int value) {
    return (int) Failure.requireInRange(subject, label, value, LEAST_SIDE, MOST_SIDE, "px");
  }
}
