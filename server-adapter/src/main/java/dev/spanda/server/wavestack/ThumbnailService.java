package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.ThumbnailsApi;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.media.thumbnail.Thumbnails;
import dev.spanda.server.http.Mount;
import java.nio.file.Path;

/** The Thumbnail Generator. */
final class ThumbnailService extends Service {

  private final Thumbnails thumbnails;
  private final PictureSources sources;

  /**
   * The service.
   *
   * @param thumbnails that it makes and keeps
   * @param own what organisations have here
   */
  ThumbnailService(Wavestack.Needs needs, Thumbnails thumbnails, OwnMedia own) {
    super(Place.THUMBNAILS);
    this.thumbnails = thumbnails;
    Path work = needs.folder("thumbnails").resolve("work");
    sources =
        new PictureSources(
            needs.fetcher(),
            new VideoFrames(needs.fetcher(), work),
            own,
            new SegmentCutter(),
            work);
  }

  /** The thumbnails of all organisations. */
  static Thumbnails thumbnails(Wavestack.Needs needs) {
    return new Thumbnails(
        needs.store(),
        new FolderBlobStore(needs.folder("thumbnails").resolve("kept"), needs.ids()),
        needs.clock(),
        needs.ids());
  }

  @Override
  void keep(Mount.Builder mount) {
    mount.endpoints(
        ThumbnailsApi.class,
        organised(organisation -> new ThumbnailEndpoints(thumbnails, sources, organisation)));
  }
}
