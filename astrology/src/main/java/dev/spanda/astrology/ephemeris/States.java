package dev.spanda.astrology.ephemeris;

/** Where the bodies numbered in {@link Pack} are and how they move, by one model. */
interface States {

  /**
   * Position and velocity in au and au a day along the ICRS axes: of the Moon from the Earth; of
   * Mercury, Venus, the Earth-Moon barycentre and the minor planets from the Sun; of the Sun and
   * the others from the barycentre of the solar system.
   *
   * @param out receives six numbers from {@code at} on
   */
  void state(int body, double dayTdb, double[] out, int at);
}
