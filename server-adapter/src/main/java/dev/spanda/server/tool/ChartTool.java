package dev.spanda.server.tool;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Chart;
import dev.spanda.astrology.Charts;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.Sign;
import dev.spanda.astrology.house.HouseSystem;
import dev.spanda.astrology.map.ChartDrawing;
import dev.spanda.core.Failure;
import dev.spanda.core.tool.Tool;
import dev.spanda.core.tool.ToolContext;
import dev.spanda.core.tool.ToolInput;
import dev.spanda.core.tool.ToolInputs;
import dev.spanda.core.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A chart of the sky over a place at a moment, as a drawing and as a table. */
final class ChartTool implements Tool {

  private static final String MOMENT =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$";
  private static final String DATE = "date_time";

  @Override
  public String id() {
    return "birth_chart";
  }

  @Override
  public String name() {
    return "Birth Chart";
  }

  @Override
  public String category() {
    return "astrology";
  }

  @Override
  public long creditsPerUse() {
    return 12;
  }

  @Override
  public String description() {
    return "Draw the chart of the sky over a place at a moment";
  }

  @Override
  public Duration usualTime() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<ToolInput> inputs() {
    return List.of(
        ToolInput.Text.required(DATE, "The moment, ISO 8601 with offset", 40).matching(MOMENT),
        new ToolInput.Numeric(
            "latitude", "Degrees, north positive", true, -90, 90, Optional.empty()),
        new ToolInput.Numeric(
            "longitude", "Degrees, east positive", true, -180, 180, Optional.empty()),
        ToolInput.Choice.usuallyFirst(
            "house_system",
            "How the houses are divided",
            Arrays.stream(HouseSystem.values())
                .map(system -> system.name().toLowerCase(Locale.ROOT))
                .toList()));
  }

  @Override
  public void check(ToolInputs inputs) {
    moment(inputs);
  }

  private static Instant moment(ToolInputs inputs) {
    String text = inputs.text(DATE);
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw Failure.invalid(
              "inputs." + DATE, text, "inputs." + DATE + " must be a moment of the calendar")
          .causedBy(e);
    }
  }

  @Override
  public ToolResult run(ToolInputs inputs, ToolContext context) {
    Place place = Place.of(inputs.number("latitude"), inputs.number("longitude"));
    HouseSystem houses = HouseSystem.valueOf(inputs.text("house_system").toUpperCase(Locale.ROOT));
    context.progress(0.1, "Looking at the sky...");
    Chart chart = Charts.standard().withHouses(houses).at(moment(inputs), place);
    context.throwIfCancelled();
    context.progress(0.5, "Drawing the chart...");
    byte[] drawing = ChartDrawing.svg(chart).getBytes(StandardCharsets.UTF_8);
    byte[] table = table(chart).getBytes(StandardCharsets.UTF_8);
    return new ToolResult(
        "chart",
        "Chart of " + inputs.text(DATE),
        List.of(
            ToolResult.Output.of("svg", "chart.svg", "image/svg+xml", drawing),
            ToolResult.Output.of("csv", "chart.csv", "text/csv", table)));
  }

  private static String table(Chart chart) {
    StringBuilder rows = new StringBuilder("body,longitude_deg,sign,degrees_in_sign,house\r\n");
    for (Body body : Body.planets()) {
      chart
          .position(body)
          .ifPresent(
              position ->
                  rows.append(
                      String.format(
                          Locale.ROOT,
                          "%s,%.6f,%s,%.6f,%s\r\n",
                          body.label(),
                          position.longitudeDeg(),
                          Sign.of(position.longitudeDeg()).label(),
                          Sign.degreesInto(position.longitudeDeg()),
                          chart.houseOf(body).map(String::valueOf).orElse(""))));
    }
    return rows.toString();
  }
}
