package dev.spanda.media.logo;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Outline;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A small line drawing that stands for a word. */
public enum Icon {
  /** A steaming cup. */
  COFFEE(
      "coffee cafe café roast roasters roastery espresso bean beans tea brew kaffee кофе чай",
      "M20 40H70V58Q70 80 50 80H40Q20 80 20 58Z M70 47H75Q87 47 87 57Q87 67 75 67H68"
          + " M14 92H76 M35 12Q28 20 35 28 M54 12Q47 20 54 28"),
  /** A leaf with its rib. */
  LEAF(
      "leaf green garden organic natural nature eco herb herbal botanic botanical plant plants"
          + " vegan farm flora grow лист сад",
      "M84 14Q34 12 21 46Q13 70 30 80Q62 90 76 56Q84 37 84 14Z M12 94Q32 60 60 39"),
  /** Two peaks and the Sun. */
  MOUNTAIN(
      "mountain mountains peak peaks summit alpine alp alps ridge hill hills outdoor outdoors trek"
          + " trail climb everest rock гора",
      "M4 84L38 28L58 60L68 46L96 84Z M27 46L35 54L41 47L49 46",
      Outline.circle(76, 24, 9)),
  /** Three waves. */
  WAVE(
      "wave waves ocean sea surf marine beach coast tide island sound aqua море",
      "M8 34Q22 18 36 34Q50 50 64 34Q78 18 92 34 M8 55Q22 39 36 55Q50 71 64 55Q78 39 92 55"
          + " M8 76Q22 60 36 76Q50 92 64 76Q78 60 92 76"),
  /** Five tips. */
  STAR(
      "star stars stellar nova astro cosmos cosmic galaxy space звезда",
      "",
      Outline.star(50, 53, 46, 20, 5)),
  /** A lightning bolt. */
  BOLT(
      "bolt electric energy power volt spark flash fast charge lightning thunder",
      "M58 6L18 56H46L40 94L82 40H53Z"),
  /** An open book. */
  BOOK(
      "book books library press publishing read reading school academy college university story"
          + " stories книга",
      "M50 26Q34 14 8 18V78Q34 74 50 86Q66 74 92 78V18Q66 14 50 26Z M50 26V86"),
  /** A heart. */
  HEART(
      "heart love care health medical clinic wellness charity wedding sweet",
      "M50 88C12 60 4 40 11 26C20 9 42 12 50 32C58 12 80 9 89 26C96 40 88 60 50 88Z"),
  /** A disc and its rays. */
  SUN(
      "sun sunny solar sunrise sunset summer day light bright dawn солнце",
      "M50 6V18 M50 82V94 M6 50H18 M82 50H94 M18.9 18.9L27.4 27.4 M72.6 72.6L81.1 81.1"
          + " M18.9 81.1L27.4 72.6 M72.6 27.4L81.1 18.9",
      Outline.circle(50, 50, 20)),
  /** A crescent. */
  MOON(
      "moon lunar luna night dream sleep midnight луна",
      "M60 10C32 14 16 36 19 58C23 84 56 98 84 76C56 78 40 62 41 43C42 29 50 17 60 10Z"),
  /** A flame within a flame. */
  FLAME(
      "fire flame hot grill bbq burn blaze ember candle forge phoenix огонь",
      "M53 6C58 26 82 38 82 63C82 81 67 94 50 94C33 94 18 81 18 63C18 49 26 40 33 29"
          + "C36 39 40 43 44 42C51 33 46 19 53 6Z M50 94C40 94 35 87 37 78C39 70 48 66 50 57"
          + "C54 67 64 71 64 81C64 88 59 94 50 94"),
  /** A fir. */
  TREE(
      "tree trees forest wood woods pine timber oak park лес",
      "M50 6L76 40H65L86 72H14L35 40H24Z M50 72V94"),
  /** A gable and a door. */
  HOUSE(
      "house home homes estate realty property villa cottage build construction inn hotel дом",
      "M8 50L50 12L92 50 M20 40V88H80V40 M41 88V62H59V88"),
  /** Two notes. */
  MUSIC(
      "music song songs melody band radio audio record records jazz choir музыка",
      "M36 76V22L82 12V66",
      Outline.circle(26, 76, 10),
      Outline.circle(72, 66, 10)),
  /** A camera. */
  CAMERA(
      "camera photo photos photography photographer film films cinema video studio lens фото",
      "M34 28L40 15H60L66 28",
      Outline.rounded(new Outline.Box(7, 28, 86, 58), 10),
      Outline.circle(50, 57, 17)),
  /** A crown of three tips. */
  CROWN(
      "crown king kings queen royal royale prince imperial regal luxury",
      "M10 28L30 54L50 18L70 54L90 28L82 74H18Z M19 88H81"),
  /** An anchor. */
  ANCHOR(
      "anchor harbor harbour port nautical sail sailing boat ship captain yacht navy bay",
      "M50 26V90 M33 41H67 M12 60Q18 90 50 90Q82 90 88 60 M6 68L12 59L21 65 M94 68L88 59L79 65",
      Outline.circle(50, 17, 9)),
  /** An open flower. */
  LOTUS(
      "lotus yoga spa zen flower flowers bloom blossom rose petal beauty meditation spirit soul",
      "M50 16Q70 46 50 78Q30 46 50 16Z M38 36Q28 32 22 30Q18 66 50 78Q82 66 78 30Q72 32 62 36"
          + " M20 48Q12 48 5 50Q14 82 50 78Q86 82 95 50Q88 48 80 48"),
  /** Angle brackets and a stroke. */
  CODE(
      "code software tech technology technologies digital data dev developer developers labs lab"
          + " systems cloud computer byte cyber web app",
      "M30 26L6 50L30 74 M70 26L94 50L70 74 M59 16L41 84"),
  /** A globe with meridians. */
  GLOBE(
      "globe world global planet earth travel travels international journey voyage мир",
      "M50 6C24 26 24 74 50 94C76 74 76 26 50 6Z M6 50H94",
      Outline.circle(50, 50, 44)),
  /** A drop. */
  DROP(
      "drop water rain dew spring pure oil paint clean river вода",
      "M50 6C64 30 82 46 82 64C82 82 67 95 50 95C33 95 18 82 18 64C18 46 36 30 50 6Z"
          + " M33 64C33 74 40 80 48 81"),
  /** The initials of the name. */
  MONOGRAM("", "");

  private final List<String> words;
  private final Outline lines;

  Icon(String words, String path, Outline... more) {
    this.words = List.of(words.split(" "));
    Outline.Builder builder = Outline.builder().add(Outline.parse(path));
    for (Outline outline : more) {
      builder.add(outline);
    }
    this.lines = builder.build();
  }

  /** The lines of the drawing in a square of 100 units; none for the initials. */
  public Outline lines() {
    return lines;
  }

  /**
   * The icon of a name in any case, such as {@code coffee}.
   *
   * @throws Failure INVALID when there is none
   */
  public static Icon parse(String name) {
    for (Icon icon : values()) {
      if (icon.name().equalsIgnoreCase(name.strip())) {
        return icon;
      }
    }
    throw Failure.notAllowed(
        "icon",
        name,
        Arrays.stream(values()).map(icon -> icon.name().toLowerCase(Locale.ROOT)).toList());
  }

  /** The icon that a name's own words speak of; the last such word says what the thing is. */
  public static Optional<Icon> of(String text) {
    Optional<Icon> found = Optional.empty();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
      for (Icon icon : values()) {
        if (!word.isEmpty() && icon.words.contains(word)) {
          found = Optional.of(icon);
        }
      }
    }
    return found;
  }
}
