package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.spi.Delivery;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Holds, releases and steps in any order, with faults that come and go. */
class HoldsPropertyTest {
  private static final List<Fault> FAULTS =
      List.of(
          Fault.delay(Duration.ofMillis(3)),
          Fault.slice(7),
          Fault.slice(50, Duration.ZERO),
          Fault.coalesce(Duration.ofMillis(2)),
          Fault.lostSegment(0.3, Duration.ofMillis(4)));

  private static final class Connection {
    final FaultPipeline pipeline;
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean finSent;
    boolean finReceived;

    Connection(FaultPipeline pipeline) {
      this.pipeline = pipeline;
    }

    void push(byte[] bytes, long now) {
      sent.writeBytes(bytes);
      pipeline.push(ByteBuffer.wrap(bytes), now);
    }

    void drain(long now) {
      receiveAll(now);
      while (pipeline.awaitsReader()) {
        pipeline.endWait(true);
        receiveAll(now);
      }
      assertThat(pipeline.heldBytes()).isEqualTo(sent.size() - received.size());
    }

    private void receiveAll(long now) {
      for (Delivery next = pipeline.poll(now); next != null; next = pipeline.poll(now)) {
        byte[] copy = new byte[next.bytes().remaining()];
        next.bytes().get(copy);
        assertThat(finReceived).as("nothing comes after the FIN").isFalse();
        received.writeBytes(copy);
        finReceived = next.kind() == Delivery.Kind.FIN;
      }
    }

    void check() {
      assertThat(Bytes.of(sent.toByteArray()).startsWith(Bytes.of(received.toByteArray())))
          .isTrue();
    }
  }

  @Property(tries = 1_000)
  void nothingIsLostDoubledOrReordered(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FaultInjector injector = new FaultInjector(Weather.clear().seed(seed), Transport.TCP);
    Weathered tap = new HeldTraffic(new Recorder(() -> 0).recording(), injector);
    List<Connection> connections = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      connections.add(
          new Connection(
              injector.newPipeline(PipelineHarness.direction(i, Side.SERVER, Transport.TCP))));
    }
    long[] now = {0};
    injector.holds().onChange(() -> connections.forEach(each -> each.drain(now[0])));
    List<FaultGuard> guards = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      Connection connection = connections.get(random.nextInt(3));
      int[] numbers = random.nextBoolean() ? new int[0] : new int[] {1 + random.nextInt(3)};
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> {
          if (!connection.finSent) {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            random.nextBytes(bytes);
            connection.push(bytes, now[0]);
          }
        }
        case 3 -> tap.hold(Side.SERVER, numbers);
        case 4 -> tap.release(Side.SERVER, numbers);
        case 5 -> step(tap, connections, now[0], numbers);
        case 6 -> {
          now[0] += random.nextInt(4_000_000);
          connection.drain(now[0]);
        }
        case 7 -> {
          if (guards.isEmpty() || random.nextBoolean()) {
            guards.add(injector.inject(FAULTS.get(random.nextInt(FAULTS.size()))));
          } else {
            guards.remove(random.nextInt(guards.size())).close();
          }
        }
        default -> {
          if (random.nextInt(10) == 0 && !connection.finSent) {
            connection.finSent = true;
            connection.pipeline.pushFin(now[0]);
          }
        }
      }
      connections.forEach(Connection::check);
    }
    tap.release(Side.SERVER);
    now[0] += 100_000_000_000L;
    for (Connection connection : connections) {
      connection.drain(now[0]);
      assertThat(connection.received.toByteArray()).isEqualTo(connection.sent.toByteArray());
      assertThat(connection.finReceived).isEqualTo(connection.finSent);
      assertThat(connection.pipeline.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }
  }

  private static int receivedBytes(List<Connection> connections) {
    return connections.stream().mapToInt(each -> each.received.size()).sum();
  }

  /** Steps where something is held, and checks that one thing leaves. */
  private static void step(Weathered tap, List<Connection> connections, long now, int... numbers) {
    try {
      tap.awaitHeld(Side.SERVER, Duration.ZERO, numbers);
    } catch (IllegalStateException | AssertionError e) {
      return;
    }
    // What a removed fault has let go, or is not held, leaves on this occasion as well.
    connections.forEach(each -> each.drain(now));
    int before = receivedBytes(connections);
    Bytes bytes = tap.step(Side.SERVER, numbers);
    assertThat(receivedBytes(connections) - before).isEqualTo(bytes.size());
  }
}
