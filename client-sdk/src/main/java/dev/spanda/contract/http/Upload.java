package dev.spanda.contract.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The body of an operation that takes a form: one or several files, and the fields beside them. A
 * contract's method names it as its body's type and says with {@link Expect} which files it takes;
 * without that it takes one file in the field {@code file}.
 *
 * @param files in the order of the form; copied
 * @param fields the form's other fields by name; copied
 */
public record Upload(List<Part> files, Map<String, String> fields) {

  /** Copies both. */
  public Upload {
    files = List.copyOf(files);
    fields = Map.copyOf(fields);
  }

  /** A form of one file and no fields. */
  public static Upload of(Part file) {
    return new Upload(List.of(file), Map.of());
  }

  /** The same files with these fields instead. */
  public Upload withFields(Map<String, String> others) {
    return new Upload(files, others);
  }

  /**
   * The form's only file.
   *
   * @throws IllegalStateException when there is none, or more than one
   */
  public Part file() {
    if (files.size() != 1) {
      throw new IllegalStateException("the form has " + files.size() + " files");
    }
    return files.get(0);
  }

  /** Which files an operation takes; stands on its parameter of type {@link Upload}. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  public @interface Expect {
    /** The name of the field that carries the files. */
    String value() default "file";

    /** How many files there must be, ≥ 0. */
    int least() default 1;

    /** How many files there may be, ≥ 1. */
    int most() default 1;

    /** How many bytes each file may have; the form as a whole has its own limit. */
    long largestBytes() default Long.MAX_VALUE;

    /** The names of the other fields that the operation reads, for the API description. */
    String[] fields() default {};
  }

  /**
   * One file.
   *
   * @param field the name of the form's field that carries it
   * @param fileName the name the sender gave the file, as sent; never a path to write to
   * @param mediaType the type the sender claims
   * @param length how many bytes the file has
   * @param source opens the file's bytes; each call begins anew
   */
  public record Part(String field, String fileName, String mediaType, long length, Source source) {

    /**
     * A file made of bytes at hand.
     *
     * @param bytes copied
     */
    public static Part of(String field, String fileName, String mediaType, byte[] bytes) {
      byte[] copy = Arrays.copyOf(bytes, bytes.length);
      return new Part(
          field, fileName, mediaType, copy.length, () -> new ByteArrayInputStream(copy));
    }

    /**
     * A file on disk, read while it is sent; its type is guessed from its name.
     *
     * @throws IOException when the file cannot be found
     */
    public static Part of(String field, Path file) throws IOException {
      String type = Files.probeContentType(file);
      Path name = file.getFileName();
      return new Part(
          field,
          name == null ? "file" : name.toString(),
          type == null ? "application/octet-stream" : type,
          Files.size(file),
          () -> Files.newInputStream(file));
    }
  }

  /** Opens the bytes of an uploaded file. */
  @FunctionalInterface
  public interface Source {
    /** A new stream at the first byte; the caller closes it. */
    InputStream open() throws IOException;
  }
}
