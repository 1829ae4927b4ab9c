package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTargetTest {
  private static final Fault HOLE =
      Fault.of("hole", context -> input -> new Verdict.Drop(input.size()));

  @Test
  void aDirection() {
    assertThat(isHit(HOLE, 1, Side.CLIENT)).isTrue();
    assertThat(isHit(HOLE.from(Side.SERVER), 1, Side.CLIENT)).isFalse();
    assertThat(isHit(HOLE.from(Side.SERVER).bothWays(), 1, Side.CLIENT)).isTrue();
  }

  @Test
  void certainConnections() {
    assertThat(isHit(HOLE.onConnections(3, 1), 1, Side.CLIENT)).isTrue();
    assertThat(isHit(HOLE.onConnections(3, 1), 2, Side.CLIENT)).isFalse();
    assertThat(isHit(HOLE.onEveryNth(3), 6, Side.CLIENT)).isTrue();
    assertThat(isHit(HOLE.onEveryNth(3), 7, Side.CLIENT)).isFalse();
  }

  @Test
  void aClient() {
    assertThat(isHit(HOLE.onClientAddress("127.0.0.1"), 1, Side.CLIENT)).isTrue();
    assertThat(isHit(HOLE.onClientAddress("127.0.0.1:40001"), 1, Side.SERVER)).isTrue();
    assertThat(isHit(HOLE.onClientAddress("127.0.0.1:40001"), 2, Side.SERVER)).isFalse();
    assertThat(isHit(HOLE.onClientAddress("127.0.0.2"), 1, Side.SERVER)).isFalse();
    ConnectionDirection ipv6 =
        new ConnectionDirection(1, Side.CLIENT, Transport.TCP, "[::1]:40001", "[::1]:80", 0);
    assertThat(FaultTarget.sentBy(null).withAddress("::1").includes(ipv6)).isTrue();
    assertThat(FaultTarget.sentBy(null).withAddress("::").includes(ipv6)).isFalse();
  }

  @Test
  void aClientWhoseAddressIsWrittenInAnotherWay() {
    ConnectionDirection ipv6 =
        new ConnectionDirection(1, Side.CLIENT, Transport.TCP, "[fe80::a]:40001", "[::1]:80", 0);
    for (String text : List.of("FE80:0:0::A", "[fe80::0:a]:40001")) {
      assertThat(FaultTarget.sentBy(null).withAddress(text).includes(ipv6)).isTrue();
    }
    assertThat(isHit(HOLE.onClientAddress("::ffff:127.0.0.1"), 1, Side.CLIENT)).isTrue();
    assertThat(Fault.parse("stall from address 0:0:0:0:0:0:0:1"))
        .hasToString("stall from address ::1");
  }

  @Test
  void whatSatisfiesAPredicateAndAllElse() {
    Fault fault = HOLE.onlyIf(direction -> direction.connection() > 1).from(Side.CLIENT);
    assertThat(isHit(fault, 1, Side.CLIENT)).isFalse();
    assertThat(isHit(fault, 2, Side.CLIENT)).isTrue();
    assertThat(isHit(fault, 2, Side.SERVER)).isFalse();
    assertThat(isHit(fault.onlyIf(direction -> false), 2, Side.CLIENT)).isFalse();
  }

  @Test
  void whatComesFromAByteOn() {
    PipelineHarness harness =
        PipelineHarness.tcp(HOLE.startingAtByte(3))
            .push(0, "ab")
            .push(0, "cd")
            .push(0, "ef")
            .pushFin(0);
    assertThat(harness.poll(0)).isEqualTo("ab c FIN");
    assertThat(harness.injector.report())
        .hasToString("hole hit connection #1 at byte 3 from the server");
  }

  @Test
  void whatComesAfterAPattern() {
    PipelineHarness harness =
        PipelineHarness.tcp(HOLE.after("\r\n\r\n")).push(0, "a\r\n\r").push(0, "\nbc").push(0, "d");
    assertThat(harness.poll(0)).isEqualTo("a\r\n\r \n");
    PipelineHarness both = PipelineHarness.tcp(HOLE.after("a").startingAtByte(2)).push(0, "aaaab");
    assertThat(both.poll(0)).isEqualTo("aa a");
  }

  @Test
  void whatComesAfterAPatternOfTheOtherDirection() {
    PipelineHarness client =
        PipelineHarness.of(
            new FaultInjector(Weather.parse("stall from client after \"400\" from server")),
            1,
            Side.CLIENT);
    PipelineHarness server = client.opposite();
    assertThat(server.pipeline.isBypassable()).isFalse();
    assertThat(client.push(0, "400").poll(0)).isEqualTo("400");
    assertThat(server.push(1, "HTTP/1.1 4").poll(1)).isEqualTo("HTTP/1.1 4");
    assertThat(client.push(2, "before").poll(2)).isEqualTo("before");
    client.push(2, "late loop");
    assertThat(server.push(3, "00 Bad").poll(3)).isEqualTo("00 Bad");
    assertThat(server.pipeline.isBypassable()).isTrue();
    assertThat(client.push(3, "held").pushFin(3).poll(1_000)).isEqualTo("late loop");
    assertThat(client.injector.report()).hasToString("stall hit connection #1 at byte 18");
  }

  @Test
  void aFaultInBothDirectionsStartsInEachAfterAPatternOfOneSide() {
    PipelineHarness client =
        PipelineHarness.of(
            new FaultInjector(Weather.of(HOLE.after("go", Side.SERVER))), 1, Side.CLIENT);
    PipelineHarness server = client.opposite();
    assertThat(client.push(0, "go").poll(0)).isEqualTo("go");
    assertThat(server.push(1, "go on").poll(1)).isEqualTo("go");
    assertThat(client.push(2, "x").poll(2)).isEmpty();
  }

  @Test
  void aFaultThatNeedsNoByteActsWhenThePatternHasComeInTheOtherDirection() {
    Fault cut = Fault.cutAfter(0, CloseType.FIN).from(Side.CLIENT).after("no", Side.SERVER);
    PipelineHarness client = PipelineHarness.of(new FaultInjector(Weather.of(cut)), 1, Side.CLIENT);
    PipelineHarness server = client.opposite();
    assertThat(client.push(0, "a").poll(0)).isEqualTo("a");
    assertThat(server.push(1, "no").poll(1)).isEqualTo("no");
    assertThat(client.pipeline.wakeAt()).isEqualTo(PipelineHarness.NANOS_PER_MILLI);
    assertThat(client.poll(1)).isEqualTo("CUT_FIN(cut after 0 bytes)");
  }

  @Test
  void aFaultInjectedLaterHearsTheOtherDirectionToo() {
    FaultInjector injector = new FaultInjector(Weather.clear());
    PipelineHarness client = PipelineHarness.of(injector, 1, Side.CLIENT);
    PipelineHarness server = client.opposite();
    assertThat(server.pipeline.isBypassable()).isTrue();
    injector.inject(HOLE.from(Side.CLIENT).after("go", Side.SERVER));
    assertThat(server.pipeline.isBypassable()).isFalse();
    assertThat(server.push(1, "go").poll(1)).isEqualTo("go");
    assertThat(client.push(2, "x").poll(2)).isEmpty();
  }

  @Test
  void aCutCountsFromWhereItBeginsAndNeedsNoMore() {
    assertThat(
            PipelineHarness.tcp(Fault.cutAfter(2, CloseType.FIN).startingAtByte(3))
                .push(0, "abcdef")
                .poll(0))
        .isEqualTo("abc de CUT_FIN(cut after 2 bytes)");
    assertThat(
            PipelineHarness.tcp(Fault.cutAfter(0, CloseType.FIN).startingAtByte(3))
                .push(0, "abc")
                .poll(0))
        .isEqualTo("abc CUT_FIN(cut after 0 bytes)");
    assertThat(
            PipelineHarness.tcp(Fault.cutAfter(0, CloseType.FIN).after("b")).push(0, "ab").poll(0))
        .isEqualTo("ab CUT_FIN(cut after 0 bytes)");
  }

  @Test
  void datagramsFromANumberOn() {
    PipelineHarness harness =
        PipelineHarness.udp(HOLE.startingAtDatagram(3)).push(0, "a").push(0, "b").push(0, "c");
    assertThat(harness.poll(0)).isEqualTo("a b");
  }

  private static boolean isHit(Fault fault, int connection, Side sender) {
    PipelineHarness harness =
        PipelineHarness.of(new FaultInjector(Weather.of(fault)), connection, sender);
    return harness.push(0, "a").poll(0).isEmpty();
  }
}
