package dev.partyline.script.player;

import dev.partyline.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** What one side has sent and no expectation has consumed yet. */
final class InputBuffer {
  private static final int MAX_HELD_BYTES = 256 * 1024;

  private static final int MIN_CAPACITY = 512;
  private static final byte[] NO_BYTES = {};

  /** What a datagram counts besides its bytes, so that empty ones count too. */
  private static final int DATAGRAM_OVERHEAD_BYTES = 64;

  private final boolean datagrams;
  private final Deque<byte[]> queuedDatagrams = new ArrayDeque<>();
  private byte[] buffer = NO_BYTES;
  private int readIndex;
  private int writeIndex;
  private long consumedBytes;
  private long consumeCount;
  private boolean hasDatagram;
  private int queuedBytes;

  /** Whether a FIN has come. */
  private boolean finished;

  private boolean reset;

  /** Whether the script has expected the FIN. */
  private boolean finConsumed;

  /** Why its FIN has ended the other direction as well; empty if it has not. */
  String outputEnd = "";

  /** Whether lines may pass until the next expectation matches one: after {@code C: ...}. */
  boolean allowsAny;

  /** Whether the player is at {@code tls}, and has started TLS. */
  boolean tlsRequested;

  /** Whether what comes now was sent under TLS. */
  boolean tlsStarted;

  /** Whether what comes up to the next line end is the rest of a line that is skipped. */
  private boolean inSkippedLine;

  InputBuffer(boolean datagrams) {
    this.datagrams = datagrams;
  }

  void add(ByteBuffer bytes) {
    if (datagrams) {
      byte[] datagram = new byte[bytes.remaining()];
      bytes.get(datagram);
      queuedDatagrams.add(datagram);
      queuedBytes += datagram.length + DATAGRAM_OVERHEAD_BYTES;
      loadDatagram();
      return;
    }
    int length = bytes.remaining();
    if (writeIndex + length > buffer.length) {
      ensureCapacity(length);
    }
    bytes.get(buffer, writeIndex, length);
    writeIndex += length;
    if (inSkippedLine) {
      skipLine();
    }
  }

  private void ensureCapacity(int length) {
    int size = writeIndex - readIndex;
    int capacity = Math.max(MIN_CAPACITY, buffer.length);
    while (capacity - size < length) {
      capacity = Math.addExact(capacity, capacity);
    }
    byte[] target = capacity == buffer.length ? buffer : new byte[capacity];
    System.arraycopy(buffer, readIndex, target, 0, size);
    buffer = target;
    readIndex = 0;
    writeIndex = size;
  }

  private void loadDatagram() {
    if (!hasDatagram && !queuedDatagrams.isEmpty()) {
      buffer = queuedDatagrams.remove();
      queuedBytes -= buffer.length + DATAGRAM_OVERHEAD_BYTES;
      readIndex = 0;
      writeIndex = buffer.length;
      hasDatagram = true;
    }
  }

  void finish() {
    finished = true;
    releaseIfDrained();
  }

  void reset() {
    reset = true;
    releaseIfDrained();
  }

  /** Gives the memory back while the other side still sends. */
  private void releaseIfDrained() {
    if (!datagrams && isDrained()) {
      buffer = NO_BYTES;
    }
  }

  boolean isFinished() {
    return finished;
  }

  /** Whether a FIN has come that nothing has consumed. */
  boolean hasFin() {
    return finished && !finConsumed;
  }

  void consumeFin() {
    finConsumed = finished;
  }

  boolean isReset() {
    return reset;
  }

  /** Whether nothing more can come. */
  boolean hasEnded() {
    return finished || reset;
  }

  /** Whether nothing is left to consume, and nothing more can come. */
  boolean isDrained() {
    return hasEnded() && isEmpty();
  }

  boolean isDatagram() {
    return datagrams;
  }

  /** Whether nothing is left to consume: no byte, or on UDP no datagram. */
  boolean isEmpty() {
    return datagrams ? !hasDatagram : readIndex == writeIndex;
  }

  boolean hasCapacity() {
    return size() + queuedBytes < MAX_HELD_BYTES;
  }

  int size() {
    return writeIndex - readIndex;
  }

  byte at(int offset) {
    return buffer[readIndex + offset];
  }

  Bytes copy(int offset, int endOffset) {
    return Bytes.copyOf(buffer, readIndex + offset, readIndex + endOffset);
  }

  /** Returns how many of the wanted bytes are at an offset, as far as they have come. */
  int matchLength(Bytes wanted, int wantedOffset, int offset) {
    int length = Math.min(wanted.size() - wantedOffset, size() - offset);
    for (int i = 0; i < length; i++) {
      if (buffer[readIndex + offset + i] != wanted.byteAt(wantedOffset + i)) {
        return i;
      }
    }
    return length;
  }

  /** Returns how often something was consumed, so that a pass that consumed nothing is noticed. */
  long consumeCount() {
    return consumeCount;
  }

  /** Returns how many bytes of this side were consumed so far. */
  long consumedBytes() {
    return consumedBytes;
  }

  /** Consumes bytes of a stream, or a whole datagram. */
  void consume(int length) {
    consumedBytes += length;
    consumeCount += length > 0 || datagrams ? 1 : 0;
    readIndex += length;
    if (datagrams) {
      readIndex = writeIndex;
      hasDatagram = false;
      loadDatagram();
    } else if (readIndex == writeIndex) {
      readIndex = 0;
      writeIndex = 0;
      releaseIfDrained();
    }
  }

  /** Skips the line or datagram that begins here, also the part that is yet to come. */
  void skipLine() {
    if (datagrams) {
      consume(size());
      return;
    }
    int lineEnd = readIndex;
    while (lineEnd < writeIndex && buffer[lineEnd] != '\n') {
      lineEnd++;
    }
    inSkippedLine = lineEnd == writeIndex;
    consume(Math.min(lineEnd + 1, writeIndex) - readIndex);
  }

  /** Consumes everything that has come. */
  void consumeAll() {
    while (!isEmpty()) {
      consume(size());
    }
  }

  /** Returns the bytes between two offsets, as far as they have come. */
  Bytes excerpt(int offset, int endOffset) {
    return isEmpty() || offset >= size() ? Bytes.EMPTY : copy(offset, Math.min(size(), endOffset));
  }

  @Override
  public String toString() {
    return "InputBuffer" + Arrays.toString(excerpt(0, 16).toArray());
  }
}
