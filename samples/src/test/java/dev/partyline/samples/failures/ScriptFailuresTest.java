package dev.partyline.samples.failures;

import static dev.partyline.samples.docs.ShownOutput.assertShown;

import dev.partyline.junit5.ScriptedClient;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test shows whose client does not follow the script. */
class ScriptFailuresTest {
  @Test
  void theFailureSaysWhyTheScriptEnded(@TempDir Path reports) {
    JUnitRun run = JUnitRun.of(Failing.class, reports, Map.of());
    assertShown("wrong-bytes", run.messages("wrongBytes"));
    assertShown("endings", run.messages("late", "fin", "extraBytes", "second", "noClient"));
  }

  static class Failing {
    private static final String MAIL =
        "S: 220 mail.example\nC: EHLO ${host}\nS: 250 hello ${host}\nC: QUIT\nS: 221 bye";

    @ScriptedListener(value = MAIL, deadline = "1s")
    private Listener mail;

    @ScriptedClient(to = "mail")
    private Client client;

    @Test
    void wrongBytes() {
      client.send("EHLO me.example\r\nQUIET\r\n");
    }

    @Test
    void late() {
      client.send("EHLO me.example\r\nQUI");
    }

    @Test
    void fin() {
      client.sendLine("EHLO me.example");
      client.shutdownOutput();
    }

    @Test
    void extraBytes() {
      client.send("EHLO me.example\r\nQUIT\r\nNOOP\r\n");
    }

    @Test
    void second() throws IOException {
      client.send("EHLO me.example\r\nQUIT\r\n");
      new Socket(mail.host(), mail.port()).close();
    }

    @Test
    void noClient(@ScriptedListener("S: 220 mx.example ESMTP\nC: QUIT") Listener relay) {
      client.send("EHLO me.example\r\nQUIT\r\n");
    }
  }
}
