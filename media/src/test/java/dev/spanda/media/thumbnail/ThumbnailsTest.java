package dev.spanda.media.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Ids;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.canvas.Resizer;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsTest {

  @TempDir Path folder;

  @Test
  void aThumbnailIsKeptForItsOwnerAlone() throws Exception {
    Instant now = Instant.parse("2026-01-15T10:00:00Z");
    try (Store store = Store.open(StoreLocation.memory())) {
      Ids ids = new Ids(new Random(1));
      Thumbnails thumbnails =
          new Thumbnails(store, new FolderBlobStore(folder, ids), SettableClock.at(now), ids);
      ThumbnailPlan plan = ThumbnailPlan.of("Kept", Template.CUSTOM);
      Thumbnails.Kept kept = thumbnails.create("org_1", plan, Resizer.Format.WEBP);
      assertThat(kept.createdAt()).isEqualTo(now);
      assertThat(kept.fileName()).matches("thumb_\\w+\\.webp");
      assertThat(thumbnails.find("org_1", kept.id())).isEqualTo(kept);
      try (InputStream in = thumbnails.open("org_1", kept.id())) {
        assertThat(in.readAllBytes()).hasSize((int) kept.bytes()).startsWith('R', 'I', 'F', 'F');
      }
      assertThatThrownBy(() -> thumbnails.find("org_2", kept.id()))
          .hasMessageContaining("No thumbnail");
      assertThatThrownBy(() -> thumbnails.open("org_2", kept.id()))
          .hasMessageContaining("No thumbnail");
      assertThatThrownBy(() -> thumbnails.create("org_1", plan, Resizer.Format.BMP))
          .hasMessageContaining("webp");
    }
  }
}
