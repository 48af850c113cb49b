package dev.spanda.media.logo;

import dev.spanda.core.Failure;

/**
 * Draws logos. Names may use every letter that the bundled fonts have: Latin with accents, Cyrillic
 * and Greek; where the style's own font lacks a letter, Inter takes its place. Thread-safe.
 */
public final class LogoMaker {

  private LogoMaker() {}

  /**
   * The logo of a plan.
   *
   * @throws Failure INVALID that names the characters for which there is no letter
   */
  public static Logo draw(LogoPlan plan) {
    return switch (plan.style()) {
      case MODERN -> new ModernLogo(plan).draw();
      case VINTAGE -> new VintageLogo(plan).draw();
      case MINIMALIST -> new MinimalistLogo(plan).draw();
    };
  }
}
