package dev.partyline.internal.har;

import dev.partyline.internal.har.HarBody.BodyRange;
import dev.partyline.wire.Bytes;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;

/** Reads a body from its recording, of which it has only a little in memory. */
final class HarBodyInput extends InputStream {
  private static final int MAX_WINDOW_BYTES = 1 << 16;

  private final HarBody body;
  private final Iterator<BodyRange> ranges;
  private BodyRange rest = new BodyRange(0, 0);
  private ByteBuffer window = Bytes.EMPTY.toBuffer();

  HarBodyInput(HarBody body) {
    this.body = body;
    this.ranges = body.ranges().iterator();
  }

  @Override
  public int read() {
    return fill() ? window.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, window.remaining());
    window.get(target, offset, count);
    return count;
  }

  /** Fetches more if there is nothing left, and returns whether there is something. */
  private boolean fill() {
    while (!window.hasRemaining()) {
      if (rest.size() == 0) {
        if (!ranges.hasNext()) {
          return false;
        }
        rest = ranges.next();
      }
      long endOffset = Math.min(rest.endOffset(), rest.offset() + MAX_WINDOW_BYTES);
      window = body.conversation().bytes(body.side(), rest.offset(), endOffset).toBuffer();
      rest = new BodyRange(endOffset, rest.endOffset());
    }
    return true;
  }
}
