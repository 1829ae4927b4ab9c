package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.junit.jupiter.api.Test;

class FaultTargetTest {
  private static final Fault HOLE =
      Fault.of("hole", meeting -> waiting -> new Verdict.Discard(waiting.size()));

  @Test
  void aDirection() {
    assertThat(met(HOLE, 1, Side.CLIENT)).isTrue();
    assertThat(met(HOLE.from(Side.SERVER), 1, Side.CLIENT)).isFalse();
    assertThat(met(HOLE.from(Side.SERVER).bothWays(), 1, Side.CLIENT)).isTrue();
  }

  @Test
  void certainConnections() {
    assertThat(met(HOLE.onConnections(3, 1), 1, Side.CLIENT)).isTrue();
    assertThat(met(HOLE.onConnections(3, 1), 2, Side.CLIENT)).isFalse();
    assertThat(met(HOLE.onEveryNth(3), 6, Side.CLIENT)).isTrue();
    assertThat(met(HOLE.onEveryNth(3), 7, Side.CLIENT)).isFalse();
  }

  @Test
  void aClient() {
    assertThat(met(HOLE.fromAddress("127.0.0.1"), 1, Side.CLIENT)).isTrue();
    assertThat(met(HOLE.fromAddress("127.0.0.1:40001"), 1, Side.SERVER)).isTrue();
    assertThat(met(HOLE.fromAddress("127.0.0.1:40001"), 2, Side.SERVER)).isFalse();
    assertThat(met(HOLE.fromAddress("127.0.0"), 1, Side.SERVER)).isFalse();
    ConnectionDirection six =
        new ConnectionDirection(1, Side.CLIENT, Transport.TCP, "[::1]:40001", "[::1]:80", 0);
    assertThat(FaultTarget.from(null).of("::1").includes(six)).isTrue();
    assertThat(FaultTarget.from(null).of("::").includes(six)).isFalse();
  }

  @Test
  void whatSatisfiesAPredicateAndAllElse() {
    Fault fault = HOLE.onlyIf(passage -> passage.connection() > 1).from(Side.CLIENT);
    assertThat(met(fault, 1, Side.CLIENT)).isFalse();
    assertThat(met(fault, 2, Side.CLIENT)).isTrue();
    assertThat(met(fault, 2, Side.SERVER)).isFalse();
    assertThat(met(fault.onlyIf(passage -> false), 2, Side.CLIENT)).isFalse();
  }

  @Test
  void whatComesFromAByteOn() {
    PipelineHarness rig =
        PipelineHarness.tcp(HOLE.fromByte(3)).push(0, "ab").push(0, "cd").push(0, "ef").finish(0);
    assertThat(rig.at(0)).isEqualTo("ab c FIN");
    assertThat(rig.sky.report()).hasToString("hole hit connection #1 at byte 3 from the server");
  }

  @Test
  void whatComesAfterAPattern() {
    PipelineHarness rig =
        PipelineHarness.tcp(HOLE.after("\r\n\r\n")).push(0, "a\r\n\r").push(0, "\nbc").push(0, "d");
    assertThat(rig.at(0)).isEqualTo("a\r\n\r \n");
    PipelineHarness both = PipelineHarness.tcp(HOLE.after("a").fromByte(2)).push(0, "aaaab");
    assertThat(both.at(0)).isEqualTo("aa a");
  }

  @Test
  void aCutCountsFromWhereItBeginsAndNeedsNoMore() {
    assertThat(
            PipelineHarness.tcp(Fault.cutAfter(2, CloseType.FIN).fromByte(3))
                .push(0, "abcdef")
                .at(0))
        .isEqualTo("abc de CUT_FIN(cut after 2 bytes)");
    assertThat(
            PipelineHarness.tcp(Fault.cutAfter(0, CloseType.FIN).fromByte(3)).push(0, "abc").at(0))
        .isEqualTo("abc CUT_FIN(cut after 0 bytes)");
    assertThat(PipelineHarness.tcp(Fault.cutAfter(0, CloseType.FIN).after("b")).push(0, "ab").at(0))
        .isEqualTo("ab CUT_FIN(cut after 0 bytes)");
  }

  @Test
  void datagramsFromANumberOn() {
    PipelineHarness rig =
        PipelineHarness.udp(HOLE.fromDatagram(3)).push(0, "a").push(0, "b").push(0, "c");
    assertThat(rig.at(0)).isEqualTo("a b");
  }

  private static boolean met(Fault fault, int connection, Side from) {
    PipelineHarness rig =
        PipelineHarness.under(new FaultInjector(Weather.of(fault)), connection, from);
    return rig.push(0, "a").at(0).isEmpty();
  }
}
