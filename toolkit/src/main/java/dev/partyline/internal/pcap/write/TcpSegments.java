package dev.partyline.internal.pcap.write;

import static dev.partyline.internal.pcap.write.SyntheticFrame.Tcp.ACK;
import static dev.partyline.internal.pcap.write.SyntheticFrame.Tcp.FIN;
import static dev.partyline.internal.pcap.write.SyntheticFrame.Tcp.PSH;
import static dev.partyline.internal.pcap.write.SyntheticFrame.Tcp.RST;
import static dev.partyline.internal.pcap.write.SyntheticFrame.Tcp.SYN;

import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Decides which segments a TCP connection has, with which numbers (RFC 9293). */
final class TcpSegments {
  /** As on the loopback interface of Linux: the longest packet of IPv4 without its headers. */
  static final int MAX_SEGMENT_BYTES = 65_495;

  /** A larger jump of the sequence number would look like a step back. */
  static final int MAX_JUMP_BYTES = 1 << 30;

  /** Every second segment is acknowledged at least (RFC 9293, 3.8.6.3). */
  private static final int SEGMENTS_PER_ACK = 2;

  /** Odd, so that no two connections of a recording have the same number. */
  private static final int SEQUENCE_STEP = 0x9e37_79b1;

  private final Consumer<SyntheticFrame> sink;
  private final Half client;
  private final Half server;

  /** One direction of the connection. */
  private static final class Half {
    enum State {
      OPEN,
      FINISHED,
      RESET
    }

    State state = State.OPEN;

    /** The next sequence number; only its lower 32 bits are sent. */
    int sequence;

    /** What was sent since, and not written. */
    long skippedBytes;

    /** How many of these were kept by the recording. */
    long leftOutBytes;

    List<String> skippedComments = new ArrayList<>();

    Half(int sequence) {
      this.sequence = sequence;
    }
  }

  /**
   * Begins a connection.
   *
   * @param number its number in the recording, from which the initial sequence numbers come, so
   *     that connections with the same addresses are told apart
   */
  TcpSegments(int number, Consumer<SyntheticFrame> sink) {
    this.sink = sink;
    this.client = new Half((2 * number) * SEQUENCE_STEP);
    this.server = new Half((2 * number + 1) * SEQUENCE_STEP);
  }

  private Half half(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  /** The three-way handshake. */
  void handshake(List<String> comments) {
    int serverSequence = server.sequence;
    syn(comments);
    server.sequence = serverSequence;
    emit(Side.SERVER, SYN | ACK, 0, 0, List.of());
    server.sequence++;
    emit(Side.CLIENT, ACK, 0, 0, List.of());
  }

  /** A SYN that is not answered, or by an RST, which has the sequence number 0 then. */
  void syn(List<String> comments) {
    emit(Side.CLIENT, SYN, 0, 0, comments);
    client.sequence++;
    server.sequence = 0;
  }

  /**
   * A part of the current event was sent.
   *
   * @param offset where the part begins in the event
   * @param byteCount how many bytes it has
   */
  void sent(Side side, int offset, int byteCount, List<String> comments) {
    flushSkipped(side);
    if (byteCount == 0) {
      remark(side, comments);
    }
    int endOffset = offset + byteCount;
    int segments = 0;
    for (int start = offset; start < endOffset; ) {
      int length = Math.min(MAX_SEGMENT_BYTES, endOffset - start);
      boolean isLast = start + length == endOffset;
      List<String> segmentComments = start == offset ? comments : List.of();
      emit(side, isLast ? ACK | PSH : ACK, start, length, segmentComments);
      half(side).sequence += length;
      start += length;
      if (isLast || ++segments % SEGMENTS_PER_ACK == 0) {
        acknowledge(side.peer());
      }
    }
  }

  /** Bytes were sent that are not written: the sequence number jumps before the next segment. */
  void skipped(Side side, long byteCount, List<String> comments) {
    half(side).skippedBytes += byteCount;
    half(side).skippedComments.addAll(comments);
  }

  /** The same of bytes that were kept by the recording; that is said once for all of them. */
  void leftOut(Side side, long byteCount, List<String> comments) {
    half(side).leftOutBytes += byteCount;
    skipped(side, byteCount, comments);
  }

  void fin(Side side, List<String> comments) {
    flushSkipped(side);
    if (half(side).state != Half.State.OPEN) {
      remark(side, comments);
      return;
    }
    emit(side, FIN | ACK, 0, 0, comments);
    half(side).sequence++;
    half(side).state = Half.State.FINISHED;
    acknowledge(side.peer());
  }

  void rst(Side side, List<String> comments) {
    flushSkipped(side);
    if (half(side).state == Half.State.RESET) {
      remark(side, comments);
      return;
    }
    emit(side, RST | ACK, 0, 0, comments);
    half(side).state = Half.State.RESET;
  }

  /** Says something where there is no segment, by an ACK that changes nothing. */
  void remark(Side side, List<String> comments) {
    if (!comments.isEmpty()) {
      emit(side, ACK, 0, 0, comments);
    }
  }

  /** Nothing more happens. */
  void end() {
    flushSkipped(Side.CLIENT);
    flushSkipped(Side.SERVER);
  }

  private void flushSkipped(Side side) {
    Half half = half(side);
    List<String> comments = half.skippedComments;
    if (half.leftOutBytes > 0) {
      comments.add(FrameComments.leftOut(side, half.leftOutBytes));
      half.leftOutBytes = 0;
    }
    while (half.skippedBytes > 0) {
      int jump = (int) Math.min(half.skippedBytes, MAX_JUMP_BYTES);
      half.skippedBytes -= jump;
      half.sequence += jump;
      emit(side, ACK, 0, 0, comments);
      comments = List.of();
    }
    half.skippedComments = new ArrayList<>();
  }

  private void acknowledge(Side side) {
    if (half(side).state != Half.State.RESET) {
      emit(side, ACK, 0, 0, List.of());
    }
  }

  private void emit(Side side, int flags, int offset, int length, List<String> comments) {
    int acknowledgement = (flags & ACK) == 0 ? 0 : half(side.peer()).sequence;
    SyntheticFrame.Tcp tcp = new SyntheticFrame.Tcp(half(side).sequence, acknowledgement, flags);
    sink.accept(new SyntheticFrame(side, tcp, offset, length, comments));
  }
}
