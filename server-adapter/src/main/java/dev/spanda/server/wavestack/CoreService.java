package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.AssetsApi;
import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.contract.wavestack.ProjectsApi;
import dev.spanda.contract.wavestack.QueueApi;
import dev.spanda.core.file.StoredFile;
import dev.spanda.media.queue.Publisher;
import dev.spanda.media.queue.Queue;
import dev.spanda.server.gate.identity.Tokens;
import dev.spanda.server.http.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The Core App: tokens, the queue, projects and assets. */
final class CoreService extends Service {

  /** The project of the document's examples. */
  static final String DEMO_PROJECT = "proj_456";

  static final String DEMO_FILE = "file_789";
  private static final long FORM_AROUND_A_FILE = 1L << 20;

  private final Wavestack.Needs needs;
  private final Tokens tokens;
  private final Door door;
  private final AssetShelf shelf;
  private final Queue queue;

  /**
   * The Core App.
   *
   * @param publisher shows what is in the queue
   */
  CoreService(Wavestack.Needs needs, Tokens tokens, Door door, Publisher publisher) {
    super(Place.CORE);
    this.needs = needs;
    this.tokens = tokens;
    this.door = door;
    shelf = new AssetShelf(needs.files());
    queue =
        new Queue(
            needs.store(),
            needs.clock(),
            needs.bus(),
            needs.ids(),
            needs.jobs(),
            needs.projects(),
            shelf,
            publisher);
  }

  @Override
  void keep(Mount.Builder mount) {
    mount
        .largestUpload(AssetsApi.LARGEST_BYTES + FORM_AROUND_A_FILE)
        .endpoints(
            AuthApi.class, caller -> new AuthEndpoints(needs.clients(), tokens, door, caller))
        .endpoints(
            QueueApi.class, organised(organisation -> new QueueEndpoints(queue, organisation)))
        .endpoints(
            ProjectsApi.class,
            organised(organisation -> new ProjectsEndpoints(needs.projects(), organisation)))
        .endpoints(
            AssetsApi.class, organised(organisation -> new AssetsEndpoints(shelf, organisation)));
  }

  /** This chapter writes its fields in camel case. */
  @Override
  Map<String, String> spellings() {
    return Map.of(
        "project_id", "projectId",
        "asset_id", "assetId",
        "schedule_at", "scheduleAt",
        "idempotency_key", "idempotencyKey",
        "created_at", "createdAt");
  }

  /** The project and the asset that the examples name; what a demo has had before stays. */
  @Override
  void seed() {
    String owner = new Organisation(Wavestack.DEMO_ORGANISATION, "").owner();
    needs
        .store()
        .change(
            handle ->
                handle
                    .createUpdate(
                        "INSERT INTO project (id, owner, name, sort_name, description, tags,"
                            + " status, items_count, created_at, updated_at) VALUES (:id, :owner,"
                            + " 'My Project', 'my project', 'Project description', '[]', 'active',"
                            + " 0, :now, :now) ON CONFLICT DO NOTHING")
                    .bind("id", DEMO_PROJECT)
                    .bind("owner", owner)
                    .bind("now", needs.clock().millis())
                    .execute());
    try (InputStream film =
        Objects.requireNonNull(CoreService.class.getResourceAsStream("demo.mp4"))) {
      StoredFile unused =
          needs
              .files()
              .save(owner, StoredFile.Plan.of("demo.mp4").in(DEMO_PROJECT).withId(DEMO_FILE), film);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
