package dev.partyline.samples.replay;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was sent is compared with a file that was looked at once. */
class ApprovingTest {
  private static final String MAIL = "S: 220 ready\nC: ${*}\nS: 250 OK\nC: ${*}\nS: 221 bye";

  // tag::approved[]
  @Test
  void theGreetingIsAsApproved(@ScriptedListener(MAIL) Listener mail) {
    greet(mail, "QUIT");
    assertThat(mail).matchesApproved("greeting");
  }

  // end::approved[]

  private static void greet(Listener mail, String end) {
    try (Client client = Client.to(mail.address()).start()) {
      client.expectLine("220 ready");
      client.sendLine("HELO at-" + System.nanoTime());
      client.expectLine("250 OK");
      client.sendLine(end);
      client.expectLine("221 bye");
    }
  }

  @Test
  void theDifferenceIsShown(@ScriptedListener(MAIL) Listener mail, @TempDir Path folder)
      throws IOException {
    Path resources = Path.of("src/test/resources/dev/partyline/samples/replay");
    Files.copy(
        resources.resolve("greeting.approved.wire"), folder.resolve("greeting.approved.wire"));
    greet(mail, "NOOP");
    Recording recording = mail.recording();
    assertThatThrownBy(() -> assertThat(recording).matchesApproved(folder, "greeting"))
        .satisfies(
            failure ->
                assertShown(
                    "approved-difference",
                    failure.getMessage().replace(folder.toString(), "src/test/resources/shop")));
  }
}
