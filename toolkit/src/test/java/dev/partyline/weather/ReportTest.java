package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Fault RESET = Fault.cutAfter(512, CloseType.RST);

  @Test
  void saysWhatWasHitAndWhatWasNot() {
    FaultInjector sky = new FaultInjector(Weather.of(RESET, Fault.corrupt(0)));
    for (int connection : new int[] {3, 1, 2}) {
      PipelineHarness rig = PipelineHarness.under(sky, connection, Side.SERVER);
      rig.push(0, "x".repeat(connection == 2 ? 511 : 600)).at(0);
    }
    assertThat(sky.report())
        .hasToString("reset hit connections #1 and #3 at byte 512; corrupt hit nothing");
    assertThat(sky.report().hits(RESET))
        .containsExactly(new Hit(1, Side.SERVER, 512, ""), new Hit(3, Side.SERVER, 512, ""));
    assertThat(sky.report().count(RESET)).isEqualTo(2);
    assertThat(sky.report().faults()).containsExactlyElementsOf(sky.now().faults());
  }

  @Test
  void saysThatNothingWasUp() {
    assertThat(new FaultInjector(Weather.clear()).report()).hasToString("no fault was up");
  }

  @Test
  void leavesOutWhatNobodyCanHaveSeen() {
    PipelineHarness rig = PipelineHarness.tcp(Fault.corrupt(1), Fault.limit(2)).push(0, "abcd");
    assertThat(rig.at(0)).endsWith("FIN(limit 2 bytes)");
    assertThat(rig.sky.report())
        .hasToString(
            "corrupt hit connection #1 at bytes 0 and 1; limit hit connection #1 at byte 2");
  }

  @Test
  void namesFiveAndCountsTheRest() {
    Fault loss = Fault.loss(1).from(Side.SERVER);
    FaultInjector sky = new FaultInjector(Weather.of(loss));
    for (int connection = 1; connection <= 7; connection++) {
      FaultPipeline lane =
          sky.lane(PipelineHarness.passage(connection, Side.SERVER, Transport.UDP));
      for (int i = 0; i < 3_000; i++) {
        lane.push(ByteBuffer.allocate(1), 0);
      }
      assertThat(lane.poll(0)).isNull();
    }
    assertThat(sky.report())
        .hasToString(
            "loss hit connections #1, #2, #3, #4, #5 and 2 more"
                + " at datagrams 1, 2, 3, 4, 5 and 2995 more");
    assertThat(sky.report().hits(loss)).hasSize(14_000);
    assertThat(sky.report().count(loss)).isEqualTo(21_000);
  }

  @Test
  void tellsFaultsOfOneNameApart() {
    Fault one = Fault.delay(Duration.ofMillis(1));
    Fault two = Fault.delay(Duration.ofMillis(2)).from(Side.CLIENT);
    PipelineHarness rig =
        PipelineHarness.tcp(one, two, Fault.rate(8).named("the line")).push(0, "a");
    rig.until(10_000);
    assertThat(rig.sky.report())
        .hasToString(
            "delay 1ms hit connection #1 at byte 0 from the server; delay 2ms from client hit"
                + " nothing; the line hit connection #1 at byte 0 from the server");
  }

  @Test
  void namesAConnectionOnceThatWasHitInBothDirections() {
    FaultInjector sky =
        new FaultInjector(Weather.of(Fault.cutAfter(Duration.ofMillis(5), CloseType.FIN)));
    for (Side from : Side.values()) {
      assertThat(PipelineHarness.under(sky, 1, from).until(9)).startsWith("5:CUT_FIN");
    }
    assertThat(sky.report()).hasToString("cut hit connection #1 after 5ms");
  }

  @Test
  void saysTheSameOfACutAfterATimeWhicheverDirectionNoticesItFirst() {
    Fault cut = Fault.cutAfter(Duration.ofMillis(5), CloseType.FIN);
    Hit once = new Hit(1, Side.CLIENT, -1, "after 5ms");
    for (Side first : Side.values()) {
      FaultInjector sky = new FaultInjector(Weather.of(cut));
      assertThat(PipelineHarness.under(sky, 1, first).until(9)).startsWith("5:CUT_FIN");
      assertThat(sky.report().hits(cut)).containsExactly(once);
      assertThat(PipelineHarness.under(sky, 1, first.peer()).until(9)).startsWith("5:CUT_FIN");
      assertThat(sky.report().hits(cut)).containsExactly(once);
    }
    FaultInjector sky = new FaultInjector(Weather.of(cut.from(Side.SERVER)));
    assertThat(PipelineHarness.under(sky, 1, Side.SERVER).until(9)).startsWith("5:CUT_FIN");
    assertThat(sky.report().hits(cut.from(Side.SERVER)))
        .containsExactly(new Hit(1, Side.SERVER, -1, "after 5ms"));
  }

  @Test
  void keepsWhatWasTakenDown() {
    PipelineHarness rig = PipelineHarness.tcp();
    rig.sky.put(RESET.named("the end")).close();
    assertThat(rig.sky.report()).hasToString("the end hit nothing");
  }

  @Test
  void missesWhatHadToFire() {
    Fault must = RESET.mustFire();
    PipelineHarness rig = PipelineHarness.tcp(Fault.limit(511), must).push(0, "x");
    assertThat(rig.at(0)).isEqualTo("x");
    assertThat(rig.sky.report().missed()).containsExactly(must);
    assertThat(rig.push(0, "x".repeat(512)).at(0)).endsWith(")");
    assertThat(rig.sky.report().missed()).as("ended before it").containsExactly(must);
    PipelineHarness alone = PipelineHarness.tcp(must).push(0, "x".repeat(512));
    alone.at(0);
    assertThat(alone.sky.report().missed()).isEmpty();
  }

  @Test
  void isASnapshotThatEqualsAnother() {
    PipelineHarness one = PipelineHarness.tcp(RESET).push(0, "x".repeat(600));
    PipelineHarness two =
        PipelineHarness.tcp(RESET).push(0, "x".repeat(300)).push(5, "x".repeat(300));
    Report before = one.sky.report();
    assertThat(one.at(0)).isNotEmpty();
    assertThat(two.at(7)).isNotEmpty();
    assertThat(before.hits(RESET)).isEmpty();
    assertThat(one.sky.report())
        .isEqualTo(two.sky.report())
        .hasSameHashCodeAs(two.sky.report())
        .isNotEqualTo(before);
  }

  @Test
  void equalsAnotherInWhateverOrderDatagramsCameThere() {
    Fault first =
        Fault.of(
            "first",
            meeting ->
                waiting ->
                    waiting.index() == 1
                        ? new Verdict.Overtaken(9, waiting.arrived() + 10 * PipelineHarness.MILLI)
                        : new Verdict.Pass(waiting.size()));
    Fault loss = Fault.loss(1);
    PipelineHarness overtaken = PipelineHarness.udp(first, loss).push(0, "1").push(5, "2");
    assertThat(overtaken.until(20)).isEmpty();
    PipelineHarness unhurried = PipelineHarness.udp(first, loss).push(0, "1");
    assertThat(unhurried.until(20)).isEmpty();
    assertThat(unhurried.push(20, "2").until(30)).isEmpty();
    assertThat(overtaken.sky.report().hits(loss)).extracting(Hit::at).containsExactly(1L, 2L);
    assertThat(overtaken.sky.report()).isEqualTo(unhurried.sky.report());
  }

  @Test
  void whoeverIsNamedIsTheCause() {
    assertThat(PipelineHarness.tcp(Fault.limit(0).named("the wall")).until(0))
        .isEqualTo("0:FIN(the wall (limit 0 bytes))");
    assertThat(List.of(Fault.slowClose(Duration.ofMillis(1)).name(), Fault.lostSegment(0).name()))
        .containsExactly("slow close", "lost segment");
  }
}
