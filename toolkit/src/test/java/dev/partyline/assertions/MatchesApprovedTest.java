package dev.partyline.assertions;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.ScriptException;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class MatchesApprovedTest {
  @TempDir private Path folder;

  private static Conversation said(String client, String server) {
    return Conversation.of(
        List.of(
            new Event.Sent(Side.CLIENT, 0, Bytes.utf8(client)),
            new Event.Sent(Side.SERVER, 1, Bytes.utf8(server)),
            new Event.Fin(Side.CLIENT, 2),
            new Event.Fin(Side.SERVER, 3)));
  }

  private void approve(String text) throws IOException {
    Files.writeString(folder.resolve("shop.approved.wire"), text);
  }

  private Path received() {
    return folder.resolve("shop.received.wire");
  }

  @Test
  void whatIsApprovedForTheFirstTimeIsWhatWasReceived() throws IOException {
    Recording recording = Recording.of(said("PING\r\n", "+PONG\r\n"));
    assertThatThrownBy(() -> assertThat(recording).matchesApproved(folder, "shop"))
        .hasMessage(
            """
            nothing is approved yet
              approved  no file %1$s/shop.approved.wire
              received  %1$s/shop.received.wire
            look at the received file, and rename it if it is right""",
            folder);
    assertThat(received()).hasContent("C: PING\nS: +PONG\nC! finish\nS! finish");
    Files.move(received(), folder.resolve("shop.approved.wire"));
    assertThat(recording).matchesApproved(folder, "shop");
    assertThat(recording).connection(1).matchesApproved(folder, "shop");
  }

  /** It would wait for an hour otherwise. */
  @Test
  void nothingIsWaitedForWhereNothingIsApprovedAndAllIsClosed() {
    Recorder recorder = new Recorder(() -> 0);
    recorder.open(Transport.TCP, "?", "?").recordClosed();
    assertThatThrownBy(
            () ->
                assertThat(recorder.recording())
                    .within(Duration.ofHours(1))
                    .matchesApproved(folder, "shop"))
        .hasMessageStartingWith("nothing is approved yet")
        .hasMessageNotContaining("waited");
  }

  @Test
  void theDifferenceLeavesOutWhatMayVary() throws IOException {
    approve(
        """
        C: GET ${*}
        S: 200 OK
        S: Date: ${*}
        S: one
        S: ${n:[0-9]+} of ${n}
        C! close
        S! close
        """);
    Conversation same = said("GET /\r\n", "200 OK\r\nDate: today\r\none\r\n7 of 7\r\n");
    assertThat(same).matchesApproved(folder, "shop");
    Conversation other = said("GET /\r\n", "200 OK\r\nDate: today\r\ntwo\r\n8 of 8\r\n");
    assertThatThrownBy(() -> assertThat(other).matchesApproved(folder, "shop"))
        .hasMessage(
            """
            what was recorded differs from what was approved
              approved  %1$s/shop.approved.wire
              received  %1$s/shop.received.wire
              C: GET ${*}
              S: 200 OK
              S: Date: ${*}
            - S: one
            + S: two
              S: ${n:[0-9]+} of ${n}
              C! close
              S! close""",
            folder);
    // What fits keeps its placeholders, so the received file can be approved as it is.
    assertThat(received()).content().contains("S: Date: ${*}\nS: two\nS: ${n:[0-9]+} of ${n}\n");
    assertThat(same).matchesApproved(folder, "shop");
    assertThat(received()).doesNotExist();
  }

  @Test
  void eachConnectionIsComparedWithItsBlock() throws IOException {
    approve("connection\n  C: a\n  S: b\n  C! finish\n  S! finish\nconnection\n  C: c\n");
    assertThatThrownBy(
            () -> assertThat(Recording.of(said("a\r\n", "b\r\n"))).matchesApproved(folder, "shop"))
        .hasMessageContaining("connection 2, which there was not:\n- C: c");
    assertThatThrownBy(
            () ->
                assertThat(
                        Recording.of(
                            said("a\r\n", "b\r\n"), said("c\r\n", ""), said("d\r\n", "e\r\n")))
                    .matchesApproved(folder, "shop"))
        .hasMessageContaining("connection 3:\n+ C: d\n+ S: e\n");
  }

  @Test
  void howTheSidesCloseIsComparedOnlyIfTheFileHasIt() throws IOException {
    Conversation closed = said("a\r\n", "b\r\n");
    Conversation open = closed.withEvents(closed.events().subList(0, 2));
    approve("C: a\nS: b\n");
    assertThat(closed).matchesApproved(folder, "shop");
    assertThat(open).matchesApproved(folder, "shop");
    assertThatThrownBy(() -> assertThat(said("a\r\n", "c\r\n")).matchesApproved(folder, "shop"))
        .hasMessageEndingWith("  C: a\n- S: b\n+ S: c");
    approve("C: a\nS: b\nC! finish\n");
    assertThat(closed).matchesApproved(folder, "shop");
    assertThatThrownBy(() -> assertThat(open).matchesApproved(folder, "shop"))
        .hasMessageEndingWith("  C: a\n  S: b\n- C! finish");
  }

  @Test
  void everyConnectionIsForAllOthers() throws IOException {
    approve(
        "connection\n  C: a\n  S: b\n  C: ...\n  S: ...\nevery connection\n  C: ...\n  S: ...\n");
    Conversation first = said("a\r\n", "b\r\n");
    assertThat(Recording.of(first)).matchesApproved(folder, "shop");
    assertThat(Recording.of(first, said("x\r\n", "y\r\n"))).matchesApproved(folder, "shop");
  }

  @Test
  void secretsAreMaskedInTheReceivedFileWhichSaysSo() {
    Recording recording = Recording.of(said("AUTH sesame\r\n", "+OK\r\n"));
    assertThatThrownBy(() -> assertThat(recording).matchesApproved(folder, "shop"))
        .isInstanceOf(AssertionError.class);
    assertThat(received())
        .content()
        .startsWith("# Masked: an asterisk stands for each byte of a secret.\nC: AUTH ******\n");
    assertThat(received().toFile().renameTo(folder.resolve("shop.approved.wire").toFile()))
        .isTrue();
    assertThat(recording).matchesApproved(folder, "shop");
  }

  @Test
  void theFileLiesBesideTheTestAmongTheResources() {
    assertThat(
            said("GET /\r\n", "200 OK\r\nDate: now\r\n1 of 1\r\n")
                .withEvents(
                    said("GET /\r\n", "200 OK\r\nDate: now\r\n1 of 1\r\n").events().subList(0, 2)))
        .matchesApproved("shop");
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void aSystemPropertySetsAnotherRoot() {
    System.setProperty("partyline.resources", folder.toString());
    try {
      assertThatThrownBy(() -> assertThat(said("a\r\n", "b\r\n")).matchesApproved("/pages/shop"))
          .hasMessageContaining("received  " + folder.resolve("pages/shop.received.wire"));
    } finally {
      System.clearProperty("partyline.resources");
    }
    assertThat(folder.resolve("pages/shop.received.wire")).exists();
  }

  @Test
  void aFileThatIsNoScriptIsNamed() throws IOException {
    approve("HELLO\n");
    assertThatThrownBy(() -> assertThat(said("a", "b")).matchesApproved(folder, "shop"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("shop.approved.wire:1");
  }
}
