package dev.spanda.media.canvas;

/** Writes outlines as SVG path data. */
final class PathWriter implements Outline.Pen {

  private final StringBuilder text = new StringBuilder();

  private PathWriter() {}

  static String write(Outline outline) {
    PathWriter writer = new PathWriter();
    outline.trace(writer);
    return writer.text.toString();
  }

  /** A number with at most three decimals and no zeros at its end, whatever the locale. */
  static String number(double value) {
    long thousandths = Math.round(value * 1000);
    if (thousandths == 0) {
      return "0";
    }
    StringBuilder number = new StringBuilder();
    if (thousandths < 0) {
      number.append('-');
      thousandths = -thousandths;
    }
    number.append(thousandths / 1000);
    int rest = (int) (thousandths % 1000);
    if (rest != 0) {
      number.append('.').append((char) ('0' + rest / 100));
      if (rest % 100 != 0) {
        number.append((char) ('0' + rest / 10 % 10));
        if (rest % 10 != 0) {
          number.append((char) ('0' + rest % 10));
        }
      }
    }
    return number.toString();
  }

  private void step(char letter, double... numbers) {
    text.append(letter);
    for (int at = 0; at < numbers.length; at++) {
      String number = number(numbers[at]);
      if (at > 0 && number.charAt(0) != '-') {
        text.append(' ');
      }
      text.append(number);
    }
  }

  @Override
  public void moveTo(double x, double y) {
    step('M', x, y);
  }

  @Override
  public void lineTo(double x, double y) {
    step('L', x, y);
  }

  @Override
  public void quadTo(double controlX, double controlY, double x, double y) {
    step('Q', controlX, controlY, x, y);
  }

  @Override
  public void curveTo(
      double firstX, double firstY, double secondX, double secondY, double x, double y) {
    step('C', firstX, firstY, secondX, secondY, x, y);
  }

  @Override
  public void close() {
    step('Z');
  }
}
