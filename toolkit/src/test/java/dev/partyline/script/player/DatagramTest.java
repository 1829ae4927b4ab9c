package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import org.junit.jupiter.api.Test;

class DatagramTest {
  @Test
  void anExpectedMessageIsExactlyOneDatagram() {
    assertThat(PlayerHarness.udpServer("C: a\nC: b\nS: c").send("a|b|").drainOutput())
        .isEqualTo("c|");
  }

  @Test
  void twoDatagramsAreNotOne() {
    PlayerHarness harness = PlayerHarness.udpServer("C: a\nC: b\nS: c").send("a|");
    assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(harness.problem()).contains("the datagram ends too early");
  }

  @Test
  void oneDatagramIsNotTwo() {
    PlayerHarness harness = PlayerHarness.udpServer("C: a\ncut\nC: b\nS: c").send("a|b|");
    assertThat(harness.endReason()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(harness.problem()).contains("the datagram goes on");
    assertThat(harness.cursor().difference()).isEqualTo(3);
  }

  @Test
  void aCutSeparatesDatagrams() {
    PlayerHarness harness =
        PlayerHarness.udpServer("C: a\ncut\nC: b\nS: 1\nS: 2\ncut\nS: 3").send("a|").send("b|");
    assertThat(harness.drainOutput()).isEqualTo("1|2| + 3|");
  }

  @Test
  void anEmptyDatagramIsOne() {
    PlayerHarness harness = PlayerHarness.udpServer("C|\nS|\ncut\nS| x");
    assertThat(harness.drainOutput()).isEmpty();
    assertThat(harness.send(Bytes.EMPTY).drainOutput()).isEqualTo(" + x");
  }

  @Test
  void anEmptyDatagramIsNotALine() {
    assertThat(PlayerHarness.udpServer("C: a\nS: b").send(Bytes.EMPTY).endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void anEmptyDatagramAfterTheEndIsExtra() {
    PlayerHarness harness = PlayerHarness.udpServer("C| a\nS| b").send("a").send(Bytes.EMPTY);
    assertThat(harness.endReason()).isEqualTo(EndReason.EXTRA_BYTES);
  }

  @Test
  void aPlaceholderTakesTheRestOfTheDatagramOnly() {
    PlayerHarness harness = PlayerHarness.udpServer("C| ${x}.\nS: ${x}").send("a.b.");
    assertThat(harness.drainOutput()).isEqualTo("a.b|");
    assertThat(PlayerHarness.udpServer("C: ${x}\nS: ok").send("ab").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void aPlaceholderAtTheEndTakesAllThatIsLeftOfTheDatagram() {
    String script = "C| say ${x}\nS| ${x}!\nC| ${x} ${y:[0-9]+}\nS| ${y}";
    PlayerHarness harness = PlayerHarness.udpServer(script).send("say a.b c").send("a.b c 12");
    assertThat(harness.drainOutput()).isEqualTo("a.b c! + 12");
    assertThat(PlayerHarness.udpServer(script).send("say ").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
    assertThat(PlayerHarness.udpServer(script).send("say a").send("a 1x").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
    assertThat(PlayerHarness.udpServer(script).send("say a|b").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void hexWithAnIdIsAnsweredWithThatId() {
    PlayerHarness harness =
        PlayerHarness.udpServer("C# ${id:2 bytes} 01 00 ??\nS# ${id:2 bytes} 81 80");
    harness.send(Bytes.hex("abcd 0100 55"));
    assertThat(((Action.Send) harness.actions.get(0)).bytes()).isEqualTo(Bytes.hex("abcd 8180"));
  }

  @Test
  void anyLinesTakeWholeDatagrams() {
    PlayerHarness harness =
        PlayerHarness.udpServer("C: ...\nC| go\nS| ok").send("a|b").send("gone").send("go");
    assertThat(harness.drainOutput()).isEqualTo("ok");
  }

  @Test
  void eachLineInAnyOrderIsADatagram() {
    PlayerHarness harness =
        PlayerHarness.udpServer("any order\n  C| a\n  C| b\nS| ok").send("b").send("a");
    assertThat(harness.drainOutput()).isEqualTo("ok");
    assertThat(PlayerHarness.udpServer("any order\n  C| a\n  C| b\nS| ok").send("ba").endReason())
        .isEqualTo(EndReason.WRONG_BYTES);
    assertThat(PlayerHarness.udpClient("any order\n  C| a\n  C| b\nS| ok").drainOutput())
        .isEqualTo("a + b");
  }

  @Test
  void datagramsWaitInTheirOrder() {
    PlayerHarness harness = PlayerHarness.udpServer("C| a\nS| 1\nC| b\nS| 2\nC| c\nS| 3");
    for (String sent : new String[] {"a", "b", "c"}) {
      harness.player.onReceived(Bytes.utf8(sent).toBuffer());
    }
    assertThat(harness.play().drainOutput()).isEqualTo("1 + 2 + 3");
  }

  @Test
  void theServersCloseIsNotSeenByTheClient() {
    PlayerHarness harness = PlayerHarness.udpClient("C| a\nS| b\nS! close").send("b");
    assertThat(harness.endReason()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void aFloodOfEmptyDatagramsGetsBackPressure() {
    PlayerHarness harness = PlayerHarness.udpServer("pause 1s\nS| a\nC: ...");
    for (int i = 0; i < 100_000 && harness.player.isAcceptingInput(); i++) {
      harness.player.onReceived(Bytes.EMPTY.toBuffer());
    }
    assertThat(harness.player.isAcceptingInput()).isFalse();
  }
}
