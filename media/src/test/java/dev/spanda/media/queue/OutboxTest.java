package dev.spanda.media.queue;

import static dev.spanda.media.queue.QueueHouse.OWNER;
import static dev.spanda.media.queue.QueueHouse.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Json;
import dev.spanda.media.queue.QueueItem.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

  private static final byte[] MEDIA = new byte[200_000];

  @TempDir Path folder;
  private final SettableClock clock = SettableClock.at(START);
  private Outbox outbox;

  @BeforeEach
  void open() {
    for (int i = 0; i < MEDIA.length; i++) {
      MEDIA[i] = (byte) (i * 31);
    }
    outbox = new Outbox(folder, clock);
  }

  private static Publisher.Work work(String id, String asset, Publisher.Content content) {
    QueueItem item =
        new QueueItem(
            id,
            OWNER,
            QueueHouse.draft("proj_456", "key", Optional.of(START), Platform.INSTAGRAM),
            QueueItem.Status.PROCESSING,
            List.of(),
            START,
            Optional.empty());
    return new Publisher.Work(
        item,
        Platform.INSTAGRAM,
        id + ":instagram",
        new Assets.Asset("asset_789", asset, "video/mp4", MEDIA.length),
        content,
        fraction -> {});
  }

  private static Publisher.Work work(String id) {
    return work(id, "clip.MP4", (offset, length) -> new ByteArrayInputStream(MEDIA));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anItemBecomesAFolderWithItsMediaAndANote() throws Exception {
    assertThat(outbox.publish(work("item_1")))
        .isEqualTo(new Publisher.Published("outbox", "item_1-instagram", Optional.empty()));
    Path place = folder.resolve("item_1-instagram");
    assertThat(place.resolve("media.mp4")).hasBinaryContent(MEDIA);
    Map<?, ?> note = Json.read(Files.readString(place.resolve("note.json")), Map.class);
    assertThat(note.get("title")).isEqualTo("My Video Title");
    assertThat(note.get("caption")).isEqualTo("Video description...");
    assertThat(note.get("hashtags")).isEqualTo(List.of("gaming", "stream"));
    assertThat(note.get("platform")).isEqualTo("instagram");
    assertThat(note.get("file")).isEqualTo("media.mp4");
    assertThat(note.get("sizeBytes")).isEqualTo((long) MEDIA.length);
    assertThat(note.get("sha256"))
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(MEDIA)));
    assertThat(note.get("publishedAt")).isEqualTo(START.toString());
    assertThat(names()).containsExactly("item_1-instagram", "unfinished");
  }

  @Test
  void aSecondCallChangesNothing() throws Exception {
    Publisher.Outcome first = outbox.publish(work("item_1"));
    byte[] note = Files.readAllBytes(folder.resolve("item_1-instagram/note.json"));
    clock.advance(Duration.ofDays(1));
    Publisher.Work again =
        work(
            "item_1",
            "clip.MP4",
            (offset, length) -> {
              throw new AssertionError("the media is not read again");
            });
    assertThat(outbox.publish(again)).isEqualTo(first);
    assertThat(folder.resolve("item_1-instagram/note.json")).hasBinaryContent(note);
  }

  @Test
  void twoRunsAtOnceShowItOnce() throws Exception {
    // The other run is done while this one reads the media.
    Publisher.Outcome outcome =
        outbox.publish(
            work(
                "item_1",
                "clip.mp4",
                (offset, length) -> {
                  try {
                    Files.createDirectories(folder.resolve("item_1-instagram"));
                    Files.write(folder.resolve("item_1-instagram/media.mp4"), MEDIA);
                    Files.writeString(folder.resolve("item_1-instagram/note.json"), "{}");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                  return new ByteArrayInputStream(MEDIA);
                }));
    assertThat(outcome)
        .isEqualTo(new Publisher.Published("outbox", "item_1-instagram", Optional.empty()));
    assertThat(folder.resolve("item_1-instagram/note.json")).hasContent("{}");
    assertThat(folder.resolve("unfinished")).isEmptyDirectory();
  }

  @Test
  void whatIsCutShortIsNotThereAndIsClearedByTheNextCall() throws Exception {
    InputStream cut =
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() throws IOException {
            // Each time: InputStream keeps the first for itself when it has read something.
            if (left == 0) {
              throw new IOException("the disk is gone");
            }
            left--;
            return 7;
          }
        };
    assertThatThrownBy(() -> outbox.publish(work("item_1", "clip.mp4", (from, length) -> cut)))
        .isInstanceOf(IOException.class);
    assertThat(names()).containsExactly("unfinished");
    assertThat(folder.resolve("unfinished")).isEmptyDirectory();
    // As a process that was killed leaves it.
    Path left = Files.createDirectory(folder.resolve("unfinished/item_1-instagram-123"));
    Files.write(left.resolve("media.mp4"), new byte[] {1, 2, 3});
    outbox.publish(work("item_1"));
    assertThat(folder.resolve("unfinished")).isEmptyDirectory();
    assertThat(folder.resolve("item_1-instagram/media.mp4")).hasBinaryContent(MEDIA);
  }

  @Test
  void noNameLeavesTheFolder() throws Exception {
    assertThatThrownBy(() -> outbox.publish(work("../item_1"))).isInstanceOf(Failure.class);
    outbox.publish(
        work(
            "item_2", "../../etc/pass.wd/..", (offset, length) -> new ByteArrayInputStream(MEDIA)));
    assertThat(folder.resolve("item_2-instagram/media")).exists();
    assertThat(names()).containsExactly("item_2-instagram", "unfinished");
  }
}
