package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.biofield.AnalysisApi.Basic;
import dev.spanda.contract.biofield.AnalysisApi.Color;
import dev.spanda.contract.biofield.AnalysisApi.Contour;
import dev.spanda.contract.biofield.AnalysisApi.Geometric;
import dev.spanda.contract.biofield.AnalysisApi.Nonlinear;
import dev.spanda.contract.biofield.AnalysisApi.Symmetry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metrics as baselines and live messages carry them. The document's examples list them side by side
 * ({@code "avgIntensity": 128.45}), its types in the groups of {@link AnalysisApi.Metrics}; this
 * server writes both, and either is read.
 *
 * @param values every metric by its name, numbers, and {@code centerOfMass} as a list of two
 */
public record FlatMetrics(
    @JsonProperty("basic") @Nullable Basic basic,
    @JsonProperty("color") @Nullable Color color,
    @JsonProperty("geometric") @Nullable Geometric geometric,
    @JsonProperty("contour") @Nullable Contour contour,
    @JsonProperty("nonlinear") @Nullable Nonlinear nonlinear,
    @JsonProperty("symmetry") @Nullable Symmetry symmetry,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> values) {

  /** Copies the values, keeping their order. */
  public FlatMetrics {
    values = values == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The groups and the values side by side. */
  public static FlatMetrics of(AnalysisApi.Metrics groups, Map<String, ?> values) {
    return new FlatMetrics(
        groups.basic(),
        groups.color(),
        groups.geometric(),
        groups.contour(),
        groups.nonlinear(),
        groups.symmetry(),
        Collections.unmodifiableMap(new LinkedHashMap<>(values)));
  }

  /** A metric by its name, or null when it is absent. */
  public @Nullable Double value(String name) {
    return values.get(name) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }
}
