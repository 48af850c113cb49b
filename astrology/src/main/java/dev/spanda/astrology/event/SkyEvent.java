package dev.spanda.astrology.event;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Sign;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** Something that happens in the sky at one moment, wherever one stands. */
public sealed interface SkyEvent {

  /** When it happens. */
  Instant at();

  /**
   * A body enters a sign.
   *
   * @param direct whether it enters in the order of the signs; a retrograde body enters by the end
   */
  record Ingress(Instant at, Body body, Sign sign, boolean direct) implements SkyEvent {
    /** Checks that nothing is missing. */
    public Ingress {
      Objects.requireNonNull(at);
      Objects.requireNonNull(body);
      Objects.requireNonNull(sign);
    }
  }

  /**
   * A body stands still in ecliptic longitude.
   *
   * @param longitudeDeg where, degrees from 0 (inclusive) to 360
   * @param retrograde whether it goes backward from then on
   */
  record Station(Instant at, Body body, double longitudeDeg, boolean retrograde)
      implements SkyEvent {
    /** Checks that nothing is missing. */
    public Station {
      Objects.requireNonNull(at);
      Objects.requireNonNull(body);
    }
  }

  /**
   * The middle of an eclipse: of the Sun, when the centres of Sun and Moon are closest as seen from
   * the centre of the Earth; of the Moon, when its centre is closest to the axis of the shadow.
   *
   * @param body the eclipsed body, Sun or Moon
   */
  record Eclipse(Instant at, Body body, EclipseKind kind) implements SkyEvent {
    /** Checks the body. */
    public Eclipse {
      Objects.requireNonNull(at);
      Objects.requireNonNull(kind);
      if (body != Body.SUN && body != Body.MOON) {
        throw new IllegalArgumentException("Eclipsed are Sun and Moon, not " + body);
      }
    }
  }

  /** How deep an eclipse is. */
  enum EclipseKind {
    /** The Moon covers a part of the Sun, or the umbra a part of the Moon. */
    PARTIAL,
    /** The Moon stands inside the Sun's disc. */
    ANNULAR,
    /** Annular on a part of its path, total on the rest. */
    HYBRID,
    /** Covered wholly. */
    TOTAL,
    /** The Moon meets the penumbra alone. */
    PENUMBRAL;

    /** The name in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
