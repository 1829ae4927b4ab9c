package dev.partyline.internal.pcap.streams;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a TCP connection, put together from segments in any order (RFC 9293, 3.4).
 *
 * <p>Of a byte that comes twice the first copy counts. What comes too early is held until the bytes
 * before it come, until the peer has acknowledged it, which shows that the capture has missed
 * those, or until too much is held.
 */
final class TcpStream {
  /**
   * The largest window there can be (RFC 7323, 2.3): what is further away is not of this stream.
   */
  private static final long MAX_WINDOW = 1L << 30;

  private final HeldBytes heldBytes;
  private final ByteSink output;

  /** What has come too early, by its offset; the pieces do not overlap. */
  private final TreeMap<Long, Piece> held = new TreeMap<>();

  private State state = State.NEW;

  /** The sequence number of the byte at offset 0. */
  private int firstSequenceNumber;

  /** The number of the SYN, as the first segment in either direction tells it; -1 before that. */
  private long synNumber = -1;

  private boolean hasSyn;

  /** The offset that comes next. */
  private long nextOffset;

  /** Where the FIN is; -1 if none has come. */
  private long finOffset = -1;

  private long acknowledgedOffset;

  /** What is told of the stream, in its order. */
  interface ByteSink {
    /** Called with the bytes that come next. */
    void onBytes(ByteBuffer bytes);

    /** Called where bytes are missing in the capture. */
    void onMissing(long byteCount);

    /** Called where the FIN is. */
    void onFin();

    /** Called with a segment whose bytes are too far away to be of this stream. */
    void onFarSegment();
  }

  private enum State {
    /** No segment has come. */
    NEW,
    OPEN,
    /** The output has the FIN. */
    FINISHED
  }

  /** Bytes that are held; null if they were cut off when they were captured. */
  private record Piece(int length, byte @Nullable [] bytes) {
    int heldLength() {
      return bytes == null ? 0 : length;
    }
  }

  TcpStream(HeldBytes heldBytes, ByteSink output) {
    this.heldBytes = heldBytes;
    this.output = output;
  }

  /** Returns whether no segment has come. */
  boolean isNew() {
    return state == State.NEW;
  }

  /** Returns whether the output has had the FIN. */
  boolean isFinished() {
    return state == State.FINISHED;
  }

  /** Returns whether its SYN has come. */
  boolean hasSyn() {
    return hasSyn;
  }

  /** Returns whether a SYN with this number may be that of this stream. */
  boolean maySynBe(int sequenceNumber) {
    return synNumber < 0 || synNumber == Integer.toUnsignedLong(sequenceNumber);
  }

  private void noteSynNumber(int sequenceNumber) {
    synNumber = synNumber < 0 ? Integer.toUnsignedLong(sequenceNumber) : synNumber;
  }

  /** Takes the next segment of this direction as it was captured. */
  void onSegment(TransportSegment segment) {
    onSegment(
        segment.sequenceNumber(),
        segment.data(),
        segment.dataLength(),
        segment.isSyn(),
        segment.isFin());
  }

  /**
   * Takes the next segment.
   *
   * @param sequenceNumber of its first byte, or of the SYN
   * @param data what was captured of its bytes
   * @param length how many there were
   */
  void onSegment(int sequenceNumber, ByteBuffer data, long length, boolean syn, boolean fin) {
    int dataNumber = syn ? sequenceNumber + 1 : sequenceNumber;
    noteSynNumber(dataNumber - 1);
    hasSyn |= syn;
    if (state == State.NEW) {
      state = State.OPEN;
      firstSequenceNumber = dataNumber;
    }
    long start = offset(dataNumber);
    long end = start + length;
    if (Math.abs(end - nextOffset) > MAX_WINDOW) {
      if (length > 0) {
        output.onFarSegment();
      }
      return;
    }
    if (fin && finOffset < 0 && end >= nextOffset) {
      finOffset = end;
    }
    if (end > nextOffset) {
      int capturedLength = data.remaining();
      if (capturedLength > 0) {
        take(start, capturedLength, data);
      }
      if (capturedLength < length) {
        take(start + capturedLength, length - capturedLength, null);
      }
      outputHeld();
      if (heldBytes.isTooMuch()) {
        outputWithGaps(Long.MAX_VALUE);
      }
    }
    outputFin();
  }

  /** Returns the offset of the number that is nearest to what comes next, for numbers wrap. */
  private long offset(int sequenceNumber) {
    return nextOffset + (sequenceNumber - (firstSequenceNumber + (int) nextOffset));
  }

  private void take(long start, long length, @Nullable ByteBuffer data) {
    if (start <= nextOffset) {
      long end = start + length;
      if (end > nextOffset) {
        output(data, (int) (nextOffset - start), (int) (end - nextOffset));
      }
    } else {
      hold(start, start + length, data);
    }
  }

  private void output(@Nullable ByteBuffer data, int skipped, int length) {
    nextOffset += length;
    if (data == null) {
      output.onMissing(length);
    } else {
      output.onBytes(data.slice(data.position() + skipped, length));
    }
  }

  /** Holds what of a range is not held already. */
  private void hold(long start, long end, @Nullable ByteBuffer data) {
    long offset = start;
    Map.Entry<Long, Piece> before = held.floorEntry(start);
    if (before != null) {
      offset = Math.max(offset, before.getKey() + before.getValue().length());
    }
    while (offset < end) {
      Map.Entry<Long, Piece> after = held.ceilingEntry(offset);
      long partEnd = after == null ? end : Math.min(end, after.getKey());
      if (offset < partEnd) {
        holdPiece(offset, (int) (partEnd - offset), data, (int) (offset - start));
      }
      offset = after == null ? end : after.getKey() + after.getValue().length();
    }
  }

  private void holdPiece(long offset, int length, @Nullable ByteBuffer data, int skipped) {
    Piece piece = new Piece(length, data == null ? null : copy(data, skipped, length));
    held.put(offset, piece);
    heldBytes.add(piece.heldLength());
  }

  private static byte[] copy(ByteBuffer data, int skipped, int length) {
    byte[] bytes = new byte[length];
    data.get(data.position() + skipped, bytes);
    return bytes;
  }

  /** Puts out what is held, up to the first byte that is missing. */
  private void outputHeld() {
    while (!held.isEmpty() && held.firstKey() <= nextOffset) {
      Map.Entry<Long, Piece> first = held.pollFirstEntry();
      Piece piece = first.getValue();
      heldBytes.remove(piece.heldLength());
      ByteBuffer data = piece.bytes() == null ? null : ByteBuffer.wrap(piece.bytes());
      take(first.getKey(), piece.length(), data);
    }
  }

  /** Puts out what is held and begins before an offset, with gaps for what is missing. */
  private void outputWithGaps(long endOffset) {
    while (!held.isEmpty() && held.firstKey() < endOffset) {
      outputGap(held.firstKey());
      outputHeld();
    }
  }

  private void outputGap(long endOffset) {
    if (endOffset > nextOffset) {
      long byteCount = endOffset - nextOffset;
      nextOffset = endOffset;
      output.onMissing(byteCount);
    }
  }

  private void outputFin() {
    if (state == State.OPEN && finOffset >= 0 && nextOffset >= finOffset) {
      state = State.FINISHED;
      output.onFin();
    }
  }

  /** Called when the peer has acknowledged what is before a number. */
  void onAcknowledged(int sequenceNumber) {
    noteSynNumber(sequenceNumber - 1);
    long offset = offset(sequenceNumber);
    if (state == State.NEW || offset - nextOffset > MAX_WINDOW) {
      return;
    }
    acknowledgedOffset = Math.max(acknowledgedOffset, offset);
    outputWithGaps(offset);
  }

  /** Puts out all that is held, because its sender resets the connection. */
  void onReset() {
    outputWithGaps(Long.MAX_VALUE);
  }

  /**
   * Puts out all that is held, because nothing more comes. One byte that was acknowledged and has
   * not come is taken for a FIN that the capture has missed.
   */
  void onEnd() {
    outputWithGaps(Long.MAX_VALUE);
    if (finOffset >= 0) {
      outputGap(finOffset);
      outputFin();
    } else if (acknowledgedOffset > nextOffset + 1) {
      outputGap(acknowledgedOffset);
    }
  }
}
