package dev.partyline.weather;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.util.StringJoiner;

/** A pipeline with its injector, times in milliseconds, and what leaves it as text. */
final class PipelineHarness {
  static final long NANOS_PER_MILLI = 1_000_000;

  final FaultInjector injector;
  final FaultPipeline pipeline;

  private PipelineHarness(FaultInjector injector, ConnectionDirection direction) {
    this(injector, injector.newPipeline(direction));
  }

  PipelineHarness(FaultInjector injector, FaultPipeline pipeline) {
    this.injector = injector;
    this.pipeline = pipeline;
  }

  /** Returns the other direction of the same connection. */
  PipelineHarness opposite() {
    return new PipelineHarness(injector, pipeline.newOpposite());
  }

  /** Returns the direction from the server of the first connection, opened at 0. */
  static PipelineHarness tcp(Fault... faults) {
    return of(new FaultInjector(Weather.of(faults), Transport.TCP));
  }

  static PipelineHarness udp(Fault... faults) {
    return new PipelineHarness(
        new FaultInjector(Weather.of(faults), Transport.UDP),
        direction(1, Side.SERVER, Transport.UDP));
  }

  static PipelineHarness of(FaultInjector injector) {
    return of(injector, 1, Side.SERVER);
  }

  static PipelineHarness of(FaultInjector injector, int connection, Side sender) {
    return new PipelineHarness(injector, direction(connection, sender, Transport.TCP));
  }

  static ConnectionDirection direction(int connection, Side sender, Transport transport) {
    return new ConnectionDirection(
        connection, sender, transport, "127.0.0.1:" + (40_000 + connection), "127.0.0.1:80", 0);
  }

  PipelineHarness push(long millis, String text) {
    pipeline.push(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), millis * NANOS_PER_MILLI);
    return this;
  }

  PipelineHarness pushFin(long millis) {
    pipeline.pushFin(millis * NANOS_PER_MILLI);
    return this;
  }

  PipelineHarness pushRst(long millis) {
    pipeline.pushRst(millis * NANOS_PER_MILLI);
    return this;
  }

  /** Returns all that leaves by a time, such as {@code abc d FIN}, to a peer that reads at once. */
  String poll(long millis) {
    StringJoiner all = new StringJoiner(" ");
    addAll(all, millis);
    while (pipeline.awaitsReader()) {
      pipeline.endWait(true);
      addAll(all, millis);
    }
    return all.toString();
  }

  /** Returns all that leaves by a time to a peer that reads nothing. */
  String pollUnread(long millis) {
    StringJoiner all = new StringJoiner(" ");
    addAll(all, millis);
    return all.toString();
  }

  private void addAll(StringJoiner all, long millis) {
    for (Delivery delivery = pipeline.poll(millis * NANOS_PER_MILLI);
        delivery != null;
        delivery = pipeline.poll(millis * NANOS_PER_MILLI)) {
      all.add(text(delivery));
    }
  }

  /** Returns all that leaves up to a time, each with the milliseconds at which it does. */
  String pollUntil(long millis) {
    StringJoiner all = new StringJoiner(" ");
    long now = 0;
    while (now <= millis) {
      String output = poll(now);
      if (!output.isEmpty()) {
        all.add(now + ":" + output);
      }
      long wakeAt = pipeline.wakeAt();
      now =
          wakeAt == Long.MAX_VALUE
              ? wakeAt
              : Math.max(now + 1, (wakeAt + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
    return all.toString();
  }

  static String text(Delivery delivery) {
    if (delivery.kind() == Delivery.Kind.BYTES) {
      return ISO_8859_1.decode(delivery.bytes()).toString();
    }
    String cause = delivery.cause().isEmpty() ? "" : "(" + delivery.cause() + ")";
    return delivery.kind() + cause;
  }
}
