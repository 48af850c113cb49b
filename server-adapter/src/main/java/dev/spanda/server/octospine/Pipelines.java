package dev.spanda.server.octospine;

import dev.spanda.core.Failure;
import dev.spanda.core.automation.DataSteps;
import dev.spanda.core.data.DataFlow;
import dev.spanda.core.data.RowFetcher;
import dev.spanda.core.data.Tables;
import dev.spanda.core.event.Subscription;
import dev.spanda.core.file.StoredFile;
import dev.spanda.server.outbound.Fetcher;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** What automations do with rows, and what tells them that something has happened. */
final class Pipelines implements AutoCloseable {

  /** Comes for its owner when a file is stored. */
  static final String SOURCE_UPDATED = "data_source.updated";

  private static final Duration FETCH_TIME = Duration.ofSeconds(30);

  private final Subscription files;

  Pipelines(Octospine.Needs needs) {
    DataFlow flow =
        new DataFlow(
            new Tables(needs.store(), needs.clock()),
            needs.files(),
            (address, most) -> fetch(needs.fetcher(), address, most),
            needs.clock());
    new DataSteps(flow).actions().forEach(needs.workflows()::register);
    files =
        needs
            .bus()
            .subscribe(
                StoredFile.Saved.class,
                saved -> needs.workflows().signal(saved.file().owner(), SOURCE_UPDATED));
  }

  private static RowFetcher.Content fetch(Fetcher fetcher, URI address, int most) {
    Fetcher.Answer answer =
        fetcher.send(
            Fetcher.Request.get(address),
            Fetcher.Limits.DEFAULT.withLargestBody(most).withTime(FETCH_TIME));
    if (answer.status() / 100 != 2) {
      throw Failure.of(
          answer.status() >= 500 ? Failure.Reason.UNAVAILABLE : Failure.Reason.INVALID,
          "url",
          "The address answered with status " + answer.status());
    }
    String type = answer.headers().getOrDefault("content-type", "");
    return new RowFetcher.Content(
        answer.body(), type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  @Override
  public void close() {
    files.close();
  }
}
