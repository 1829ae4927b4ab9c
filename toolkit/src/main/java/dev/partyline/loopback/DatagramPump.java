package dev.partyline.loopback;

import dev.partyline.weather.Delivery;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Carries the datagrams of one side to the other: recorded, through the weather, sent. */
final class DatagramPump {
  /** A socket gives way soon; there is no need to be told when. */
  private static final long BREATH = 500_000L;

  private final ConversationRecorder track;
  private final Side side;
  private final FaultPipeline lane;
  private final Exit exit;
  private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
  private long retryAt = Timer.NEVER;

  DatagramPump(ConversationRecorder track, Side side, FaultPipeline lane, Exit exit) {
    this.track = track;
    this.side = side;
    this.lane = lane;
    this.exit = exit;
  }

  void pass(ByteBuffer datagram) throws IOException {
    track.sent(side, datagram);
    if (!lane.isClear()) {
      lane.push(datagram, System.nanoTime());
      drain();
      return;
    }
    lane.passed(datagram.remaining());
    if (!unsent.isEmpty() || !exit.send(datagram)) {
      keep(datagram);
    }
  }

  private void keep(ByteBuffer datagram) {
    ByteBuffer copy = ByteBuffer.allocate(datagram.remaining());
    unsent.add(copy.put(datagram).flip());
    retryAt = System.nanoTime() + BREATH;
  }

  /** Sends what the weather lets through by now. */
  void drain() throws IOException {
    retryAt = Timer.NEVER;
    for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
      if (!exit.send(next)) {
        retryAt = System.nanoTime() + BREATH;
        return;
      }
      unsent.remove();
    }
    long now = System.nanoTime();
    for (Delivery next = lane.poll(now); next != null; next = lane.poll(now)) {
      if (!exit.send(next.bytes())) {
        keep(next.bytes());
        return;
      }
    }
  }

  long wakeAt() {
    return Math.min(retryAt, lane.wakeAt());
  }

  /** Where datagrams leave. */
  @FunctionalInterface
  interface Exit {
    /** Returns whether the datagram has left, or never will; false if there is no room now. */
    boolean send(ByteBuffer datagram) throws IOException;
  }
}
