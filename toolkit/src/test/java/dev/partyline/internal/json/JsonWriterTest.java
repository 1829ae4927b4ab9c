package dev.partyline.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void writesObjectsArraysAndCommas() {
    JsonWriter json = new JsonWriter().beginObject().member("a", "x").member("b", 1);
    json.member("c", true).member("d", LongStream.of(1, 2)).member("e", List.of("y", "z"));
    json.name("f").beginArray().beginArray().endArray().value(-3).endArray().endObject();
    assertThat(json)
        .hasToString(
            "{\"a\":\"x\",\"b\":1,\"c\":true,\"d\":[1,2],\"e\":[\"y\",\"z\"],\"f\":[[],-3]}");
  }

  @Test
  void writesWhatCouldEndAnElementAsAnEscape() {
    assertThat(new JsonWriter().value("</script><!--\"'&\\"))
        .hasToString("\"\\u003c\\u002fscript\\u003e\\u003c!--\\u0022\\u0027\\u0026\\u005c\"");
  }

  @Test
  void writesWhatTurnsTheTextAroundItAsAnEscape() {
    assertThat(new JsonWriter().value("\u202e\u2028\u0000\ud800é"))
        .hasToString("\"\\u202e\\u2028\\u0000\\ud800\\u00e9\"");
  }

  @Test
  void writesIntoAFileWhatNeedsNoEscapeThere() {
    StringBuilder file = new StringBuilder();
    new JsonWriter(file).beginObject().member("a", "/<'&\"\\\u2028").endObject();
    assertThat(file).hasToString("{\"a\":\"/<'&\\u0022\\u005c\\u2028\"}");
  }

  @Test
  void writesNumbersWithTheirFraction() {
    assertThat(new JsonWriter().value(BigDecimal.valueOf(1_500, 3))).hasToString("1.500");
    assertThat(new JsonWriter().value(BigDecimal.valueOf(1, -9))).hasToString("1000000000");
  }

  @Test
  void tellsThatAFileCannotTakeIt() throws IOException {
    Writer closed = Writer.nullWriter();
    closed.close();
    JsonWriter json = new JsonWriter(closed);
    assertThatThrownBy(json::beginArray).isInstanceOf(UncheckedIOException.class);
  }

  @Property(tries = 200)
  void writesWhatIsReadAsWhatIsThere(@ForAll String text, @ForAll byte[] bytes) throws IOException {
    String longText = text.repeat(20);
    assertThat(new JsonWriter().value(new StringReader(longText)).toString())
        .isEqualTo(new JsonWriter().value(longText).toString());
    String base64 = Base64.getEncoder().encodeToString(bytes);
    assertThat(new JsonWriter().base64(new ByteArrayInputStream(bytes)).toString())
        .isEqualTo(new JsonWriter().base64(base64).toString());
  }

  @Test
  void writesManyBytesInBase64WithoutAGap() throws IOException {
    byte[] bytes = new byte[100_000];
    String json = new JsonWriter().base64(new ByteArrayInputStream(bytes)).toString();
    assertThat(json).isEqualTo('"' + Base64.getEncoder().encodeToString(bytes) + '"');
  }

  @Property
  void writesAnyTextInHarmlessCharacters(@ForAll String text) {
    String json = new JsonWriter().value(text).toString();
    assertThat(json).matches("\"(?:[ !#-%(-.0-;=?-\\[\\]-_a-~]|\\\\u[0-9a-f]{4})*\"");
  }
}
