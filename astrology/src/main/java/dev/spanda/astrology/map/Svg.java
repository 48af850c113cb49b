package dev.spanda.astrology.map;

import dev.spanda.astrology.Body;
import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes SVG elements; coordinates get two decimals, which is a fiftieth of a hair here. */
final class Svg {

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final StringWriter text = new StringWriter(1 << 16);
  private final XMLStreamWriter xml;

  Svg(double width, double height, String title) {
    try {
      xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartElement("svg");
      xml.writeDefaultNamespace(NAMESPACE);
      attributes(
          "viewBox",
          "0 0 " + number(width) + " " + number(height),
          "width",
          number(width),
          "height",
          number(height),
          "role",
          "img");
      xml.writeStartElement("title");
      xml.writeCharacters(title);
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
  }

  /** An element without content; attributes come in pairs of name and value. */
  Svg element(String name, String... pairs) {
    try {
      xml.writeEmptyElement(name);
      attributes(pairs);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
    return this;
  }

  Svg open(String name, String... pairs) {
    try {
      xml.writeStartElement(name);
      attributes(pairs);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
    return this;
  }

  /** A group with a title that browsers show under the pointer. */
  Svg openTitled(String title, String... pairs) {
    open("g", pairs);
    try {
      xml.writeStartElement("title");
      xml.writeCharacters(title);
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
    return this;
  }

  Svg close() {
    try {
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
    return this;
  }

  Svg path(String data, String... pairs) {
    String[] all = new String[pairs.length + 2];
    all[0] = "d";
    all[1] = data;
    System.arraycopy(pairs, 0, all, 2, pairs.length);
    return element("path", all);
  }

  Svg line(double x1, double y1, double x2, double y2, String... pairs) {
    return path("M" + number(x1) + "," + number(y1) + " L" + number(x2) + "," + number(y2), pairs);
  }

  /** A stroke glyph with its centre at a point, {@code size} high. */
  Svg glyph(String data, double x, double y, double size, String colour, double stroke) {
    double scale = size / 24;
    return path(
        data,
        "transform",
        "translate(" + number(x) + "," + number(y) + ") scale(" + precise(scale) + ")",
        "fill",
        "none",
        "stroke",
        colour,
        "stroke-width",
        precise(stroke / scale),
        "stroke-linecap",
        "round",
        "stroke-linejoin",
        "round");
  }

  /** Stroke letters centred on a point. */
  Svg letters(String letters, double x, double y, double size, String colour, double stroke) {
    double scale = size / 10;
    double left = x - Glyphs.width(letters) * scale / 2;
    open("g", "fill", "none", "stroke", colour, "stroke-width", precise(stroke / scale));
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (letter != ' ') {
        path(
            Glyphs.of(letter),
            "transform",
            "translate("
                + number(left)
                + ","
                + number(y + size / 2)
                + ") scale("
                + precise(scale)
                + ")",
            "stroke-linecap",
            "round",
            "stroke-linejoin",
            "round");
      }
      left += Glyphs.advance(letter) * scale;
    }
    return close();
  }

  String finish() {
    try {
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
    return text.toString();
  }

  /** At most two decimals, no trailing zeros. */
  static String number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    String rest = Long.toString(100 + Math.abs(hundredths % 100)).substring(1);
    return (hundredths < 0 ? "-" : "") + Math.abs(hundredths / 100) + "." + rest;
  }

  private static String precise(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** One colour for each body on both drawings, dark enough for paper. */
  static String colour(Body body) {
    return switch (body) {
      case SUN -> "#d08a00";
      case MOON -> "#5b7aa6";
      case MERCURY -> "#7a6a3a";
      case VENUS -> "#2f8f5b";
      case MARS -> "#c0392b";
      case JUPITER -> "#7b3fa0";
      case SATURN -> "#4a4a4a";
      case URANUS -> "#0e8a9a";
      case NEPTUNE -> "#2a55c4";
      case PLUTO -> "#7d1f3d";
      default -> "#8a7a66";
    };
  }

  private void attributes(String... pairs) throws XMLStreamException {
    for (int i = 0; i < pairs.length; i += 2) {
      xml.writeAttribute(pairs[i], pairs[i + 1]);
    }
  }
}
