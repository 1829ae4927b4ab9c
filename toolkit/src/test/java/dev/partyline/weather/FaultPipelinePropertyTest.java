package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.Distribution;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FaultPipelinePropertyTest {
  private static final List<Fault> HARMLESS =
      List.of(
          Fault.delay(millis(3)),
          Fault.delay(millis(5), millis(4), Distribution.PARETO),
          Fault.rate(100_000),
          Fault.slice(7),
          Fault.slice(50, millis(1)),
          Fault.sliceAt(1, 100, 1_000, 3_000),
          Fault.sliceRandomly(1, 300),
          Fault.coalesce(millis(2)),
          Fault.stall(),
          Fault.stall(millis(9)),
          Fault.slowClose(millis(5)),
          Fault.slowRead(millis(6)),
          Fault.lostSegment(0.3, millis(4)),
          Fault.delay(millis(8)).startingAtByte(200),
          Fault.rate(50_000).after("\1\2"),
          Fault.of("nothing", context -> input -> new Verdict.Pass(input.size())));

  private static final List<Fault> HARMFUL =
      List.of(
          Fault.corrupt(0.01),
          Fault.corrupt(0.2).startingAtByte(77).named("other"),
          Fault.limitData(700),
          Fault.cutAfter(1_234, CloseType.RST),
          Fault.cutAfter("\7", CloseType.FIN));

  private static final List<Fault> ON_DATAGRAMS =
      List.of(
          DatagramFaults.loss(0.2),
          DatagramFaults.lossEvery(7),
          DatagramFaults.lossGilbertElliott(0.1, 0.3, 0.9, 0.05),
          DatagramFaults.duplicate(0.1),
          Fault.corrupt(0.1),
          DatagramFaults.reorder(0.1, 3, Duration.ofDays(1)),
          Fault.delay(millis(5), millis(4)),
          Fault.delay(millis(1)));

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @Property(tries = 3_000)
  void noChangeOfWeatherLosesReordersOrDoubles(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FaultInjector injector =
        new FaultInjector(Weather.of(some(HARMLESS, random)).seed(seed), Transport.TCP);
    FaultPipeline pipeline =
        injector.newPipeline(PipelineHarness.direction(1, Side.SERVER, Transport.TCP));
    List<FaultGuard> guards = new ArrayList<>();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    Sink sink = new Sink();
    long now = 0;
    boolean finished = false;
    for (int i = 0; i < 60; i++) {
      switch (random.nextInt(7)) {
        case 0, 1 -> {
          if (!finished) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            sent.writeBytes(bytes);
            pipeline.push(ByteBuffer.wrap(bytes), now);
          }
        }
        case 2 -> guards.add(injector.inject(some(HARMLESS, random)));
        case 3 -> {
          if (!guards.isEmpty()) {
            guards.remove(random.nextInt(guards.size())).close();
          }
        }
        case 4 -> {
          now += random.nextInt(4_000_000);
          sink.drain(pipeline, now);
        }
        case 5 -> {
          Delivery delivery = pipeline.poll(now);
          if (delivery != null) {
            sink.receive(delivery);
          }
        }
        default -> {
          if (random.nextInt(20) == 0 && !finished) {
            finished = true;
            pipeline.pushFin(now);
          }
        }
      }
      assertThat(pipeline.heldBytes()).isEqualTo(sent.size() - sink.bytes.size());
    }
    guards.forEach(FaultGuard::close);
    if (!finished) {
      pipeline.pushFin(now);
    }
    boolean stalls = injector.weather().faults().contains(Fault.stall());
    sink.drain(pipeline, now + 100_000_000_000L);
    assertThat(sink.ends).isEqualTo(stalls ? "" : "FIN");
    Bytes output = Bytes.of(sink.bytes.toByteArray());
    assertThat(Bytes.of(sent.toByteArray()).startsWith(output)).isTrue();
    if (!stalls) {
      assertThat(output.size()).isEqualTo(sent.size());
      assertThat(pipeline.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Property(tries = 2_000)
  void decisionsDoNotDependOnTheSplitNorOnWhenTheLoopWoke(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>(List.of(some(HARMLESS, random)));
    faults.remove(Fault.stall());
    if (faults.stream().anyMatch(fault -> fault.name().equals("slice"))) {
      // Which slices it joins depends on the clock, and those that it has joined are no hits.
      faults.removeIf(fault -> fault.name().equals("coalesce"));
    }
    faults.addAll(List.of(some(HARMFUL, random)));
    Weather weather = Weather.of(faults.toArray(Fault[]::new)).seed(seed);
    byte[] bytes = new byte[random.nextInt(4_000)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(12);
    }
    assertThat(run(weather, bytes, random)).isEqualTo(run(weather, bytes, random));
  }

  private static String run(Weather weather, byte[] bytes, SplittableRandom random) {
    FaultInjector injector = new FaultInjector(weather);
    FaultPipeline pipeline =
        injector.newPipeline(PipelineHarness.direction(1, Side.SERVER, Transport.TCP));
    Sink sink = new Sink();
    long now = 0;
    int offset = 0;
    while (offset < bytes.length) {
      int size =
          Math.min(bytes.length - offset, 1 + random.nextInt(random.nextBoolean() ? 5 : 2_000));
      pipeline.push(ByteBuffer.wrap(bytes, offset, size), now);
      offset += size;
      if (random.nextBoolean()) {
        now += random.nextInt(3_000_000);
        sink.drain(pipeline, now);
      }
    }
    pipeline.pushFin(now);
    sink.drain(pipeline, now + 100_000_000_000L);
    return injector.report() + " " + sink.ends + " " + sink.digest() + " " + hits(injector);
  }

  @Property(tries = 10_000)
  void verdictsOnDatagramsDoNotDependOnWhenTheLoopWakes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Weather weather = Weather.of(some(ON_DATAGRAMS, random)).seed(seed);
    assertThat(runDatagrams(weather, random)).isEqualTo(runDatagrams(weather, random));
  }

  @Property(tries = 10_000)
  void theReportDoesNotShowWhichOfTwoReordersReleasedFirst(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Fault reorder = DatagramFaults.reorder(0.1, 3, Duration.ofDays(1));
    Fault jitter = Fault.delay(millis(5), millis(4));
    Weather weather = Weather.of(reorder, reorder, jitter).seed(seed);
    assertThat(runDatagrams(weather, random)).isEqualTo(runDatagrams(weather, random));
  }

  private static String runDatagrams(Weather weather, SplittableRandom random) {
    FaultInjector injector = new FaultInjector(weather, Transport.UDP);
    FaultPipeline pipeline =
        injector.newPipeline(PipelineHarness.direction(1, Side.SERVER, Transport.UDP));
    Sink sink = new Sink();
    long now = 0;
    for (int i = 0; i < 100; i++) {
      pipeline.push(ByteBuffer.wrap(new byte[] {(byte) i, (byte) i, 0}), now);
      if (random.nextBoolean()) {
        now += random.nextInt(3_000_000);
        sink.drain(pipeline, now);
      }
    }
    sink.drain(pipeline, now + Duration.ofHours(1).toNanos());
    String inOrder = sink.digest();
    // Those that too few have overtaken leave by the clock, in the order in which they arrived.
    sink.drain(pipeline, now + Duration.ofDays(9).toNanos());
    return injector.report() + " " + inOrder + " " + sink.bytes.size() + " " + hits(injector);
  }

  private static String hits(FaultInjector injector) {
    return "hash " + injector.report().hashCode();
  }

  private static Fault[] some(List<Fault> faults, SplittableRandom random) {
    int count = random.nextInt(4);
    return IntStream.range(0, count)
        .mapToObj(i -> faults.get(random.nextInt(faults.size())))
        .toArray(Fault[]::new);
  }

  /** What the peer receives. */
  private static final class Sink {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String ends = "";

    /** Receives all, and reads each slice before the next one comes. */
    void drain(FaultPipeline pipeline, long now) {
      receiveAll(pipeline, now);
      while (pipeline.awaitsReader()) {
        pipeline.endWait(true);
        receiveAll(pipeline, now);
      }
    }

    private void receiveAll(FaultPipeline pipeline, long now) {
      for (Delivery delivery = pipeline.poll(now);
          delivery != null;
          delivery = pipeline.poll(now)) {
        receive(delivery);
      }
    }

    void receive(Delivery delivery) {
      byte[] copy = new byte[delivery.bytes().remaining()];
      delivery.bytes().get(copy);
      assertThat(ends).as("nothing comes after the end").isEmpty();
      bytes.writeBytes(copy);
      ends += delivery.kind() == Delivery.Kind.BYTES ? "" : PipelineHarness.text(delivery);
    }

    String digest() {
      return bytes.size() + " bytes, hash " + Arrays.hashCode(bytes.toByteArray());
    }
  }
}
