package dev.partyline.weather;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One direction of one connection under a sky; for one thread. */
public final class Lane {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Deque<Leaving> out = new ArrayDeque<>();
  private long now;

  Lane() {}

  /** Returns whether bytes may go straight past this lane: see {@link #passed}. */
  public boolean isClear() {
    return out.isEmpty();
  }

  /** Counts bytes, or one datagram of as many, that went straight past a clear lane. */
  public void passed(long bytes) {}

  /** Takes all that remains in the buffer: bytes of the stream, or one datagram. */
  public void push(ByteBuffer bytes, long now) {
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    leave(Leaving.Kind.BYTES, copy, now);
  }

  /** Takes the speaker's FIN, which leaves after all bytes. */
  public void finish(long now) {
    leave(Leaving.Kind.FIN, NOTHING, now);
  }

  /** Takes the speaker's RST, which leaves after all bytes. */
  public void reset(long now) {
    leave(Leaving.Kind.RST, NOTHING, now);
  }

  private void leave(Leaving.Kind kind, ByteBuffer bytes, long now) {
    this.now = now;
    out.add(new Leaving(kind, bytes, ""));
  }

  /** Returns the next thing that leaves by now, in order, or null if nothing does yet. */
  public @Nullable Leaving poll(long now) {
    return out.poll();
  }

  /** Returns when to poll again at the latest, {@link Long#MAX_VALUE} for never. */
  public long wakeAt() {
    return out.isEmpty() ? Long.MAX_VALUE : now;
  }

  /** Returns how many bytes are held back. */
  public long held() {
    return out.stream().mapToLong(each -> each.bytes().remaining()).sum();
  }
}
