package dev.spanda.astrology.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RiseSetTest {

  private static final Place TROMSO = Place.of(69.65, 18.96);
  private final Almanac almanac = Almanac.standard();
  private final RiseSet riseSet = new RiseSet(almanac);

  @Test
  void theMidnightSunNeverSets() {
    Instant june = Instant.parse("2024-06-21T00:00:00Z");
    assertThat(riseSet.next(RiseSet.Event.SET, Body.SUN, TROMSO, june))
        .isEqualTo(new Passing.Never(Passing.Why.ALWAYS_ABOVE));
    assertThat(riseSet.next(RiseSet.Event.RISE, Body.SUN, TROMSO, june))
        .isEqualTo(new Passing.Never(Passing.Why.ALWAYS_ABOVE));
  }

  @Test
  void inThePolarNightTheSunNeverRisesButCivilTwilightComes() {
    Instant december = Instant.parse("2024-12-21T00:00:00Z");
    assertThat(riseSet.next(RiseSet.Event.RISE, Body.SUN, TROMSO, december))
        .isEqualTo(new Passing.Never(Passing.Why.ALWAYS_BELOW));
    assertThat(
            riseSet
                .next(RiseSet.Event.RISE, Body.SUN, TROMSO, december, RiseSet.Limit.CIVIL)
                .time())
        .isPresent();
  }

  @Test
  void theSunComesBackAfterThePolarNightWhenTheSearchIsLongEnough() {
    Passing back =
        riseSet.next(
            RiseSet.Event.RISE,
            Body.SUN,
            TROMSO,
            Instant.parse("2024-12-21T00:00:00Z"),
            RiseSet.Limit.UPPER_LIMB,
            Duration.ofDays(40));
    assertThat(back.time().orElseThrow())
        .isBetween(Instant.parse("2025-01-13T00:00:00Z"), Instant.parse("2025-01-18T00:00:00Z"));
  }

  @Test
  void twilightsFollowOneAnotherInTheMorning() {
    Instant midnight = Instant.parse("2024-03-20T00:00:00Z");
    Place rome = Place.of(41.9, 12.5);
    Instant before = midnight;
    for (RiseSet.Limit limit :
        new RiseSet.Limit[] {
          RiseSet.Limit.ASTRONOMICAL,
          RiseSet.Limit.NAUTICAL,
          RiseSet.Limit.CIVIL,
          RiseSet.Limit.UPPER_LIMB,
          RiseSet.Limit.CENTRE
        }) {
      Instant at =
          riseSet.next(RiseSet.Event.RISE, Body.SUN, rome, midnight, limit).time().orElseThrow();
      assertThat(at).isAfter(before);
      before = at;
    }
  }

  @Test
  void whatIsFoundIsTheFirstPassingAfterTheStart() {
    // Against a plain scan of the height, minute by minute; seed 17.
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < 60; i++) {
      Body body = random.nextBoolean() ? Body.MOON : Body.SUN;
      Place place = Place.of(random.nextDouble() * 178 - 89, random.nextDouble() * 360 - 180);
      double from = 2451545 + random.nextDouble() * 7000;
      boolean up = random.nextBoolean();
      double found =
          riseSet.nextUt1(
              up ? RiseSet.Event.RISE : RiseSet.Event.SET,
              body,
              place,
              from,
              RiseSet.Limit.CENTRE,
              28 / 24.0);
      Diurnal way = new Diurnal(almanac, body, place, from, 28 / 24.0, 0, 0);
      double plain = Double.NaN;
      double before = way.height(from);
      for (int minute = 1; minute <= 28 * 60; minute++) {
        double now = way.height(from + minute / 1440.0);
        if (up ? before < 0 && now >= 0 : before >= 0 && now < 0) {
          plain = from + minute / 1440.0;
          break;
        }
        before = now;
      }
      if (Double.isNaN(plain)) {
        assertThat(Double.isFinite(found)).as("round " + i).isFalse();
      } else {
        assertThat(found).as("round " + i).isCloseTo(plain, within(1.001 / 1440));
      }
    }
  }

  @Test
  void theInterpolatedWayStaysWithinAHundredthOfAnArcsecondOfTheEphemeris() {
    SplittableRandom random = new SplittableRandom(23);
    for (int i = 0; i < 50; i++) {
      double from = 2451545 + random.nextDouble() * 7000;
      for (Body body : Body.planets()) {
        Place pole = Place.of(90, 0);
        Diurnal long28 = new Diurnal(almanac, body, pole, from, 28 / 24.0, 0, 0);
        double t = from + random.nextDouble() * 28 / 24;
        // A span of a second makes the interpolation the ephemeris itself.
        Diurnal instant = new Diurnal(almanac, body, pole, t - 5e-6, 1e-5, 0, 0);
        assertThat(long28.height(t))
            .as("seed 23, %s, round %d", body, i)
            .isCloseTo(instant.height(t), within(Math.toRadians(0.01 / 3600)));
      }
    }
  }

  @Test
  void aSearchWithoutLengthIsRefused() {
    assertThatThrownBy(
            () ->
                riseSet.next(
                    RiseSet.Event.RISE,
                    Body.SUN,
                    TROMSO,
                    Instant.EPOCH,
                    RiseSet.Limit.CENTRE,
                    Duration.ZERO))
        .isInstanceOf(Failure.class);
  }
}
