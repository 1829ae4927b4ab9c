package dev.partyline.samples.failures;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written beside the reports of JUnit after a test that failed, or after each test. */
class FilesTest {
  @Test
  void aFailureWritesTheConversation(@TempDir Path reports) throws IOException {
    JUnitRun run = JUnitRun.of(Prices.class, reports, Map.of("partyline.publish", "failures"));
    Path folder =
        reports.resolve("junit-jupiter").resolve(Prices.class.getName().replace('$', '_'));
    String conversation = Files.readString(folder.resolve("fails()/shop.wire"));
    assertShown("report", run.printed("fails"));
    assertThat(Transcript.conversation(conversation).bytes(Side.CLIENT).utf8())
        .isEqualTo("tea\r\n");
    assertThat(folder.resolve("passes()")).doesNotExist();
  }

  @Test
  void theConversationIsWrittenAlways(@TempDir Path reports) {
    JUnitRun.of(Prices.class, reports, Map.of("partyline.publish", "always"));
    assertThat(reports)
        .isDirectoryRecursivelyContaining("glob:**/passes()/shop.wire")
        .isDirectoryNotContaining("glob:**/passes()/connections.txt");
  }

  static class Prices {
    @ScriptedListener("C: ${item}\nS: 3.50")
    private Listener shop;

    @Test
    void passes() {
      buyTea();
    }

    @Test
    void fails() {
      buyTea();
      fail("the price has changed");
    }

    private void buyTea() {
      try (Client client = Client.to(shop.address()).start()) {
        client.sendLine("tea");
        client.expectLine("3.50");
      }
    }
  }
}
