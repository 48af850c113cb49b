package dev.spanda.server.octospine;

import dev.spanda.core.automation.DataSteps;
import dev.spanda.core.data.DataFlow;
import dev.spanda.core.event.Subscription;
import dev.spanda.core.file.StoredFile;

/** What automations do with rows, and what tells them that something has happened. */
final class Pipelines implements AutoCloseable {

  /** Comes for its owner when a file is stored. */
  static final String SOURCE_UPDATED = "data_source.updated";

  private final Subscription files;

  /** Makes the row steps known, and listens; the flow is the one that tasks use too. */
  Pipelines(Octospine.Needs needs, DataFlow flow) {
    new DataSteps(flow).actions().forEach(needs.workflows()::register);
    files =
        needs
            .bus()
            .subscribe(
                StoredFile.Saved.class,
                saved -> needs.workflows().signal(saved.file().owner(), SOURCE_UPDATED));
  }

  @Override
  public void close() {
    files.close();
  }
}
