package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import org.junit.jupiter.api.Test;

class DatagramTest {
  @Test
  void anExpectedMessageIsExactlyOneDatagram() {
    assertThat(PlayerHarness.udpServer("C: a\nC: b\nS: c").send("a|b|").said()).isEqualTo("c|");
  }

  @Test
  void twoDatagramsAreNotOne() {
    PlayerHarness rig = PlayerHarness.udpServer("C: a\nC: b\nS: c").send("a|");
    assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(rig.problem()).contains("the datagram ends too early");
  }

  @Test
  void oneDatagramIsNotTwo() {
    PlayerHarness rig = PlayerHarness.udpServer("C: a\ncut\nC: b\nS: c").send("a|b|");
    assertThat(rig.ending()).isEqualTo(EndReason.WRONG_BYTES);
    assertThat(rig.problem()).contains("the datagram goes on");
    assertThat(rig.cursor().difference()).isEqualTo(3);
  }

  @Test
  void aCutParts() {
    PlayerHarness rig =
        PlayerHarness.udpServer("C: a\ncut\nC: b\nS: 1\nS: 2\ncut\nS: 3").send("a|").send("b|");
    assertThat(rig.said()).isEqualTo("1|2| + 3|");
  }

  @Test
  void anEmptyDatagramIsOne() {
    PlayerHarness rig = PlayerHarness.udpServer("C|\nS|\ncut\nS| x");
    assertThat(rig.said()).isEmpty();
    assertThat(rig.send(Bytes.EMPTY).said()).isEqualTo(" + x");
  }

  @Test
  void anEmptyDatagramIsNotALine() {
    assertThat(PlayerHarness.udpServer("C: a\nS: b").send(Bytes.EMPTY).ending())
        .isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void anEmptyDatagramAfterTheEndIsExtra() {
    PlayerHarness rig = PlayerHarness.udpServer("C| a\nS| b").send("a").send(Bytes.EMPTY);
    assertThat(rig.ending()).isEqualTo(EndReason.EXTRA_BYTES);
  }

  @Test
  void aPlaceholderTakesTheRestOfTheDatagramOnly() {
    PlayerHarness rig = PlayerHarness.udpServer("C| ${x}.\nS: ${x}").send("a.b.");
    assertThat(rig.said()).isEqualTo("a.b|");
    assertThat(PlayerHarness.udpServer("C: ${x}\nS: ok").send("ab").ending())
        .isEqualTo(EndReason.WRONG_BYTES);
  }

  @Test
  void hexWithAnIdIsAnsweredWithThatId() {
    PlayerHarness rig =
        PlayerHarness.udpServer("C# ${id:2 bytes} 01 00 ??\nS# ${id:2 bytes} 81 80");
    rig.send(Bytes.hex("abcd 0100 55"));
    assertThat(((Action.Say) rig.actions.get(0)).bytes()).isEqualTo(Bytes.hex("abcd 8180"));
  }

  @Test
  void theRestTakesWholeDatagrams() {
    PlayerHarness rig =
        PlayerHarness.udpServer("C: ...\nC| go\nS| ok").send("a|b").send("gone").send("go");
    assertThat(rig.said()).isEqualTo("ok");
  }

  @Test
  void eachLineInAnyOrderIsADatagram() {
    PlayerHarness rig =
        PlayerHarness.udpServer("any order\n  C| a\n  C| b\nS| ok").send("b").send("a");
    assertThat(rig.said()).isEqualTo("ok");
    assertThat(PlayerHarness.udpServer("any order\n  C| a\n  C| b\nS| ok").send("ba").ending())
        .isEqualTo(EndReason.WRONG_BYTES);
    assertThat(PlayerHarness.udpClient("any order\n  C| a\n  C| b\nS| ok").said())
        .isEqualTo("a + b");
  }

  @Test
  void datagramsWaitInTheirOrder() {
    PlayerHarness rig = PlayerHarness.udpServer("C| a\nS| 1\nC| b\nS| 2\nC| c\nS| 3");
    for (String sent : new String[] {"a", "b", "c"}) {
      rig.player.received(Bytes.utf8(sent).toBuffer());
    }
    assertThat(rig.play().said()).isEqualTo("1 + 2 + 3");
  }

  @Test
  void theServersCloseIsNotSeenByTheClient() {
    PlayerHarness rig = PlayerHarness.udpClient("C| a\nS| b\nS! close").send("b");
    assertThat(rig.ending()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void aFloodOfEmptyDatagramsIsNotWelcomeForEver() {
    PlayerHarness rig = PlayerHarness.udpServer("pause 1s\nS| a\nC: ...");
    for (int i = 0; i < 100_000 && rig.player.hasRoom(); i++) {
      rig.player.received(Bytes.EMPTY.toBuffer());
    }
    assertThat(rig.player.hasRoom()).isFalse();
  }
}
