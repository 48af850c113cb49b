package dev.spanda.contract.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where a parameter of an operation stands in the request. A parameter without one of these is the
 * request's body. A parameter whose type is annotated {@code @Nullable} may be absent.
 */
public @interface Param {

  /** A part of the path, named as in the braces of the route. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @interface Path {
    /** The name in the braces. */
    String value();
  }

  /** A query parameter; a parameter of type {@code List<String>} takes every occurrence. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @interface Query {
    /** The name in the query string. */
    String value();
  }

  /** A request header. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @interface Header {
    /** The header's name. */
    String value();
  }
}
