package dev.spanda.server.octospine;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.Analyzer;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.core.Failure;
import dev.spanda.core.file.Files;
import dev.spanda.core.file.StoredFile;
import dev.spanda.core.task.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics and scores of a picture of the account. Parameter: {@code file_id}, a picture of at
 * most 10 MB. Numbers that a picture does not have are left out.
 */
final class ImageProcessor implements Processor {

  private final Files files;
  private final Analyzer analyzer = new Analyzer(Analyzer.Profile.FULL);

  ImageProcessor(Files files) {
    this.files = files;
  }

  @Override
  public String type() {
    return "measure_image";
  }

  @Override
  public String description() {
    return "Measures a picture: intensity, colour, shape, entropy, dimension and symmetry.";
  }

  @Override
  public List<String> needs(Map<String, Object> parameters) {
    return List.of("image_measurement");
  }

  @Override
  public void check(Map<String, Object> parameters) {
    String unused = new Given(parameters, "file_id").required("file_id");
  }

  @Override
  public Map<String, Object> run(Map<String, Object> parameters, Context context)
      throws IOException {
    String id = new Given(parameters, "file_id").required("file_id");
    StoredFile file = files.find(context.owner(), id);
    int most = Pictures.Limits.DEFAULT.bytes();
    if (file.size() > most) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "file_id",
              "A picture may have " + most + " bytes; this file has " + file.size())
          .with(Failure.PROVIDED_VALUE, file.size())
          .with(Failure.MAX_VALUE, most);
    }
    byte[] bytes;
    try (InputStream in = files.open(context.owner(), id)) {
      bytes = in.readNBytes(most);
    }
    context.progress(0.2, "Measuring the picture");
    Analysis analysis = analyzer.analyze(Pictures.decode(bytes).frame());
    context.throwIfCancelled();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file_id", id);
    result.put("metrics", finite(analysis.metrics().values()));
    result.put("scores", finite(analysis.scores().values()));
    return result;
  }

  private static Map<String, Double> finite(Map<String, Double> values) {
    Map<String, Double> kept = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            kept.put(name, value);
          }
        });
    return kept;
  }
}
