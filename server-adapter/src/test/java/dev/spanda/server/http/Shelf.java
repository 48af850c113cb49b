package dev.spanda.server.http;

import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Upload;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Keeps {@link ShelfApi}. */
final class Shelf implements ShelfApi {

  static final byte[] FILE = new byte[10_000];

  static {
    for (int i = 0; i < FILE.length; i++) {
      FILE[i] = (byte) (i * 31);
    }
  }

  final CountDownLatch begun = new CountDownLatch(1);
  final CountDownLatch goOn = new CountDownLatch(1);

  @Override
  public Health health() {
    return new Health("well");
  }

  @Override
  public Book add(Book book) {
    return book;
  }

  @Override
  public Book newest() {
    return new Book("newest", 1L, null, null, null);
  }

  @Override
  public Book book(long number) {
    if (number > 100) {
      throw Failure.notFound("book", Long.toString(number));
    }
    return new Book("book " + number, number, null, null, null);
  }

  @Override
  public void remove(long number) {}

  @Override
  public Echo echo(
      String word,
      @Nullable Integer count,
      @Nullable Double ratio,
      @Nullable Boolean deep,
      @Nullable Instant since,
      @Nullable List<String> tags,
      @Nullable Order order,
      @Nullable String header) {
    String name = order == null ? null : order.name().toLowerCase(Locale.ROOT);
    return new Echo(word, count, ratio, deep, since, tags, name, header);
  }

  @Override
  public Echo needs(String word) {
    return new Echo(word, null, null, null, null, null, null, null);
  }

  @Override
  public Shape draw(Shape shape) {
    return shape;
  }

  @Override
  public Content file() {
    return Content.of("application/octet-stream", "Klang \u266b.wav", FILE);
  }

  @Override
  public Content stream() {
    return Content.of(
        "text/plain",
        null,
        Content.UNKNOWN_LENGTH,
        out -> {
          for (int i = 0; i < 100; i++) {
            out.write(FILE);
          }
        });
  }

  @Override
  public Received upload(Upload upload) {
    return received(upload.file(), upload.fields());
  }

  @Override
  public List<Received> uploads(Upload upload) {
    return upload.files().stream().map(file -> received(file, upload.fields())).toList();
  }

  private static Received received(Upload.Part file, Map<String, String> fields) {
    long sum = 0;
    // Each opening begins anew.
    try (InputStream in = file.source().open()) {
      in.skipNBytes(file.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (InputStream in = file.source().open()) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        sum += b;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Received(file.fileName(), file.mediaType(), file.length(), sum, fields);
  }

  @Override
  public Health broken() {
    throw new IllegalStateException("the secret of the house");
  }

  @Override
  public Content half() {
    return Content.of(
        "text/plain",
        null,
        100_000,
        out -> {
          out.write(FILE);
          out.flush();
          throw new IllegalStateException("the secret of the house");
        });
  }

  @Override
  public Health slow() {
    begun.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Health("late");
  }
}
