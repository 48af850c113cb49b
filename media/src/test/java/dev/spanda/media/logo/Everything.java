package dev.spanda.media.logo;

/** Draws every logo of the sheet in every format; run in a program of its own. */
public final class Everything {

  private Everything() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    for (LogoPlan plan : LogoSheet.plans()) {
      Logo logo = LogoMaker.draw(plan);
      int bytes = logo.png(200).length + logo.svg().length() + logo.pdf().length;
      if (bytes < 3000) {
        throw new IllegalStateException("Too little was drawn: " + bytes);
      }
    }
  }
}
