package dev.spanda.core.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  private static final String SECRET = "your_webhook_secret";
  private static final byte[] BODY = "{\"event\":\"credits.low\"}".getBytes(UTF_8);
  private static final Instant NOW = Instant.parse("2025-11-21T12:05:00Z");
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  /** RFC 4231, section 4.3: test case 2. */
  @Test
  void theCodeIsThatOfTheStandard() {
    assertThat(Signature.of("Jefe", "what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void aSignatureFitsItsOwnBodyAndSecretAlone() {
    String signature = Signature.of(SECRET, BODY);
    assertThat(signature).matches("[0-9a-f]{64}");
    assertThat(Signature.verify(SECRET, BODY, signature)).isTrue();
    assertThat(Signature.verify(SECRET, BODY, signature.toUpperCase(Locale.ROOT))).isTrue();
    assertThat(Signature.verify("other_secret", BODY, signature)).isFalse();
    assertThat(Signature.verify(SECRET, "{}".getBytes(US_ASCII), signature)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "zz", "sha256=", "é", "0000000000000000000000000000000"})
  void whatIsNoSignatureFitsNothing(String text) {
    assertThat(Signature.verify(SECRET, BODY, text)).isFalse();
    assertThat(Signature.verifyStamped(SECRET, BODY, text, NOW, FIVE_MINUTES)).isFalse();
  }

  @Test
  void aStampedSignatureFitsForItsTimeOnly() {
    String header = Signature.stamped(SECRET, NOW, BODY);
    assertThat(header).matches("t=1763726700,v1=[0-9a-f]{64}");
    assertThat(header)
        .isEqualTo(
            "t=1763726700,v1=" + Signature.of(SECRET, "1763726700." + new String(BODY, UTF_8)));
    assertThat(stampFits(header, NOW)).isTrue();
    assertThat(stampFits(header, NOW.plus(FIVE_MINUTES))).isTrue();
    assertThat(stampFits(header, NOW.minus(FIVE_MINUTES))).isTrue();
    assertThat(stampFits(header, NOW.plus(FIVE_MINUTES).plusMillis(1))).isFalse();
    assertThat(stampFits(header, NOW.minus(FIVE_MINUTES).minusMillis(1))).isFalse();
    assertThat(stampFits(header.replace("t=1763726700", "t=1763726701"), NOW)).isFalse();
    assertThat(Signature.verifyStamped("other_secret", BODY, header, NOW, FIVE_MINUTES)).isFalse();
  }

  private static boolean stampFits(String header, Instant now) {
    return Signature.verifyStamped(SECRET, BODY, header, now, FIVE_MINUTES);
  }

  @Test
  void aHeaderMayCarrySeveralCodesButOneTime() {
    String header = Signature.stamped(SECRET, NOW, BODY);
    String code = header.substring(header.indexOf("v1="));
    assertThat(stampFits("t=1763726700, v0=1, v1=" + "0".repeat(64) + ", " + code, NOW)).isTrue();
    assertThat(stampFits("t=1763726700,t=1763726700," + code, NOW)).isFalse();
    assertThat(stampFits(code, NOW)).isFalse();
    assertThat(stampFits("t=," + code, NOW)).isFalse();
    assertThat(stampFits("t=-1," + code, NOW)).isFalse();
    assertThat(stampFits("t=99999999999999999999," + code, NOW)).isFalse();
    assertThat(stampFits("t=1763726700", NOW)).isFalse();
    assertThat(stampFits(header + ",x=" + "y".repeat(1000), NOW)).isFalse();
  }
}
