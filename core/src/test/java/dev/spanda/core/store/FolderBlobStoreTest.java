package dev.spanda.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobStoreTest {

  @TempDir Path folder;

  private BlobStore blobs;

  @BeforeEach
  void open() {
    blobs = new FolderBlobStore(folder.resolve("blobs"), new Ids(new Random(5)));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private BlobStore.Blob put(byte[] content) {
    return blobs.put(new ByteArrayInputStream(content), content.length);
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aContentComesBackByteForByte() throws IOException {
    for (int length : new int[] {0, 1, 65_536, 200_001}) {
      BlobStore.Blob blob = put(bytes(length));
      assertThat(blob.size()).isEqualTo(length);
      assertThat(blobs.size(blob.name())).isEqualTo(length);
      try (InputStream in = blobs.open(blob.name())) {
        assertThat(in.readAllBytes()).isEqualTo(bytes(length));
      }
    }
  }

  @Test
  void aPartIsReadByOffsetAndLength() throws IOException {
    BlobStore.Blob blob = put(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    try (InputStream in = blobs.open(blob.name(), 3, 4)) {
      assertThat(in.available()).isEqualTo(4);
      assertThat(in.read()).isEqualTo(3);
      assertThat(in.skip(1)).isEqualTo(1);
      assertThat(in.readAllBytes()).containsExactly(5, 6);
      assertThat(in.read()).isEqualTo(-1);
    }
    try (InputStream in = blobs.open(blob.name(), 8, 100)) {
      assertThat(in.readAllBytes()).containsExactly(8, 9);
    }
    try (InputStream in = blobs.open(blob.name(), 11, 1)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void aContentAboveTheLimitIsRefusedAndLeavesNothing() throws IOException {
    assertThatThrownBy(() -> blobs.put(new ByteArrayInputStream(bytes(101)), 100))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.TOO_LARGE);
              assertThat(failure.subject()).isEqualTo("file");
              assertThat(failure.details()).containsEntry(Failure.MAX_VALUE, 100L);
            });
    assertThat(files()).isZero();
    assertThat(blobs.put(new ByteArrayInputStream(bytes(100)), 100).size()).isEqualTo(100);
  }

  @Test
  void aStreamThatBreaksOffLeavesNothing() throws IOException {
    InputStream broken =
        new FilterInputStream(new ByteArrayInputStream(bytes(1000))) {
          private int calls;

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            if (calls++ > 2) {
              throw new IOException("broken off");
            }
            return super.read(into, offset, Math.min(length, 100));
          }
        };
    assertThatThrownBy(() -> blobs.put(broken, 1_000_000))
        .isInstanceOf(Failure.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(files()).isZero();
  }

  @Test
  void whatABrokenOffRunHasLeftIsRemoved() throws IOException {
    Path unfinished = folder.resolve("blobs").resolve("unfinished");
    Files.writeString(unfinished.resolve("blob_00000000000000000000"), "half");
    BlobStore.Blob kept = put(bytes(10));
    BlobStore again = new FolderBlobStore(folder.resolve("blobs"), new Ids(new Random(6)));
    assertThat(again.size(kept.name())).isEqualTo(10);
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void aDeletedContentIsGone() {
    BlobStore.Blob blob = put(bytes(10));
    assertThat(blobs.delete(blob.name())).isTrue();
    assertThat(blobs.delete(blob.name())).isFalse();
    assertThatThrownBy(() -> blobs.open(blob.name()))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.NOT_FOUND));
  }

  @Test
  void namesNeverLeaveTheFolder() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "kept");
    for (String name :
        List.of(
            "../secret",
            "..",
            "",
            "/etc/passwd",
            secret.toString(),
            "blob_../../../../secret",
            "blob_0000000000000000000/",
            "blob_00000000000000000000\0",
            "unfinished/blob_00000000000000000000",
            "BLOB_00000000000000000000")) {
      assertThatThrownBy(() -> blobs.open(name)).isInstanceOf(Failure.class);
      assertThatThrownBy(() -> blobs.size(name)).isInstanceOf(Failure.class);
      assertThat(blobs.delete(name)).isFalse();
    }
    assertThat(secret).hasContent("kept");
  }

  @Test
  void allNamesOfWholeContentsAreListed() throws IOException {
    Files.writeString(folder.resolve("blobs").resolve("note.txt"), "not ours");
    Files.writeString(folder.resolve("blobs/unfinished/blob_00000000000000000000"), "half");
    try (Stream<String> none = blobs.names()) {
      assertThat(none).isEmpty();
    }
    List<String> put = List.of(put(bytes(1)).name(), put(bytes(2)).name(), put(bytes(3)).name());
    try (Stream<String> names = blobs.names()) {
      assertThat(names).containsExactlyInAnyOrderElementsOf(put);
    }
  }
}
