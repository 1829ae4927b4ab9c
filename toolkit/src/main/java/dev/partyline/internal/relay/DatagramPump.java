package dev.partyline.internal.relay;

import dev.partyline.internal.net.Timer;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Carries the datagrams of one side to the other: records them, applies the faults, sends them. */
final class DatagramPump {
  /** A full socket has room again soon, so there is no need for a selector. */
  private static final long RETRY_DELAY_NANOS = 1_000_000L;

  private final RelayRecorder recorder;
  private final Side side;
  private final FaultPipeline pipeline;
  private final DatagramSink sink;
  private final Ticker ticker;
  private final ArrayDeque<ByteBuffer> writeQueue = new ArrayDeque<>();
  private long retryAtNanos = Timer.NEVER;

  DatagramPump(
      RelayRecorder recorder, Side side, FaultPipeline pipeline, DatagramSink sink, Ticker ticker) {
    this.recorder = recorder;
    this.side = side;
    this.pipeline = pipeline;
    this.sink = sink;
    this.ticker = ticker;
  }

  void forward(ByteBuffer datagram) throws IOException {
    recorder.recordSent(side, datagram);
    if (!pipeline.isBypassable()) {
      pipeline.push(datagram, ticker.nanos());
      deliverDue();
      return;
    }
    pipeline.countBypassed(datagram.remaining());
    if (!writeQueue.isEmpty() || !sink.send(datagram)) {
      enqueue(datagram);
    }
  }

  private void enqueue(ByteBuffer datagram) {
    ByteBuffer copy = ByteBuffer.allocate(datagram.remaining());
    writeQueue.add(copy.put(datagram).flip());
    // The next attempt is not put off by each datagram that comes before it.
    retryAtNanos = Math.min(retryAtNanos, ticker.nanos() + RETRY_DELAY_NANOS);
  }

  /** Sends what the faults let through by now. */
  void deliverDue() throws IOException {
    retryAtNanos = Timer.NEVER;
    for (ByteBuffer next = writeQueue.peek(); next != null; next = writeQueue.peek()) {
      if (!sink.send(next)) {
        retryAtNanos = ticker.nanos() + RETRY_DELAY_NANOS;
        return;
      }
      writeQueue.remove();
    }
    deliver(ticker.nanos());
  }

  private void deliver(long now) throws IOException {
    for (Delivery delivery = pipeline.poll(now); delivery != null; delivery = pipeline.poll(now)) {
      if (!sink.send(delivery.bytes())) {
        enqueue(delivery.bytes());
        return;
      }
    }
  }

  /** Sends at once what the faults only delay, unless the socket is full. */
  void deliverEarly() throws IOException {
    deliverDue();
    long now = ticker.nanos();
    for (long dueAt = pipeline.wakeAt();
        dueAt != Timer.NEVER && dueAt > now && writeQueue.isEmpty();
        dueAt = pipeline.wakeAt()) {
      now = dueAt;
      deliver(now);
    }
  }

  /** Returns whether datagrams are on their way. */
  boolean isHolding() {
    return !writeQueue.isEmpty() || pipeline.heldBytes() > 0;
  }

  /** Called before the relay closes: a fault has not hit a datagram that is not sent. */
  void retractUnsent() {
    pipeline.retractUnsent(writeQueue.size());
  }

  long wakeAt() {
    return writeQueue.isEmpty() ? pipeline.wakeAt() : retryAtNanos;
  }
}
