package dev.spanda.contract.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Verb and path of one documented operation, such as {@code "GET /api/v1/audio/presets"}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Route {

  /** The verb in upper case, one space, the path; path variables stand in braces. */
  String value();

  /** The status of a successful answer. */
  int status() default 200;

  /** What the operation does, in one sentence, for the generated API description. */
  String summary();

  /** The name under which the operations of an interface are listed in the API description. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Group {
    /** A short title, such as {@code Audio}. */
    String value();
  }
}
