package dev.partyline.samples.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import org.junit.jupiter.api.Test;

/** What Java does to a script in a text block before Partyline reads it. */
class WritingTextBlockTest {

  // tag::text-block[]
  static final String SCRIPT =
      """
      S: one\\r\\ntwo
      S: a space at the end:\s
      S: three quotes: \"""
      S: ${name} has 100 %
      S| no line end\\0
      """;

  // end::text-block[]

  @Test
  void theBytesAreThoseThatAreMeant() {
    Script script = Script.parse(SCRIPT).with("name", "Alice");
    try (Listener listener = Listener.playing(script).start();
        Client client = Client.to(listener.address()).start()) {
      client.expect("one\r\ntwo\r\n");
      client.expect("a space at the end: \r\n");
      client.expect("three quotes: \"\"\"\r\n");
      client.expect("Alice has 100 %\r\n");
      client.expect("no line end\0");
    }
  }

  @Test
  void aSingleBackslashIsJavas() {
    assertThatThrownBy(() -> Script.parse("S| a\0b"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("control character; expected it written \\x00");
    assertThat(Script.parse("S: a\r\nC: b")).isEqualTo(Script.parse("S: a\nC: b"));
  }

  @Test
  void aValueNeedsNoFormat() {
    Script formatted = Script.parse("S: %s has 100 %%".formatted("Alice"));
    assertThat(formatted).isEqualTo(Script.parse("S: Alice has 100 %"));
  }
}
