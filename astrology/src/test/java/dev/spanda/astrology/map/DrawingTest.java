package dev.spanda.astrology.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Chart;
import dev.spanda.astrology.Charts;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.house.HouseSystem;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DrawingTest {

  private static final Instant MOMENT = Instant.parse("1990-01-15T14:30:00Z");

  @Test
  void theWheelIsWellFormedAndNamesEverySignBodyAndAspect() throws Exception {
    Chart chart = Charts.standard().at(MOMENT, Place.of(37.7749, -122.4194));
    Document wheel = parse(ChartDrawing.svg(chart));
    List<String> titles = titles(wheel);
    assertThat(titles).contains("Aries", "Pisces");
    chart.positions().forEach(p -> assertThat(titles).contains(p.body().label()));
    assertThat(wheel.getElementsByTagName("text").getLength()).isZero();
    assertThat(ChartDrawing.svg(chart)).doesNotContain("NaN").isEqualTo(ChartDrawing.svg(chart));
  }

  @Test
  void aWheelWithoutHousesStillHasItsAxes() throws Exception {
    Chart chart = Charts.standard().withHouses(HouseSystem.KOCH).at(MOMENT, Place.of(78.2, 15.6));
    assertThat(titles(parse(ChartDrawing.svg(chart)))).contains("Sun");
  }

  @Test
  void everyBodyCanBeDrawn() throws Exception {
    for (Body body : Body.values()) {
      assertThat(Glyphs.of(body).strip()).startsWith("M");
      AstroMap map = AstroMap.of(10, List.of(new AstroMap.Point(body, 33, -12)));
      parse(MapDrawing.svg(map));
    }
  }

  @Test
  void theMapHoldsCoastlinesAndFourLinesABody() throws Exception {
    AstroMap map =
        AstroMap.of(
            299,
            List.of(new AstroMap.Point(Body.SUN, 338, -9), new AstroMap.Point(Body.MOON, 160, 3)));
    String svg = MapDrawing.svg(map, Place.of(51.5, -0.1));
    List<String> titles = titles(parse(svg));
    assertThat(titles).contains("Sun MC", "Sun IC", "Sun ASC", "Sun DSC", "Moon MC", "Moon DSC");
    assertThat(svg.length()).isGreaterThan(50_000);
    assertThat(svg).doesNotContain("NaN");
  }

  private static List<String> titles(Document document) {
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < document.getElementsByTagName("title").getLength(); i++) {
      titles.add(document.getElementsByTagName("title").item(i).getTextContent());
    }
    return titles;
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
