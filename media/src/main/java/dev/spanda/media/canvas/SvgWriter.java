package dev.spanda.media.canvas;

import dev.spanda.core.Failure;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a canvas as SVG 1.1. */
final class SvgWriter {

  private static final String SVG = "http://www.w3.org/2000/svg";

  private final XMLStreamWriter xml;
  private final Map<Object, String> names = new HashMap<>();

  private SvgWriter(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String write(Canvas canvas, String title, double width, double height) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new SvgWriter(xml).document(canvas, title, width, height);
      xml.close();
    } catch (XMLStreamException broken) {
      throw Failure.of(Failure.Reason.FAILED, "svg", "The SVG could not be written")
          .causedBy(broken);
    }
    return text.toString();
  }

  private void document(Canvas canvas, String title, double shownWidth, double shownHeight)
      throws XMLStreamException {
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace(SVG);
    String width = PathWriter.number(canvas.width());
    String height = PathWriter.number(canvas.height());
    attribute("width", PathWriter.number(shownWidth));
    attribute("height", PathWriter.number(shownHeight));
    attribute("viewBox", "0 0 " + width + " " + height);
    attribute("role", "img");
    xml.writeStartElement("title");
    xml.writeCharacters(title.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", " "));
    xml.writeEndElement();
    for (Canvas.Item item : canvas.items()) {
      define(item);
    }
    for (Canvas.Item item : canvas.items()) {
      draw(item);
    }
    xml.writeEndElement();
  }

  private void define(Canvas.Item item) throws XMLStreamException {
    Paint paint =
        item instanceof Canvas.Fill fill
            ? fill.paint()
            : item instanceof Canvas.Stroke stroke ? stroke.paint() : Paint.of(0);
    if (item instanceof Canvas.Shadow shadow
        && shadow.blur() > 0
        && !names.containsKey(shadow.blur())) {
      names.put(shadow.blur(), "blur" + names.size());
      xml.writeStartElement("filter");
      attribute("id", names.getOrDefault(shadow.blur(), ""));
      for (String side : new String[] {"x", "y"}) {
        attribute(side, "-50%");
      }
      attribute("width", "200%");
      attribute("height", "200%");
      xml.writeEmptyElement("feGaussianBlur");
      attribute("stdDeviation", PathWriter.number(shadow.blur()));
      xml.writeEndElement();
    }
    if (paint instanceof Paint.Solid || names.containsKey(paint)) {
      return;
    }
    String name = "paint" + names.size();
    names.put(paint, name);
    if (paint instanceof Paint.Linear linear) {
      xml.writeStartElement("linearGradient");
      attribute("id", name);
      attribute("gradientUnits", "userSpaceOnUse");
      attribute("x1", PathWriter.number(linear.fromX()));
      attribute("y1", PathWriter.number(linear.fromY()));
      attribute("x2", PathWriter.number(linear.toX()));
      attribute("y2", PathWriter.number(linear.toY()));
      stops(linear.from(), linear.to());
    } else if (paint instanceof Paint.Radial radial) {
      xml.writeStartElement("radialGradient");
      attribute("id", name);
      attribute("gradientUnits", "userSpaceOnUse");
      attribute("cx", PathWriter.number(radial.x()));
      attribute("cy", PathWriter.number(radial.y()));
      attribute("r", PathWriter.number(radial.radius()));
      stops(radial.from(), radial.to());
    }
    xml.writeEndElement();
  }

  private void stops(int from, int to) throws XMLStreamException {
    for (int offset = 0; offset < 2; offset++) {
      int argb = offset == 0 ? from : to;
      xml.writeEmptyElement("stop");
      attribute("offset", Integer.toString(offset));
      attribute("stop-color", Paint.hex(argb));
      opacity("stop-opacity", argb);
    }
  }

  private void draw(Canvas.Item item) throws XMLStreamException {
    xml.writeEmptyElement("path");
    if (item instanceof Canvas.Fill fill) {
      attribute("d", fill.outline().toString());
      paint("fill", fill.paint());
    } else if (item instanceof Canvas.Stroke stroke) {
      attribute("d", stroke.outline().toString());
      attribute("fill", "none");
      paint("stroke", stroke.paint());
      attribute("stroke-width", PathWriter.number(stroke.pen().width()));
      if (stroke.pen().round()) {
        attribute("stroke-linecap", "round");
        attribute("stroke-linejoin", "round");
      }
    } else if (item instanceof Canvas.Shadow shadow) {
      attribute("d", shadow.outline().toString());
      attribute("fill", Paint.hex(shadow.argb()));
      opacity("fill-opacity", shadow.argb());
      if (shadow.blur() > 0) {
        attribute("filter", "url(#" + names.get(shadow.blur()) + ")");
      }
    }
  }

  private void paint(String what, Paint paint) throws XMLStreamException {
    if (paint instanceof Paint.Solid solid) {
      attribute(what, Paint.hex(solid.argb()));
      opacity(what + "-opacity", solid.argb());
    } else {
      attribute(what, "url(#" + names.get(paint) + ")");
    }
  }

  private void opacity(String name, int argb) throws XMLStreamException {
    if (argb >>> 24 != 255) {
      attribute(name, PathWriter.number((argb >>> 24) / 255.0));
    }
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, value);
  }
}
