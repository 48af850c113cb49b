package dev.spanda.astrology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import org.junit.jupiter.api.Test;

class BodyTest {

  @Test
  void everyLabelAndConstantNameIsRead() {
    for (Body body : Body.values()) {
      assertThat(Body.parse(body.label())).isEqualTo(body);
      assertThat(Body.parse(body.name().replace('_', ' '))).isEqualTo(body);
    }
  }

  @Test
  void anUnknownBodyIsRefusedWithTheList() {
    assertThatThrownBy(() -> Body.parse("Nibiru"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.details()).containsKey(Failure.ALLOWED_VALUES));
  }

  @Test
  void signsDivideTheCircle() {
    assertThat(Sign.of(0)).isEqualTo(Sign.ARIES);
    assertThat(Sign.of(29.999)).isEqualTo(Sign.ARIES);
    assertThat(Sign.of(-0.001)).isEqualTo(Sign.PISCES);
    assertThat(Sign.of(-1e-20)).isEqualTo(Sign.ARIES);
    assertThat(Sign.of(725)).isEqualTo(Sign.ARIES);
    assertThat(Sign.degreesInto(95.5)).isEqualTo(5.5);
  }

  @Test
  void aPlaceBeyondThePoleIsRefused() {
    assertThatThrownBy(() -> Place.of(90.1, 0)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Place.of(0, Double.NaN)).isInstanceOf(Failure.class);
  }
}
