package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random events of a connection, and a simple model of what was sent. */
final class RandomEvents {
  private final SplittableRandom random;
  private final int maxChunkBytes;
  private final List<Event> events = new ArrayList<>();
  private final ByteBuffer direct = ByteBuffer.allocateDirect(1 << 20);

  RandomEvents(long seed, int maxChunkBytes) {
    this.random = new SplittableRandom(seed);
    this.maxChunkBytes = maxChunkBytes;
  }

  /** Records a random event; the buffer is overwritten at once, as an event loop does. */
  void recordNext(ConversationRecorder recorder) {
    Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
    if (random.nextInt(40) == 0) {
      recorder.recordFin(side);
      events.add(new Event.Fin(side, 0));
      return;
    }
    byte[] chunk =
        new byte[random.nextInt(random.nextInt(4) == 0 ? maxChunkBytes : maxChunkBytes / 50 + 2)];
    random.nextBytes(chunk);
    events.add(new Event.Sent(side, 0, Bytes.of(chunk)));
    if (random.nextBoolean()) {
      ByteBuffer heap = ByteBuffer.wrap(chunk);
      recorder.recordSent(side, heap);
      heap.clear();
      heap.put(new byte[chunk.length]);
    } else {
      direct.clear().position(3);
      direct.put(chunk).flip().position(3);
      recorder.recordSent(side, direct);
      direct.clear().put(new byte[chunk.length]);
    }
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  int nextInt(int bound) {
    return random.nextInt(bound);
  }

  /** Returns all that a side sent. */
  static Bytes sentBytes(List<Event> events, Side side) {
    return Bytes.join(
        events.stream()
            .filter(event -> event.side() == side && event instanceof Event.Sent)
            .map(event -> ((Event.Sent) event).bytes())
            .toList());
  }

  /** Returns how many bytes both sides sent. */
  static long byteCount(List<Event> events) {
    return sentBytes(events, Side.CLIENT).size() + (long) sentBytes(events, Side.SERVER).size();
  }
}
