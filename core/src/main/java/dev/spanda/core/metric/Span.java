package dev.spanda.core.metric;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as people write it: a whole number and {@code s}, {@code m}, {@code h} or {@code
 * d}, such as {@code 5m} or {@code 24h}.
 *
 * @param text as it was written
 * @param length from 1 s to 999 999 d
 */
public record Span(String text, Duration length) {

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  /**
   * Reads a length of time.
   *
   * @param subject what a failure is about, such as {@code period}
   * @throws Failure INVALID when the text has another form
   */
  public static Span parse(String subject, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw Failure.invalid(
          subject,
          text,
          subject
              + " must be a whole number from 1 to 999999 and s, m, h or d, such as 24h; was "
              + (text.length() <= 40 ? text : text.substring(0, 40) + "…"));
    }
    long number = Long.parseLong(matcher.group(1));
    Duration length =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    return new Span(text, length);
  }
}
