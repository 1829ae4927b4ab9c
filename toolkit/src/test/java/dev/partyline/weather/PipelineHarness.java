package dev.partyline.weather;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.util.StringJoiner;

/** One lane under a sky, its times in milliseconds, and what leaves it as a text. */
final class PipelineHarness {
  static final long MILLI = 1_000_000;

  final FaultInjector sky;
  final FaultPipeline lane;

  private PipelineHarness(FaultInjector sky, ConnectionDirection passage) {
    this.sky = sky;
    this.lane = sky.lane(passage);
  }

  /** What the server says on the first connection, opened at 0. */
  static PipelineHarness tcp(Fault... faults) {
    return under(new FaultInjector(Weather.of(faults), Transport.TCP));
  }

  static PipelineHarness udp(Fault... faults) {
    return new PipelineHarness(
        new FaultInjector(Weather.of(faults), Transport.UDP),
        passage(1, Side.SERVER, Transport.UDP));
  }

  static PipelineHarness under(FaultInjector sky) {
    return under(sky, 1, Side.SERVER);
  }

  static PipelineHarness under(FaultInjector sky, int connection, Side from) {
    return new PipelineHarness(sky, passage(connection, from, Transport.TCP));
  }

  static ConnectionDirection passage(int connection, Side from, Transport transport) {
    return new ConnectionDirection(
        connection, from, transport, "127.0.0.1:" + (40_000 + connection), "127.0.0.1:80", 0);
  }

  PipelineHarness push(long millis, String text) {
    lane.push(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), millis * MILLI);
    return this;
  }

  PipelineHarness finish(long millis) {
    lane.finish(millis * MILLI);
    return this;
  }

  PipelineHarness reset(long millis) {
    lane.reset(millis * MILLI);
    return this;
  }

  /** Returns all that leaves by a time, such as {@code abc d FIN}. */
  String at(long millis) {
    StringJoiner all = new StringJoiner(" ");
    for (Delivery next = lane.poll(millis * MILLI);
        next != null;
        next = lane.poll(millis * MILLI)) {
      all.add(text(next));
    }
    return all.toString();
  }

  /** Returns all that leaves up to a time, each with the milliseconds at which it does. */
  String until(long millis) {
    StringJoiner all = new StringJoiner(" ");
    long now = 0;
    while (now <= millis) {
      String left = at(now);
      if (!left.isEmpty()) {
        all.add(now + ":" + left);
      }
      long wake = lane.wakeAt();
      now = wake == Long.MAX_VALUE ? wake : Math.max(now + 1, (wake + MILLI - 1) / MILLI);
    }
    return all.toString();
  }

  static String text(Delivery leaving) {
    if (leaving.kind() == Delivery.Kind.BYTES) {
      return ISO_8859_1.decode(leaving.bytes()).toString();
    }
    String cause = leaving.cause().isEmpty() ? "" : "(" + leaving.cause() + ")";
    return leaving.kind() + cause;
  }
}
