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

  ThumbnailService(Wavestack.Needs needs) {
    super(Place.THUMBNAILS);
    Path folder = needs.folder("thumbnails");
    Path work = folder.resolve("work");
    thumbnails =
        new Thumbnails(
            needs.store(),
            new FolderBlobStore(folder.resolve("kept"), needs.ids()),
            needs.clock(),
            needs.ids());
    sources =
        new PictureSources(
            needs.fetcher(), new VideoFrames(needs.fetcher(), work), new SegmentCutter(), work);
  }

  @Override
  void keep(Mount.Builder mount) {
    mount.endpoints(
        ThumbnailsApi.class,
        organised(organisation -> new ThumbnailEndpoints(thumbnails, sources, organisation)));
  }
}
