package dev.spanda.server.biofield;

import dev.spanda.biofield.archive.Batches;
import dev.spanda.biofield.archive.Frames;
import dev.spanda.contract.biofield.CaptureApi;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Upload;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The chapter Capture Endpoints, for one account. */
final class CaptureEndpoints implements CaptureApi {

  private static final String FOLDER = "/frames/";

  private final Frames frames;
  private final Batches batches;
  private final Measuring measuring;
  private final String owner;
  private final String base;

  CaptureEndpoints(Frames frames, Batches batches, Measuring measuring, Caller caller) {
    this.frames = frames;
    this.batches = batches;
    this.measuring = measuring;
    this.owner = caller.account();
    this.base = caller.origin() + BiofieldMount.BASE_PATH;
  }

  @Override
  public Frame frame(Upload form) {
    byte[] picture = Measuring.bytes(form.file());
    Frames.Kept kept = measuring.aside(() -> frames.keep(owner, picture));
    return new Frame(
        kept.id(),
        base + FOLDER + kept.fileName(),
        kept.at(),
        kept.sizeBytes(),
        new Dimensions(kept.width(), kept.height()));
  }

  @Override
  public Batch batch(Upload form) {
    var mode = Words.mode(form.fields().get("mode"));
    var region = Words.region(form.fields().get("region"));
    return measuring.aside(
        () -> {
          List<byte[]> pictures = new ArrayList<>();
          for (Upload.Part part : form.files()) {
            byte[] picture = Measuring.bytes(part);
            Measuring.requireKnownFormat(picture);
            pictures.add(picture);
          }
          return of(batches.create(owner, mode, region, pictures));
        });
  }

  @Override
  public Batch progress(String batchId) {
    return of(batches.find(owner, batchId));
  }

  @Override
  public Content picture(String file) {
    int dot = file.indexOf('.');
    String id = dot < 0 ? file : file.substring(0, dot);
    Frames.Kept kept = frames.find(owner, id);
    if (dot >= 0 && !kept.fileName().equals(file)) {
      throw Failure.notFound("frame", file);
    }
    return Content.of(
        kept.format().mediaType(),
        null,
        kept.sizeBytes(),
        out -> {
          try (InputStream in = frames.open(owner, id)) {
            in.transferTo(out);
          }
        });
  }

  private Batch of(Batches.Batch batch) {
    int waiting = batch.pictures().size() - batch.done();
    int failed =
        (int)
            batch.pictures().stream()
                .filter(picture -> picture.status() == Batches.Status.FAILED)
                .count();
    return new Batch(
        batch.id(),
        batch.pictures().size(),
        batch.status().name().toLowerCase(Locale.ROOT),
        batch.pictures().stream().map(picture -> of(batch, picture)).toList(),
        // A second a picture is on the safe side: most take a tenth of it.
        (long) waiting,
        batch.done() - failed,
        failed,
        batch.progress());
  }

  private BatchFrame of(Batches.Batch batch, Batches.Picture picture) {
    return new BatchFrame(
        picture.frame().map(Frames.Kept::id).orElse(null),
        picture.frame().map(kept -> base + FOLDER + kept.fileName()).orElse(null),
        picture.frame().map(Frames.Kept::at).orElse(batch.createdAt()),
        picture.analysisId().orElse(null),
        picture.trouble().map(Batches.Trouble::message).orElse(null));
  }
}
