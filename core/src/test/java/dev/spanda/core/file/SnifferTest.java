package dev.spanda.core.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnifferTest {

  private static FileType type(byte[] content) {
    Sniffer whole = new Sniffer();
    whole.take(content, 0, content.length);
    Sniffer bits = new Sniffer();
    for (int i = 0; i < content.length; i++) {
      bits.take(content, i, 1);
    }
    assertThat(bits.type()).isEqualTo(whole.type());
    return whole.type();
  }

  /** The letters stand for bytes. */
  private static FileType marked(String latin) {
    return type(latin.getBytes(ISO_8859_1));
  }

  private static FileType text(String text) {
    return type(text.getBytes(UTF_8));
  }

  @Test
  void everyFormatIsKnownByItsMark() throws IOException {
    Map.of(
            "\u0089PNG\r\n\u001A\n\0\0\0\rIHDR", FileType.PNG,
            "\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF", FileType.JPEG,
            "GIF89a\1\0\1\0", FileType.GIF,
            "RIFF\u0024\0\0\0WEBPVP8 ", FileType.WEBP,
            "RIFF\u0024\0\0\0WAVEfmt ", FileType.WAV,
            "RF64\u00FF\u00FF\u00FF\u00FFWAVEds64", FileType.WAV,
            "%PDF-1.7\n%\u00E2\u00E3", FileType.PDF,
            "fLaC\0\0\0\"", FileType.FLAC,
            "OggS\0\2", FileType.OGG,
            "\0\0\0\u0018ftypmp42\0\0\0\0", FileType.MP4)
        .forEach((content, expected) -> assertThat(marked(content)).isEqualTo(expected));
    assertThat(marked("BM\u0046\0\0\0\0\0\0\0\066\0\0\0\u0028\0\0\0\1\0\0\0\1\0\0\0"))
        .isEqualTo(FileType.BMP);
    assertThat(marked("ID3\4\0\0\0\0\0\n")).isEqualTo(FileType.MP3);
    assertThat(marked("\u00FF\u00FB\u0090\u0064")).isEqualTo(FileType.MP3);
    assertThat(marked("\u001A\u0045\u00DF\u00A3\u009F\u0042\u0082\u0084webm\u0042"))
        .isEqualTo(FileType.WEBM);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a"));
    }
    assertThat(type(zip.toByteArray())).isEqualTo(FileType.ZIP);
  }

  @Test
  void whatOnlyBeginsLikeAFormatIsNotOne() {
    assertThat(marked("\u001A\u0045\u00DF\u00A3\u009F\u0042\u0082\u0088matroska"))
        .isEqualTo(FileType.OCTET_STREAM);
    assertThat(marked("\0\0\0\u0018ftypheic\0\0\0\0")).isEqualTo(FileType.OCTET_STREAM);
    assertThat(marked("RIFF\u0024\0\0\0AVI LIST")).isEqualTo(FileType.OCTET_STREAM);
    assertThat(marked("\u00FF\u00F1\u0050\u0080")).isEqualTo(FileType.OCTET_STREAM);
    assertThat(text("BMW drives a long way over land")).isEqualTo(FileType.TEXT);
    assertThat(text("ID3 tags")).isEqualTo(FileType.TEXT);
    assertThat(text("GIF")).isEqualTo(FileType.TEXT);
    assertThat(text("")).isEqualTo(FileType.OCTET_STREAM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<svg>",
        "\uFEFF <?xml version='1.0'?>\n<!-- a > b --><svg width='1'></svg>",
        "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\"><svg/>",
        "<!DOCTYPE svg [<!ENTITY a \"<b>\">]>\n<svg\n/>",
        "<svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>"
      })
  void aDrawingIsSvgAndNeverShownInline(String content) {
    assertThat(text(content)).isEqualTo(FileType.SVG);
    assertThat(FileType.SVG.isInline()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><svg/></html>",
        "<svgfoo/>",
        "<!-- <svg/>",
        "a <svg/>",
        "{not json}",
        "[link] text",
        "{\"a\": 1",
        "Grüße, 😀\r\n\tund Ende\n"
      })
  void otherTextIsText(String content) {
    assertThat(text(content)).isEqualTo(FileType.TEXT);
    assertThat(FileType.TEXT.isInline()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " {\"a\": [1, 2]}\n", "[]", "[1]", "[\n true]", "[{\"b\":\"ä\"}]"})
  void jsonIsTextThatBeginsAndEndsAsJson(String content) {
    assertThat(text(content)).isEqualTo(FileType.JSON);
  }

  @Test
  void bytesThatAreNoUtf8AreNoText() {
    assertThat(marked("caf\u00E9")).isEqualTo(FileType.OCTET_STREAM);
    assertThat(marked("\u00C0\u0080")).isEqualTo(FileType.OCTET_STREAM);
    assertThat(marked("a\0b")).isEqualTo(FileType.OCTET_STREAM);
    assertThat(marked("a\u00E2\u0082")).isEqualTo(FileType.OCTET_STREAM);
    assertThat(marked("\u00ED\u00A0\u0080")).isEqualTo(FileType.OCTET_STREAM);
    assertThat(type("text".getBytes(UTF_16))).isEqualTo(FileType.OCTET_STREAM);
    assertThat(text("a".repeat(10_000) + "\u0001")).isEqualTo(FileType.OCTET_STREAM);
  }

  @Test
  void anyBytesHaveAType() {
    long seed = 20251121;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] content = new byte[random.nextInt(64)];
      random.nextBytes(content);
      assertThat(type(content)).as("seed %s round %s", seed, round).isNotNull();
    }
  }
}
