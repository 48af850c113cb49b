package dev.spanda.audio.bowl;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A bowl: its modes from low to high, and where they come from. Immutable.
 *
 * <p>The eight bowls here are measured ones. Their sources give frequencies, and four of them
 * splits and decay times; what a source does not give follows these models: the decay time is
 * 2.2·Q/f with Q = 6 000, in the midst of the 4 000 to 15 000 that measured bowls show; a mode
 * whose splitting was not looked for is a doublet split by 0.2 %, while one that was measured to be
 * single stays single; an ideal blow, infinitely short, sets all modes in motion with the same
 * amplitude, and what the mallet leaves of it is the matter of {@link Stroke.Strike}.
 *
 * @param name what the bowl is called, not blank
 * @param modes at least one and at most 64, sorted by frequency; the first is the fundamental;
 *     copied
 * @param source where the numbers come from, in a sentence
 */
public record Bowl(String name, List<Mode> modes, String source) {

  /** T60·f of a mode with Q = 1: 3·ln 10/π = 2.199. */
  static final double T60_PER_Q = 3 * 2.302585092994046 / Math.PI;

  private static final double MODEL_Q = 6000;
  private static final double MODEL_SPLIT = 0.002;
  private static final int MOST_MODES = 64;

  /**
   * One way in which the bowl's wall moves: a standing wave with 2n nodes around the rim. The rim
   * is never quite round, so the mode exists twice, turned by a quarter wave, at two frequencies;
   * the two beat.
   *
   * @param frequencyHz the middle of the doublet, from 0.1 to 100 000 Hz
   * @param amplitude relative to the other modes under an ideal, infinitely short blow; from 0 to 1
   *     000
   * @param t60Seconds the time of a fall by 60 dB, from 0.05 to 10 000 s
   * @param splitHz how far the two members lie apart, from 0 to half the frequency; 0 for a single
   *     mode
   * @param order n, half the number of nodes around the rim, from 0 to 100; 0 for a line that does
   *     not depend on where the bowl is struck
   */
  public record Mode(
      double frequencyHz, double amplitude, double t60Seconds, double splitHz, int order) {

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID when a component is out of its range
     */
    public Mode {
      Failure.requireInRange("mode_frequency", "Mode frequency", frequencyHz, 0.1, 100_000, "Hz");
      Failure.requireInRange("mode_amplitude", "Mode amplitude", amplitude, 0, 1000, "");
      Failure.requireInRange("mode_t60", "Mode decay time", t60Seconds, 0.05, 10_000, "s");
      Failure.requireInRange("mode_split", "Mode split", splitHz, 0, frequencyHz / 2, "Hz");
      Failure.requireInRange("mode_order", "Mode order", order, 0, 100, "");
    }

    /** The lower member of the doublet, or the mode itself when it is single. */
    public double lowerHz() {
      return frequencyHz - splitHz / 2;
    }

    /** The upper member of the doublet, or the mode itself when it is single. */
    public double upperHz() {
      return frequencyHz + splitHz / 2;
    }

    /** The quality: 2π times the energy held over the energy lost in one period. */
    public double q() {
      return t60Seconds * frequencyHz / T60_PER_Q;
    }

    /** The same mode of a bowl cast larger or smaller: split in proportion, Q the same. */
    Mode scaled(double ratio) {
      double t60 = Math.min(10_000, Math.max(0.05, t60Seconds / ratio));
      double frequency = Math.min(100_000, Math.max(0.1, frequencyHz * ratio));
      return new Mode(frequency, amplitude, t60, Math.min(splitHz * ratio, frequency / 2), order);
    }
  }

  private static final String INACIO =
      "Csound manual, appendix of modal frequency ratios; the bowls of Inácio, Henrique and"
          + " Antunes, Acta Acustica 92 (2006) 637-653. Decay times and splits are modelled.";

  private static final String OWN_ANALYSIS =
      "; frequencies, splits and decay times from a modal analysis of the recording";

  /**
   * A bowl of 180 mm and 934 g: 221, 614, 1145, 1804, 2577, 3456, 4419 Hz.
   *
   * <p>Source: Csound manual, appendix of modal frequency ratios, after Inácio, Henrique and
   * Antunes, Acta Acustica 92 (2006) 637–653. Decay times and splits are modelled.
   */
  public static final Bowl HEAVY_180_MM =
      listed("heavy-180mm", INACIO, 221, 614, 1145, 1804, 2577, 3456, 4419);

  /**
   * A bowl of 152 mm and 563 g: 314, 836, 1519, 2360, 3341, 4462, 5696 Hz.
   *
   * <p>Source: as {@link #HEAVY_180_MM}.
   */
  public static final Bowl MIDDLE_152_MM =
      listed("middle-152mm", INACIO, 314, 836, 1519, 2360, 3341, 4462, 5696);

  /**
   * A bowl of 140 mm and 557 g: 528, 1460, 2704, 4122, 5694 Hz.
   *
   * <p>Source: as {@link #HEAVY_180_MM}.
   */
  public static final Bowl SMALL_140_MM =
      listed("small-140mm", INACIO, 528, 1460, 2704, 4122, 5694);

  /**
   * A Tibetan prayer bowl known by its frequency ratios, 0.99611/1.00389, 2.97918/2.99330, 5.70445,
   * 8.9982/9.0155, 12.8074/12.8330, 17.281, 21.976; tuned here to 220 Hz, which is our choice.
   *
   * <p>Source: Essl and Cook, ICMC 2002; preset 3 of STK's BandedWG. Decay times are modelled; the
   * modes that the source gives as one line stay single.
   */
  public static final Bowl PRAYER =
      new Bowl(
          "prayer",
          List.of(
              ratios(2, 0.99611, 1.00389),
              ratios(3, 2.97918, 2.99330),
              ratios(4, 5.70445, 5.70445),
              ratios(5, 8.9982, 9.0155),
              ratios(6, 12.8074, 12.8330),
              ratios(7, 17.281, 17.281),
              ratios(8, 21.976, 21.976)),
          "Frequency ratios of Essl and Cook, ICMC 2002, in preset 3 of STK's BandedWG; tuned to"
              + " 220 Hz. Decay times are modelled.");

  /**
   * A struck bowl of 526 Hz: 526.40, 1412.62+1414.04, 2625.3+2627.4, 4122.1+4126.8 Hz; T60 52.7,
   * 23.9, 10.3, 3.6 s.
   *
   * <p>Source: our modal analysis of Freesound recording 2166.
   */
  public static final Bowl FREESOUND_2166 =
      new Bowl(
          "freesound-2166",
          List.of(
              measured(2, 526.40, 526.40, 52.7),
              measured(3, 1412.62, 1414.04, 23.9),
              measured(4, 2625.3, 2627.4, 10.3),
              measured(5, 4122.1, 4126.8, 3.6)),
          "Freesound 2166 (struck)" + OWN_ANALYSIS);

  /**
   * A bowl of 184 Hz: 184.01+185.01, 520.37+522.42, 1000.2+1001.4, 1600.3+1603.0, 2304 Hz; T60 51,
   * 39, 19.6, 6.0, 3.6 s, which may be short, since the take was edited.
   *
   * <p>Source: our modal analysis of Freesound recording 122647 (CC-BY).
   */
  public static final Bowl FREESOUND_122647 =
      new Bowl(
          "freesound-122647",
          List.of(
              measured(2, 184.01, 185.01, 51),
              measured(3, 520.37, 522.42, 39),
              measured(4, 1000.2, 1001.4, 19.6),
              measured(5, 1600.3, 1603.0, 6.0),
              measured(6, 2304, 2304, 3.6)),
          "Freesound 122647 (CC-BY), an edited take" + OWN_ANALYSIS);

  /**
   * A bowl of 151 Hz: 149.9+152.0, 430.7, 825.4, 1316.2+1320.5, 1884.1+1889.7, 2519+2529, 3210 Hz;
   * T60 18, 34, 22, 12.4, 10.5, 7.1, 3.9 s.
   *
   * <p>Source: our modal analysis of Freesound recording 116315 (CC0).
   */
  public static final Bowl FREESOUND_116315 =
      new Bowl(
          "freesound-116315",
          List.of(
              measured(2, 149.9, 152.0, 18),
              measured(3, 430.7, 430.7, 34),
              measured(4, 825.4, 825.4, 22),
              measured(5, 1316.2, 1320.5, 12.4),
              measured(6, 1884.1, 1889.7, 10.5),
              measured(7, 2519, 2529, 7.1),
              measured(8, 3210, 3210, 3.9)),
          "Freesound 116315 (CC0)" + OWN_ANALYSIS);

  /**
   * A bowl of 317 Hz: 316.15+318.35, 889.2+894.7, 1644.6, 2571.0+2577.7, 3622.7+3649.5 Hz; T60
   * 37.6, 32, 19, 10.1, 5.2 s.
   *
   * <p>Source: our modal analysis of Freesound recording 202017 (CC0).
   */
  public static final Bowl FREESOUND_202017 =
      new Bowl(
          "freesound-202017",
          List.of(
              measured(2, 316.15, 318.35, 37.6),
              measured(3, 889.2, 894.7, 32),
              measured(4, 1644.6, 1644.6, 19),
              measured(5, 2571.0, 2577.7, 10.1),
              measured(6, 3622.7, 3649.5, 5.2)),
          "Freesound 202017 (CC0)" + OWN_ANALYSIS);

  private static final List<Bowl> MEASURED =
      List.of(
          HEAVY_180_MM,
          MIDDLE_152_MM,
          SMALL_140_MM,
          PRAYER,
          FREESOUND_2166,
          FREESOUND_122647,
          FREESOUND_116315,
          FREESOUND_202017);

  /**
   * Checks the modes.
   *
   * @throws Failure INVALID when the name is blank, when there is no mode or more than 64, or when
   *     they are not sorted
   */
  public Bowl {
    modes = List.copyOf(modes);
    if (name.isBlank()) {
      throw Failure.invalid("bowl_name", name, "A bowl has a name; was blank");
    }
    Failure.requireInRange("modes", "Number of modes", modes.size(), 1, MOST_MODES, "");
    for (int i = 1; i < modes.size(); i++) {
      if (modes.get(i).frequencyHz() < modes.get(i - 1).frequencyHz()) {
        throw Failure.invalid(
            "modes", modes.get(i).frequencyHz(), "Modes are sorted by frequency, lowest first");
      }
    }
  }

  /** The eight measured bowls. */
  public static List<Bowl> measured() {
    return MEASURED;
  }

  /** The measured bowl of that name, such as {@code heavy-180mm}. */
  public static Optional<Bowl> named(String name) {
    return MEASURED.stream().filter(bowl -> bowl.name.equals(name)).findFirst();
  }

  /** The frequency of the lowest mode, in Hz. */
  public double fundamentalHz() {
    return modes.get(0).frequencyHz();
  }

  /**
   * This bowl cast larger or smaller, so that its fundamental is the given one: frequency ratios,
   * relative splits and Q stay. Modes that would lie above 100 000 Hz are left out.
   *
   * @param frequencyHz from 0.1 to 20 000 Hz
   * @throws Failure INVALID when the frequency is out of its range
   */
  public Bowl tunedTo(double frequencyHz) {
    Failure.requireInRange("frequency", "Frequency", frequencyHz, 0.1, 20_000, "Hz");
    double ratio = frequencyHz / fundamentalHz();
    List<Mode> scaled = new ArrayList<>();
    for (Mode mode : modes) {
      if (mode.frequencyHz() * ratio <= 100_000) {
        scaled.add(mode.scaled(ratio));
      }
    }
    return new Bowl(name, scaled, source);
  }

  private static Bowl listed(String name, String source, double... frequenciesHz) {
    int[] order = {2};
    return new Bowl(
        name,
        Arrays.stream(frequenciesHz)
            .mapToObj(hz -> new Mode(hz, 1, T60_PER_Q * MODEL_Q / hz, hz * MODEL_SPLIT, order[0]++))
            .toList(),
        source);
  }

  private static Mode ratios(int order, double lower, double upper) {
    double middle = 220 * (lower + upper) / 2;
    return measured(order, 220 * lower, 220 * upper, T60_PER_Q * MODEL_Q / middle);
  }

  private static Mode measured(int order, double lowerHz, double upperHz, double t60Seconds) {
    return new Mode((lowerHz + upperHz) / 2, 1, t60Seconds, upperHz - lowerHz, order);
  }
}
