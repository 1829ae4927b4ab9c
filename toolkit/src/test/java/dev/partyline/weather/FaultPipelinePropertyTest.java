package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;

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
          Fault.lostSegment(0.3, millis(4)),
          Fault.delay(millis(8)).fromByte(200),
          Fault.rate(50_000).after("\1\2"),
          Fault.of("nothing", meeting -> waiting -> new Verdict.Pass(waiting.size())));

  private static final List<Fault> HARMFUL =
      List.of(
          Fault.corrupt(0.01),
          Fault.corrupt(0.2).fromByte(77).named("other"),
          Fault.limit(700),
          Fault.cutAfter(1_234, CloseType.RST),
          Fault.cutAfter("\7", CloseType.FIN));

  private static final List<Fault> ON_DATAGRAMS =
      List.of(
          Fault.loss(0.2),
          Fault.lossGap(7),
          Fault.lossBursts(0.1, 0.3, 0.9, 0.05),
          Fault.duplicate(0.1),
          Fault.corrupt(0.1),
          Fault.reorder(0.1, 3, Duration.ofDays(1)),
          Fault.delay(millis(5), millis(4)),
          Fault.delay(millis(1)));

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @Property(tries = 3_000)
  void noChangeOfWeatherLosesReordersOrDoubles(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FaultInjector sky =
        new FaultInjector(Weather.of(some(HARMLESS, random)).seed(seed), Transport.TCP);
    FaultPipeline lane = sky.lane(PipelineHarness.passage(1, Side.SERVER, Transport.TCP));
    List<Guard> guards = new ArrayList<>();
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
            lane.push(ByteBuffer.wrap(bytes), now);
          }
        }
        case 2 -> guards.add(sky.put(some(HARMLESS, random)));
        case 3 -> {
          if (!guards.isEmpty()) {
            guards.remove(random.nextInt(guards.size())).close();
          }
        }
        case 4 -> {
          now += random.nextInt(4_000_000);
          sink.drain(lane, now);
        }
        case 5 -> {
          Delivery one = lane.poll(now);
          if (one != null) {
            sink.take(one);
          }
        }
        default -> {
          if (random.nextInt(20) == 0 && !finished) {
            finished = true;
            lane.finish(now);
          }
        }
      }
      assertThat(lane.held()).isEqualTo(sent.size() - sink.bytes.size());
    }
    guards.forEach(Guard::close);
    if (!finished) {
      lane.finish(now);
    }
    boolean stalls = sky.now().faults().contains(Fault.stall());
    sink.drain(lane, now + 100_000_000_000L);
    assertThat(sink.ends).isEqualTo(stalls ? "" : "FIN");
    Bytes left = Bytes.of(sink.bytes.toByteArray());
    assertThat(Bytes.of(sent.toByteArray()).startsWith(left)).isTrue();
    if (!stalls) {
      assertThat(left.size()).isEqualTo(sent.size());
      assertThat(lane.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Property(tries = 2_000)
  void decisionsDoNotDependOnTheSplitNorOnWhenTheLoopWoke(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>(List.of(some(HARMLESS, random)));
    faults.remove(Fault.stall());
    faults.addAll(List.of(some(HARMFUL, random)));
    Weather weather = Weather.of(faults.toArray(Fault[]::new)).seed(seed);
    byte[] bytes = new byte[random.nextInt(4_000)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(12);
    }
    assertThat(run(weather, bytes, random)).isEqualTo(run(weather, bytes, random));
  }

  private static String run(Weather weather, byte[] bytes, SplittableRandom random) {
    FaultInjector sky = new FaultInjector(weather);
    FaultPipeline lane = sky.lane(PipelineHarness.passage(1, Side.SERVER, Transport.TCP));
    Sink sink = new Sink();
    long now = 0;
    int at = 0;
    while (at < bytes.length) {
      int size = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 5 : 2_000));
      lane.push(ByteBuffer.wrap(bytes, at, size), now);
      at += size;
      if (random.nextBoolean()) {
        now += random.nextInt(3_000_000);
        sink.drain(lane, now);
      }
    }
    lane.finish(now);
    sink.drain(lane, now + 100_000_000_000L);
    return sky.report() + " " + sink.ends + " " + sink.digest() + " " + hits(sky);
  }

  @Property(tries = 10_000)
  void datagramsMeetTheSameFateWheneverTheLoopWakes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Weather weather = Weather.of(some(ON_DATAGRAMS, random)).seed(seed);
    assertThat(runDatagrams(weather, random)).isEqualTo(runDatagrams(weather, random));
  }

  @Property(tries = 10_000)
  void theReportDoesNotTellWhichOfTwoReordersLetGoFirst(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Fault reorder = Fault.reorder(0.1, 3, Duration.ofDays(1));
    Fault jitter = Fault.delay(millis(5), millis(4));
    Weather weather = Weather.of(reorder, reorder, jitter).seed(seed);
    assertThat(runDatagrams(weather, random)).isEqualTo(runDatagrams(weather, random));
  }

  private static String runDatagrams(Weather weather, SplittableRandom random) {
    FaultInjector sky = new FaultInjector(weather, Transport.UDP);
    FaultPipeline lane = sky.lane(PipelineHarness.passage(1, Side.SERVER, Transport.UDP));
    Sink sink = new Sink();
    long now = 0;
    for (int i = 0; i < 100; i++) {
      lane.push(ByteBuffer.wrap(new byte[] {(byte) i, (byte) i, 0}), now);
      if (random.nextBoolean()) {
        now += random.nextInt(3_000_000);
        sink.drain(lane, now);
      }
    }
    sink.drain(lane, now + Duration.ofHours(1).toNanos());
    String inOrder = sink.digest();
    // Those that too few have passed leave by the clock, in the order in which it let them in.
    sink.drain(lane, now + Duration.ofDays(9).toNanos());
    return sky.report() + " " + inOrder + " " + sink.bytes.size() + " " + hits(sky);
  }

  private static String hits(FaultInjector sky) {
    return "hash " + sky.report().hashCode();
  }

  private static Fault[] some(List<Fault> faults, SplittableRandom random) {
    int count = random.nextInt(4);
    return IntStream.range(0, count)
        .mapToObj(i -> faults.get(random.nextInt(faults.size())))
        .toArray(Fault[]::new);
  }

  /** The peer. */
  private static final class Sink {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String ends = "";

    void drain(FaultPipeline lane, long until) {
      for (Delivery next = lane.poll(until); next != null; next = lane.poll(until)) {
        take(next);
      }
    }

    void take(Delivery next) {
      byte[] copy = new byte[next.bytes().remaining()];
      next.bytes().get(copy);
      assertThat(ends).as("nothing comes after the end").isEmpty();
      bytes.writeBytes(copy);
      ends += next.kind() == Delivery.Kind.BYTES ? "" : PipelineHarness.text(next);
    }

    String digest() {
      return bytes.size() + " bytes, hash " + Arrays.hashCode(bytes.toByteArray());
    }
  }
}
