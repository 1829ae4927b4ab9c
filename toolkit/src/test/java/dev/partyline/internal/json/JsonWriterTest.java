package dev.partyline.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Property
  void writesAnyTextInHarmlessCharacters(@ForAll String text) {
    String json = new JsonWriter().value(text).toString();
    assertThat(json).matches("\"(?:[ !#-%(-.0-;=?-\\[\\]-_a-~]|\\\\u[0-9a-f]{4})*\"");
  }
}
