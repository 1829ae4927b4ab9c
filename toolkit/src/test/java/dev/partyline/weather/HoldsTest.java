package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a test holds of what a pipeline lets through, and lets go. */
class HoldsTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /** Longer than a test takes: what ends before has not waited for it. */
  private static final Duration LONG = Duration.ofDays(1);

  private final FaultInjector injector = new FaultInjector(Weather.clear(), Transport.TCP);
  private final Weathered tap = new HeldTraffic(new Recorder(() -> 0).recording(), injector);
  private final List<String> notes = new ArrayList<>();

  /** What has left in the steps, in order. */
  private final StringBuilder stepped = new StringBuilder();

  private PipelineHarness connection(int number) {
    return new PipelineHarness(
        injector,
        injector.newPipeline(
            PipelineHarness.direction(number, Side.SERVER, Transport.TCP), notes::add));
  }

  /** Polls these whenever something is let go, as the loops do. */
  private void pollOnChange(PipelineHarness... connections) {
    injector
        .holds()
        .onChange(
            () -> {
              for (PipelineHarness connection : connections) {
                stepped.append(connection.poll(9));
              }
            });
  }

  @Test
  void whatIsHeldDoesNotLeaveAndIsNotWaitedFor() {
    PipelineHarness one = connection(1);
    assertThat(one.pipeline.isBypassable()).isTrue();
    tap.hold(Side.SERVER);
    assertThat(one.pipeline.isBypassable()).isFalse();
    one.push(1, "ab").push(2, "c").pushFin(3);
    assertThat(one.poll(4)).isEmpty();
    assertThat(one.pipeline.wakeAt()).isEqualTo(Long.MAX_VALUE);
    assertThat(one.pipeline.heldBytes()).isEqualTo(3);
    assertThat(injector.report().passedBytes(1, Side.SERVER)).hasValue(0);
    tap.release(Side.SERVER);
    assertThat(one.poll(5)).isEqualTo("ab c FIN");
    assertThat(one.pipeline.isBypassable()).isTrue();
    assertThat(injector.report().passedBytes(1, Side.SERVER)).hasValue(3);
  }

  @Test
  void theOtherSideAndOtherConnectionsGoOn() {
    PipelineHarness one = connection(1);
    PipelineHarness two = connection(2);
    PipelineHarness clientOfTwo = two.opposite();
    tap.hold(Side.SERVER, 2, 3);
    assertThat(one.push(1, "a").poll(1)).isEqualTo("a");
    assertThat(two.push(1, "b").poll(1)).isEmpty();
    assertThat(clientOfTwo.push(1, "c").poll(1)).isEqualTo("c");
  }

  @Test
  void oneConnectionIsReleasedAndTheOthersStayHeld() {
    PipelineHarness one = connection(1);
    PipelineHarness two = connection(2);
    tap.hold(Side.SERVER);
    one.push(1, "a").poll(1);
    two.push(1, "b").poll(1);
    tap.release(Side.SERVER, 2);
    assertThat(one.poll(2)).isEmpty();
    assertThat(two.poll(2)).isEqualTo("b");
    assertThat(two.push(3, "c").poll(3)).isEqualTo("c");
    tap.hold(Side.SERVER, 2);
    assertThat(two.push(3, "d").poll(3)).isEmpty();
    assertThat(connection(7).push(3, "e").poll(3)).isEmpty();
  }

  @Test
  void whatWasReleasedLeavesEvenIfTheSideIsHeldAgainAtOnce() {
    PipelineHarness one = connection(1);
    tap.hold(Side.SERVER);
    one.push(1, "a").push(1, "b").poll(1);
    tap.release(Side.SERVER);
    tap.hold(Side.SERVER);
    assertThat(one.push(2, "c").poll(2)).isEqualTo("a b");
    tap.release(Side.SERVER);
    assertThat(one.poll(3)).isEqualTo("c");
    assertThat(notes)
        .containsExactly(
            "held from here on: byte 0 of the server",
            "released: bytes 0 to 1 of the server",
            "held from here on: byte 2 of the server",
            "released: byte 2 of the server");
  }

  @Test
  void aStepTakesWhatCameFirstWhateverItsConnection() {
    PipelineHarness one = connection(1);
    PipelineHarness two = connection(2);
    pollOnChange(two, one);
    tap.hold(Side.SERVER);
    one.push(1, "a").push(2, "b").poll(2);
    two.push(3, "c").poll(3);
    one.push(4, "d").poll(4);
    assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("a");
    assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("b");
    assertThat(tap.step(Side.SERVER, 1).utf8()).isEqualTo("d");
    assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("c");
    assertThat(stepped).hasToString("abdc");
  }

  @Test
  void datagramsAreStepsOfTheirOwnAndHeldAfterTheFaults() {
    FaultInjector udp = new FaultInjector(Weather.parse("duplicate of 2"), Transport.UDP);
    Weathered udpTap = new HeldTraffic(new Recorder(() -> 0).recording(), udp);
    PipelineHarness one =
        new PipelineHarness(
            udp,
            udp.newPipeline(PipelineHarness.direction(1, Side.SERVER, Transport.UDP), notes::add));
    udpTap.hold(Side.SERVER);
    one.push(1, "a").push(1, "").push(1, "c").poll(1);
    udp.holds().onChange(() -> stepped.append(one.poll(1)));
    assertThat(udpTap.step(Side.SERVER).utf8()).isEqualTo("a");
    assertThat(udpTap.step(Side.SERVER).utf8()).isEmpty();
    one.pipeline.retractUnsent(0);
    assertThat(notes)
        .containsExactly(
            "held from here on: datagram 1 of the server",
            "a step passes on datagram 1 of the server",
            "a step passes on datagram 2 of the server",
            "held to the end, and not passed on: datagrams 2, 3 of the server");
  }

  @Test
  void aStepOfASliceWaitsForItsReader() {
    var unused = injector.inject(Fault.slice(1));
    PipelineHarness one = connection(1);
    tap.hold(Side.SERVER);
    one.push(1, "ab");
    pollOnChange(one);
    assertThat(one.pollUnread(1)).isEmpty();
    assertThat(one.pipeline.awaitsReader()).isFalse();
    assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("a");
    assertThat(one.pipeline.awaitsReader()).isFalse();
    assertThat(injector.report()).hasToString("slice hit nothing");
    assertThat(tap.step(Side.SERVER).utf8()).isEqualTo("b");
    assertThat(injector.report()).hasToString("slice hit connection #1 at byte 1 from the server");
  }

  @Test
  void whatIsHeldNowIsAwaitedAndNamedIfItIsNotThere() {
    PipelineHarness one = connection(1);
    tap.freeze();
    assertThatThrownBy(() -> tap.awaitHeld(Side.CLIENT, AT_ONCE))
        .isInstanceOf(AssertionError.class)
        .hasMessage("nothing of the client was held within 1 ms on any connection; held: nothing");
    one.push(1, "ab").pushFin(1).poll(1);
    tap.awaitHeld(Side.SERVER, AT_ONCE);
    tap.awaitHeld(Side.SERVER, AT_ONCE, 1, 2);
    assertThatThrownBy(() -> tap.awaitHeld(Side.SERVER, AT_ONCE, 2, 3))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "nothing of the server was held within 1 ms on connections 2,3; held: bytes 0 to 1 of"
                + " the server on connection 1");
    tap.thaw();
    assertThat(one.poll(1)).isEqualTo("ab FIN");
  }

  @Test
  void whatIsNotHeldCannotBeAwaitedNorPassedOn() {
    tap.hold(Side.CLIENT);
    assertThatIllegalStateException()
        .isThrownBy(() -> tap.step(Side.SERVER))
        .withMessage("the server is not held on any connection; call hold(Side.SERVER) before");
    tap.hold(Side.SERVER, 1);
    assertThatIllegalStateException()
        .isThrownBy(() -> tap.awaitHeld(Side.SERVER, AT_ONCE, 2, 3))
        .withMessage("the server is not held on connections 2,3; call hold(Side.SERVER) before");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tap.hold(Side.SERVER, 0))
        .withMessageContaining("connection (0)");
    tap.release(Side.SERVER);
  }

  @Test
  void aWaitForAConnectionThatHasEndedNamesItAndWhatWasHeld() {
    PipelineHarness one = connection(1);
    tap.freeze(1);
    one.push(1, "ab").pushFin(1).poll(1);
    one.pipeline.retractUnsent(0);
    for (ThrowingCallable wait :
        List.<ThrowingCallable>of(
            () -> tap.step(Side.SERVER),
            () -> tap.step(Side.SERVER, 1),
            () -> tap.awaitHeld(Side.SERVER, LONG, 1, 2))) {
      assertThatThrownBy(wait)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("nothing of the server was held on ")
          .hasMessageEndingWith(
              ": connection 1 has ended; held to the end, and not passed on: bytes 0 to 1 and the"
                  + " FIN of the server on connection 1");
    }
    tap.hold(Side.SERVER);
    assertThatThrownBy(() -> tap.awaitHeld(Side.SERVER, AT_ONCE))
        .hasMessage(
            "nothing of the server was held within 1 ms on any connection; held: nothing; held to"
                + " the end, and not passed on: bytes 0 to 1 and the FIN of the server on"
                + " connection 1");
    tap.release(Side.SERVER);
    tap.hold(Side.SERVER);
    assertThatThrownBy(() -> tap.awaitHeld(Side.SERVER, AT_ONCE)).hasMessageEndingWith("nothing");
  }

  @Test
  void aWaitEndsWhenTheSideIsReleased() throws Exception {
    tap.hold(Side.SERVER);
    assertThat(endOfWait(() -> tap.awaitHeld(Side.SERVER, LONG), () -> tap.release(Side.SERVER)))
        .hasMessage(
            "nothing of the server was held on any connection: the server was released meanwhile");
  }

  @Test
  void aWaitEndsWhenTheOwnerCloses() throws Exception {
    tap.hold(Side.SERVER);
    assertThat(endOfWait(() -> tap.awaitHeld(Side.SERVER, LONG), () -> injector.close("Tap{1}")))
        .hasMessage(
            "nothing of the server was held on any connection: Tap{1} was closed meanwhile");
  }

  @Test
  void aWaitEndsWhenItsConnectionEnds() throws Exception {
    PipelineHarness one = connection(1);
    tap.hold(Side.SERVER, 1);
    assertThat(
            endOfWait(() -> tap.awaitHeld(Side.SERVER, LONG), () -> one.pipeline.retractUnsent(0)))
        .hasMessage("nothing of the server was held on any connection: connection 1 has ended");
  }

  /** Runs what waits, and what ends that once it waits; returns what it has thrown. */
  private static Throwable endOfWait(Runnable wait, Runnable end) throws Exception {
    FutureTask<Throwable> task = new FutureTask<>(() -> catchThrowable(wait::run));
    Thread thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    end.run();
    return task.get(30, TimeUnit.SECONDS);
  }

  @Test
  void nothingIsHeldOfWhatIsClosed() {
    tap.hold(Side.SERVER);
    injector.close("Tap{1}");
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> tap.hold(Side.SERVER),
            () -> tap.freeze(),
            () -> tap.step(Side.SERVER),
            () -> tap.awaitHeld(Side.SERVER, LONG))) {
      assertThatIllegalStateException()
          .isThrownBy(call)
          .withMessage("Tap{1} is closed, so nothing of it can be held; do that before close()");
    }
    tap.release(Side.SERVER);
    tap.thaw();
  }

  @Test
  @SuppressWarnings("NullAway") // What a user may do.
  void aMissingSideIsNamed() {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> tap.hold(null),
            () -> tap.release(null),
            () -> tap.step(null),
            () -> tap.awaitHeld(null, LONG))) {
      assertThatNullPointerException()
          .isThrownBy(call)
          .withMessage("sender (null) must be Side.CLIENT or Side.SERVER");
    }
    assertThatNullPointerException()
        .isThrownBy(() -> tap.awaitHeld(Side.SERVER, null))
        .withMessage("timeout (null) must be a time to wait");
  }

  @Test
  void allThatIsHeldIsTold() {
    PipelineHarness one = connection(1);
    tap.hold(Side.SERVER);
    assertThat(tap.held()).isEmpty();
    one.push(1, "a").poll(1);
    assertThat(tap.held()).containsExactly("1 byte of the server on connection 1");
    one.push(1, "bcdef").pushFin(1).poll(1);
    assertThat(tap.held()).containsExactly("6 bytes and the FIN of the server on connection 1");
    tap.release(Side.SERVER);
    assertThat(tap.held()).isEmpty();
  }

  @Test
  void aStepFailsIfTheConnectionEndsBeforeIt() {
    PipelineHarness one = connection(1);
    tap.hold(Side.SERVER);
    one.push(1, "a").poll(1);
    injector.holds().onChange(() -> one.pipeline.retractUnsent(0));
    assertThatThrownBy(() -> tap.step(Side.SERVER))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "byte 0 of the server on connection 1 was not passed on: the connection has ended");
  }

  @Test
  void aStepThatTheCloseOvertakesSaysSo() {
    PipelineHarness one = connection(1);
    tap.hold(Side.SERVER);
    one.push(1, "a").poll(1);
    injector
        .holds()
        .onChange(
            () -> {
              injector.close("Tap{1}");
              one.pipeline.retractUnsent(0);
            });
    assertThatThrownBy(() -> tap.step(Side.SERVER))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "byte 0 of the server on connection 1 was not passed on: Tap{1} was closed meanwhile");
  }
}
