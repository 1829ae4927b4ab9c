package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** What one side has sent and no expectation has taken yet. */
final class InputBuffer {
  private static final int ROOM = 256 * 1024;

  /** What a datagram costs besides its bytes, so that empty ones count too. */
  private static final int OVERHEAD = 64;

  private final boolean datagrams;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private byte[] buffer = new byte[512];
  private int from;
  private int to;
  private long taken;
  private long takes;
  private boolean loaded;
  private int backlog;

  /** How the side ended, if it has. */
  private boolean finished;

  private boolean reset;

  /** Whether lines may go by until the next expectation takes one: after {@code C: ...}. */
  boolean letsBy;

  /** Whether the player stands at {@code tls}, and both sides have begun. */
  boolean startsTls;

  /** Whether what comes now is said under TLS that the script has started. */
  boolean secured;

  /** Whether what comes up to the next line end goes by, for it has already been refused. */
  private boolean inRefusedLine;

  InputBuffer(boolean datagrams) {
    this.datagrams = datagrams;
  }

  void add(ByteBuffer bytes) {
    if (datagrams) {
      byte[] datagram = new byte[bytes.remaining()];
      bytes.get(datagram);
      waiting.add(datagram);
      backlog += datagram.length + OVERHEAD;
      load();
      return;
    }
    int length = bytes.remaining();
    if (to + length > buffer.length) {
      makeRoom(length);
    }
    bytes.get(buffer, to, length);
    to += length;
    if (inRefusedLine) {
      refuseLine();
    }
  }

  private void makeRoom(int length) {
    int size = to - from;
    int capacity = buffer.length;
    while (capacity - size < length) {
      capacity = Math.addExact(capacity, capacity);
    }
    byte[] target = capacity == buffer.length ? buffer : new byte[capacity];
    System.arraycopy(buffer, from, target, 0, size);
    buffer = target;
    from = 0;
    to = size;
  }

  private void load() {
    if (!loaded && !waiting.isEmpty()) {
      buffer = waiting.remove();
      backlog -= buffer.length + OVERHEAD;
      from = 0;
      to = buffer.length;
      loaded = true;
    }
  }

  void finish() {
    finished = true;
  }

  void reset() {
    reset = true;
  }

  boolean isFinished() {
    return finished;
  }

  boolean isReset() {
    return reset;
  }

  /** Whether nothing more can come. */
  boolean hasEnded() {
    return finished || reset;
  }

  /** Whether nothing is left to take, and nothing more can come. */
  boolean isOver() {
    return hasEnded() && isEmpty();
  }

  boolean isDatagram() {
    return datagrams;
  }

  /** Whether nothing waits to be taken: no byte, or on UDP no datagram. */
  boolean isEmpty() {
    return datagrams ? !loaded : from == to;
  }

  boolean hasRoom() {
    return size() + backlog < ROOM;
  }

  int size() {
    return to - from;
  }

  byte at(int offset) {
    return buffer[from + offset];
  }

  Bytes copy(int start, int end) {
    return Bytes.copyOf(buffer, from + start, from + end);
  }

  /** Returns how many of the wanted bytes stand at an offset, as far as they have come. */
  int matching(Bytes wanted, int wantedFrom, int offset) {
    int length = Math.min(wanted.size() - wantedFrom, size() - offset);
    for (int i = 0; i < length; i++) {
      if (buffer[from + offset + i] != wanted.at(wantedFrom + i)) {
        return i;
      }
    }
    return length;
  }

  /** Returns how often something was taken, so that a pass that took nothing can be told. */
  long takes() {
    return takes;
  }

  /** Returns how many bytes of this side were taken so far. */
  long taken() {
    return taken;
  }

  /** Takes bytes of a stream, or a whole datagram. */
  void take(int length) {
    taken += length;
    takes += length > 0 || datagrams ? 1 : 0;
    from += length;
    if (datagrams) {
      from = to;
      loaded = false;
      load();
    } else if (from == to) {
      from = 0;
      to = 0;
    }
  }

  /** Lets the line go by that begins here, or the datagram, also the part that is yet to come. */
  void refuseLine() {
    if (datagrams) {
      take(size());
      return;
    }
    int end = from;
    while (end < to && buffer[end] != '\n') {
      end++;
    }
    inRefusedLine = end == to;
    take(Math.min(end + 1, to) - from);
  }

  /** Drops everything that has come. */
  void drop() {
    while (!isEmpty()) {
      take(size());
    }
  }

  /** Returns what of the bytes from one offset to another has come. */
  Bytes excerpt(int start, int end) {
    return isEmpty() || start >= size() ? Bytes.EMPTY : copy(start, Math.min(size(), end));
  }

  @Override
  public String toString() {
    return "Inbox" + Arrays.toString(excerpt(0, 16).toArray());
  }
}
