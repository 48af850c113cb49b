package dev.spanda.media.canvas;

import dev.spanda.core.Failure;
import java.awt.geom.GeneralPath;
import java.awt.geom.PathIterator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TTFTable;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A font whose letters are shapes: outlines, widths and kerning read from a TrueType file, without
 * the fonts of the machine. Seven fonts are bundled under the SIL Open Font License 1.1; they are
 * read when they are first used. Thread-safe.
 */
public final class Typeface {

  /** Inter Light: Latin, Greek, Cyrillic and Vietnamese without serifs, thin. */
  public static final Typeface INTER_LIGHT = bundled("Inter Light", "inter-light");

  /** Inter Bold: Latin, Greek, Cyrillic and Vietnamese without serifs, strong. */
  public static final Typeface INTER_BOLD = bundled("Inter Bold", "inter-bold");

  /** Playfair Display Bold: Latin, Cyrillic and Vietnamese with serifs. */
  public static final Typeface PLAYFAIR_BOLD =
      bundled("Playfair Display Bold", "playfair-display-bold");

  /** Oswald Medium: Latin, Cyrillic and Vietnamese, narrow. */
  public static final Typeface OSWALD = bundled("Oswald Medium", "oswald-medium");

  /** Anton: Latin and Vietnamese, narrow and heavy. */
  public static final Typeface ANTON = bundled("Anton", "anton");

  /** Bebas Neue: Latin capitals, narrow. */
  public static final Typeface BEBAS = bundled("Bebas Neue", "bebas-neue");

  /** Bangers: Latin and Vietnamese, as in comics. */
  public static final Typeface BANGERS = bundled("Bangers", "bangers");

  /** What is read from the file; widths and heights in units of the em. */
  private record Font(
      TrueTypeFont file,
      CmapLookup characters,
      Kerning kerning,
      double unit,
      double capitalHeight,
      double smallHeight) {}

  private record Glyph(Outline outline, double advance) {}

  private final String name;
  private final @Nullable String resource;
  private volatile @Nullable Font font;
  private final Map<Integer, Glyph> glyphs = new ConcurrentHashMap<>();

  private Typeface(String name, @Nullable String resource, @Nullable Font font) {
    this.name = name;
    this.resource = resource;
    this.font = font;
  }

  private static Typeface bundled(String name, String resource) {
    return new Typeface(name, resource + ".ttf", null);
  }

  /** The bundled fonts. */
  public static List<Typeface> all() {
    return List.of(INTER_LIGHT, INTER_BOLD, PLAYFAIR_BOLD, OSWALD, ANTON, BEBAS, BANGERS);
  }

  /**
   * A font of one's own.
   *
   * @param name how it is called in messages
   * @param file a TrueType file with {@code glyf} outlines; not modified
   * @throws Failure UNSUPPORTED when it cannot be read as one
   */
  public static Typeface parse(String name, byte[] file) {
    try {
      return new Typeface(name, null, read(file));
    } catch (IOException | RuntimeException unreadable) {
      throw Failure.of(
              Failure.Reason.UNSUPPORTED, "font", "The font must be a TrueType file with outlines")
          .causedBy(unreadable);
    }
  }

  private static Font read(byte[] bytes) throws IOException {
    TrueTypeFont file = new TTFParser(true).parse(new RandomAccessReadBuffer(bytes));
    TTFTable positions = file.getTableMap().get("GPOS");
    double unit = 1.0 / file.getUnitsPerEm();
    Font plain =
        new Font(
            file,
            file.getUnicodeCmapLookup(),
            new Kerning(positions == null ? new byte[0] : file.getTableBytes(positions)),
            unit,
            0,
            0);
    return new Font(
        file, plain.characters, plain.kerning, unit, height(plain, 'H'), height(plain, 'x'));
  }

  private static double height(Font font, int character) throws IOException {
    GlyphData glyph = font.file.getGlyph().getGlyph(font.characters.getGlyphId(character));
    return glyph == null ? 0.7 : glyph.getYMaximum() * font.unit;
  }

  private Font font() {
    Font known = font;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      known = font;
      if (known == null) {
        try (InputStream in = Typeface.class.getResourceAsStream(resource)) {
          if (in == null) {
            throw new IllegalStateException("The jar lacks " + resource);
          }
          known = read(in.readAllBytes());
        } catch (IOException broken) {
          throw new UncheckedIOException(broken);
        }
        font = known;
      }
      return known;
    }
  }

  /** How the font is called. */
  public String name() {
    return name;
  }

  /** The height of a capital H in units of the em. */
  public double capitalHeight() {
    return font().capitalHeight;
  }

  /** The height of a small x in units of the em. */
  public double smallHeight() {
    return font().smallHeight;
  }

  /** The characters of a text that the font does not have, each once, as they come. */
  public List<String> missing(String text) {
    Set<String> missing = new LinkedHashSet<>();
    normal(text)
        .codePoints()
        .filter(character -> !Character.isWhitespace(character) && glyphId(character) == 0)
        .forEach(character -> missing.add(Character.toString(character)));
    return List.copyOf(missing);
  }

  /**
   * Nothing when the font has every character of a text.
   *
   * @throws Failure INVALID that names the characters it does not have
   */
  public void require(String text) {
    List<String> missing = missing(text);
    if (!missing.isEmpty()) {
      throw Failure.invalid("text", text, name + " has no letter for " + String.join(" ", missing))
          .with("missing_characters", missing);
    }
  }

  static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  int glyphId(int character) {
    return font().characters.getGlyphId(character);
  }

  /** The width of a glyph in units of the em. */
  double advance(int glyph) {
    return glyph(glyph).advance;
  }

  /** The shape of a glyph in units of the em, its baseline at 0, y down. */
  Outline outline(int glyph) {
    return glyph(glyph).outline;
  }

  /** What two neighbours move together (below 0) or apart, in units of the em. */
  double kerning(int left, int right) {
    Font known = font();
    return known.kerning.between(left, right) * known.unit;
  }

  private Glyph glyph(int id) {
    Glyph known = glyphs.get(id);
    if (known != null) {
      return known;
    }
    Font from = font();
    // The file's reader keeps a place of its own and serves one caller at a time.
    synchronized (this) {
      try {
        GlyphData data = from.file.getGlyph().getGlyph(id);
        Outline outline = data == null ? Outline.empty() : outline(data.getPath(), from.unit);
        Glyph glyph = new Glyph(outline, from.file.getAdvanceWidth(id) * from.unit);
        glyphs.put(id, glyph);
        return glyph;
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  private static Outline outline(GeneralPath path, double unit) {
    Outline.Builder builder = Outline.builder();
    double[] at = new double[6];
    for (PathIterator steps = path.getPathIterator(null); !steps.isDone(); steps.next()) {
      switch (steps.currentSegment(at)) {
        case PathIterator.SEG_MOVETO -> builder.moveTo(at[0], at[1]);
        case PathIterator.SEG_LINETO -> builder.lineTo(at[0], at[1]);
        case PathIterator.SEG_QUADTO -> builder.quadTo(at[0], at[1], at[2], at[3]);
        case PathIterator.SEG_CUBICTO -> builder.curveTo(at[0], at[1], at[2], at[3], at[4], at[5]);
        default -> builder.close();
      }
    }
    return builder.build().transform(unit, 0, 0, -unit, 0, 0);
  }

  @Override
  public String toString() {
    return name;
  }
}
