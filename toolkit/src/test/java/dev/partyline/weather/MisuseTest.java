package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MisuseTest {
  private static final Duration TEN = Duration.ofMillis(10);

  @Test
  void figuresHaveTheirRanges() {
    rejects(() -> Fault.delay(Duration.ZERO), "delay (PT0S) must be above 0 and at most ten years");
    rejects(
        () -> Fault.stall(Duration.ofDays(4_000)),
        "time (PT96000H) must be above 0 and at most" + " ten years");
    rejects(() -> Fault.rate(0), "rate (0) must be at least 1");
    rejects(
        () -> Fault.rate(9_000_000_000L),
        "rate (9000000000) must be at most 8000000000 bytes a second");
    rejects(() -> Fault.slice(0), "size (0) must be at least 1");
    rejects(() -> Fault.sliceAt(), "offsets () must be at least one");
    rejects(() -> Fault.cutAfter(-1, CloseType.FIN), "bytes (-1) must be at least 0");
    rejects(() -> Fault.cutAfter("", CloseType.FIN), "pattern () must have at least one byte");
    rejects(
        () -> DatagramFaults.loss(Double.NaN),
        "probability (NaN) must be from 0 to 1, such as 0.01 for 1 %");
    rejects(() -> Fault.stall().onConnections(0), "connection (0) must be at least 1");
    rejects(() -> Fault.stall().onConnections(), "connections () must be at least one number");
    rejects(
        () -> Fault.stall().onClientAddress("a b"),
        "address (a b) must be a literal address such as 127.0.0.1 or ::1");
    rejects(
        () -> Fault.stall().onClientAddress("localhost"),
        "address (localhost) must be a literal address such as 127.0.0.1 or ::1");
    rejects(
        () -> Fault.stall().onClientAddress("127.0.0"),
        "address (127.0.0) must be a literal address such as 127.0.0.1 or ::1");
    rejects(() -> Fault.stall().named(" "), "name ( ) must be at least one letter");
  }

  @Test
  void whatMakesNoSenseOnATransportSaysWhatDoes() {
    Map<Fault, String> onTcp =
        Map.of(
            DatagramFaults.loss(0.01),
            "fault (loss 1%) cannot act on TCP: taking bytes out of a stream is corruption, not"
                + " loss; use Fault.lostSegment(0.01)",
            DatagramFaults.reorder(0.01, 1),
            "fault (reorder 1%) cannot act on TCP: a stream never arrives out of order; use"
                + " Fault.lostSegment(0.01)",
            Fault.stall().startingAtDatagram(3),
            "fault (stall from datagram 3) cannot act on TCP: a stream has no datagrams; use"
                + " startingAtByte(offset)");
    onTcp.forEach(
        (fault, message) -> {
          Weather weather = Weather.of(fault);
          rejects(() -> new FaultInjector(weather, Transport.TCP), message);
          rejects(() -> weather.check(Transport.TCP), message);
          rejects(() -> PipelineHarness.of(new FaultInjector(weather)), message);
          assertThatCode(() -> weather.check(Transport.UDP)).doesNotThrowAnyException();
        });
    FaultInjector udpInjector = new FaultInjector(Weather.clear(), Transport.UDP);
    rejects(
        () -> udpInjector.inject(Fault.cutAfter(5, CloseType.FIN)),
        "fault (cut after 5 bytes) cannot act on UDP: datagrams have no connection that could end;"
            + " use DatagramFaults.loss(1)");
    for (Fault fault :
        List.of(
            Fault.limitData(1),
            Fault.slice(1),
            Fault.coalesce(TEN),
            Fault.slowClose(TEN),
            Fault.slowRead(TEN),
            Fault.lostSegment(0.1),
            Fault.resetFirst(1),
            Fault.connectDelay(TEN),
            Fault.delay(TEN).startingAtByte(1))) {
      assertThatThrownBy(() -> udpInjector.inject(fault))
          .hasMessageContaining("cannot act on UDP: ");
    }
    assertThatCode(() -> Weather.edge().check(Transport.UDP)).doesNotThrowAnyException();
  }

  @Test
  void aFaultThatWasWrittenAsTextIsAdvisedAsText() {
    Map<String, String> onTcp =
        Map.of(
            "loss 50%",
            "taking bytes out of a stream is corruption, not loss; use 'lost segment 1%'",
            "corrupt of 2",
            "a stream has no datagrams; use 'corrupt 1%'",
            "stall from datagram 3 from client named \"x\"",
            "a stream has no datagrams; use 'from byte 512'");
    onTcp.forEach(
        (text, advice) -> {
          Weather weather = Weather.parse(text);
          assertThatThrownBy(() -> weather.check(Transport.TCP)).hasMessageEndingWith(advice);
        });
    rejects(
        () -> Fault.parse("refuse must fire"),
        "fault (refuse must fire): fault (refuse) cannot be one that must fire, because the system"
            + " does not report whom it refused: assert what the client did; use 'reset first 1'");
    rejects(
        () -> Fault.refuse().onEveryNth(2),
        "refuse acts on all clients, because nothing listens, and cannot select some; use"
            + " Fault.resetFirst(1)");
    assertThat(Fault.parse("loss 50%")).isEqualTo(DatagramFaults.loss(0.5));
  }

  @Test
  void aBehaviorThatReturnsAnInvalidVerdictIsNamed() {
    rejectsVerdict(new Verdict.Pass(4), "Pass[size=4]; size must be in 1..3");
    rejectsVerdict(new Verdict.Pass(0), "Pass[size=0]; size must be in 1..3");
    rejectsVerdict(new Verdict.Deliver(4, 0), "Deliver[size=4, time=0]; size must be in 1..3");
    rejectsVerdict(new Verdict.Hold(0), "Hold[deadline=0]; it must hold until after now, 0");
    rejectsVerdict(
        new Verdict.Duplicate(),
        "Duplicate[]; bytes of a stream cannot be duplicated or reordered");
  }

  @Test
  @SuppressWarnings("NullAway") // A user may write a fault without such checks.
  void aBehaviorThatReturnsNullIsNamed() {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.of("mine", context -> input -> null)).push(0, "abc");
    assertThatThrownBy(() -> harness.poll(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fault (mine) returned null; it must decide");
  }

  @Test
  void whatTheSystemRefusesCannotBeCounted() {
    assertThatThrownBy(() -> Fault.parse("refuse must fire"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the system does not report whom it refused");
  }

  private static void rejectsVerdict(Verdict verdict, String message) {
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.of("mine", context -> input -> verdict)).push(0, "abc");
    assertThatThrownBy(() -> harness.poll(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fault (mine) returned " + message);
  }

  @Test
  void idleBehaviorsHoldOrClose() {
    ImpairmentBehavior behavior =
        new ImpairmentBehavior() {
          @Override
          public Verdict onInput(PendingInput input) {
            return Verdict.WAIT;
          }

          @Override
          public Verdict onIdle(long now) {
            return new Verdict.Pass(1);
          }
        };
    PipelineHarness harness =
        PipelineHarness.tcp(Fault.of("mine", context -> behavior).from(Side.SERVER));
    assertThatThrownBy(() -> harness.poll(0))
        .hasMessage(
            "fault (mine from server) returned Pass[size=1]; nothing is pending: it must hold or"
                + " close");
  }

  private static void rejects(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
