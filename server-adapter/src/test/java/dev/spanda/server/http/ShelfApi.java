package dev.spanda.server.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import dev.spanda.contract.http.Upload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small contract that uses everything a contract may use. */
@Route.Group("Shelf")
public interface ShelfApi {

  /** Says that it is well. */
  @Route(value = "GET /health", summary = "Says that it is well.")
  Health health();

  /** Puts a book on the shelf. */
  @Route(value = "POST /books", status = 201, summary = "Puts a book on the shelf.")
  Book add(Book book);

  /** The newest book. */
  @Route(value = "GET /books/newest", summary = "The newest book.")
  Book newest();

  /** A book by its number. */
  @Route(value = "GET /books/{number}", summary = "A book by its number.")
  Book book(@Param.Path("number") long number);

  /** Takes a book away. */
  @Route(value = "DELETE /books/{number}", status = 204, summary = "Takes a book away.")
  void remove(@Param.Path("number") long number);

  /** Tells back what it was asked. */
  @Route(value = "GET /echo/{word}", summary = "Tells back what it was asked.")
  Echo echo(
      @Param.Path("word") String word,
      @Param.Query("count") @Nullable Integer count,
      @Param.Query("ratio") @Nullable Double ratio,
      @Param.Query("deep") @Nullable Boolean deep,
      @Param.Query("since") @Nullable Instant since,
      @Param.Query("tag") @Nullable List<String> tags,
      @Param.Query("order") @Nullable Order order,
      @Param.Header("X-Word") @Nullable String header);

  /** Needs a word. */
  @Route(value = "GET /needs", summary = "Needs a word.")
  Echo needs(@Param.Query("word") String word);

  /** Draws a shape. */
  @Route(value = "POST /shapes", summary = "Draws a shape.")
  Shape draw(Shape shape);

  /** Ten thousand bytes. */
  @Route(value = "GET /file", summary = "Ten thousand bytes.")
  Content file();

  /** Bytes whose number is not known before. */
  @Route(value = "GET /stream", summary = "Bytes whose number is not known before.")
  Content stream();

  /** Takes a file. */
  @Route(value = "POST /upload", summary = "Takes a file.")
  Received upload(@Upload.Expect(value = "image", fields = "mode") Upload upload);

  /** Takes files. */
  @Route(value = "POST /uploads", summary = "Takes files.")
  List<Received> uploads(
      @Upload.Expect(value = "images", least = 2, most = 3, largestBytes = 1000) Upload upload);

  /** Breaks. */
  @Route(value = "GET /broken", summary = "Breaks.")
  Health broken();

  /** Breaks in the middle. */
  @Route(value = "GET /half", summary = "Breaks in the middle.")
  Content half();

  /** Waits until it is told. */
  @Route(value = "GET /slow", summary = "Waits until it is told.")
  Health slow();

  /** In which order. */
  enum Order {
    /** Oldest first. */
    ASCENDING,
    /** Newest first. */
    DESCENDING
  }

  /** The state. */
  record Health(@JsonProperty("status") String status) {}

  /** A book. */
  record Book(
      @JsonProperty(value = "title", required = true) String title,
      @JsonProperty("pages") @Nullable Long pages,
      @JsonProperty("printed_at") @Nullable Instant printedAt,
      @JsonProperty("author") @Nullable Author author,
      @JsonProperty("marks") @Nullable Map<String, Double> marks) {}

  /** Who wrote it. */
  record Author(
      @JsonProperty("full_name") @Nullable String fullName,
      @JsonProperty("born") @Nullable Integer born) {}

  /** What was asked. */
  record Echo(
      @JsonProperty("word") String word,
      @JsonProperty("count") @Nullable Integer count,
      @JsonProperty("ratio") @Nullable Double ratio,
      @JsonProperty("deep") @Nullable Boolean deep,
      @JsonProperty("since") @Nullable Instant since,
      @JsonProperty("tags") @Nullable List<String> tags,
      @JsonProperty("order") @Nullable String order,
      @JsonProperty("header") @Nullable String header) {}

  /** What came. */
  record Received(
      @JsonProperty("name") String name,
      @JsonProperty("type") String type,
      @JsonProperty("length") long length,
      @JsonProperty("sum") long sum,
      @JsonProperty("fields") Map<String, String> fields) {}

  /** A shape. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Shape permits Circle, Square {}

  /** Round. */
  record Circle(@JsonProperty("radius") double radius) implements Shape {}

  /** Not round. */
  record Square(@JsonProperty("side") double side) implements Shape {}
}
