package dev.partyline.view.http2;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts what a side sent into frames (RFC 9113, 4.1) as far as it can. */
final class Http2FrameReader {
  static final Bytes PREFACE = Bytes.utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  static final int HEADER_BYTES = 9;

  private final SideReader input;
  private final List<Http2Frame> frames = new ArrayList<>();
  private @Nullable Flaw flaw;

  private Http2FrameReader(SideReader input) {
    this.input = input;
  }

  static Http2FrameReader of(SideReader input) {
    Http2FrameReader reader = new Http2FrameReader(input);
    if (input.side() == Side.SERVER || reader.readPreface()) {
      while (input.remaining() > 0 && reader.readFrame()) {}
    }
    return reader;
  }

  Side side() {
    return input.side();
  }

  /** Returns whether what was read prints with its secrets. */
  boolean isExact() {
    return input.conversation().isExact();
  }

  List<Http2Frame> frames() {
    return frames;
  }

  /** Returns the flaw after the last frame, if any. */
  @Nullable Flaw flaw() {
    return flaw;
  }

  /** Returns the limits that the side announced, once for each SETTINGS. */
  List<Http2Limits> limits() {
    List<Http2Limits> all = new ArrayList<>();
    Http2Limits limits = Http2Limits.INITIAL;
    for (Http2Frame frame : frames) {
      if (frame.kind() == Http2Frame.Kind.SETTINGS && !frame.hasFlag(Http2Frame.ACK)) {
        limits = limits.with(frame.payload());
        all.add(limits);
      }
    }
    return all;
  }

  private boolean readPreface() {
    long offset = input.offset();
    for (int i = 0; i < PREFACE.size(); i++) {
      if (i == input.available()) {
        return i == 0 && input.remaining() == 0
            || endIncomplete("the connection preface has " + i + " of its 24 bytes");
      }
      if (input.peek(i) != PREFACE.byteAt(i)) {
        flaw =
            new Flaw(
                Flaw.Kind.MALFORMED,
                Side.CLIENT,
                offset + i,
                "this is not the connection preface " + PREFACE + " (RFC 9113, 3.4)");
        return false;
      }
    }
    Bytes preface = input.read(PREFACE.size());
    frames.add(
        new Http2Frame(
            Side.CLIENT,
            offset,
            input.offset(),
            Http2Frame.Kind.PREFACE,
            -1,
            0,
            0,
            preface,
            List.of()));
    return true;
  }

  private boolean readFrame() {
    long offset = input.offset();
    if (input.available() < HEADER_BYTES) {
      return endIncomplete("the head of a frame has " + input.available() + " of its 9 bytes");
    }
    int length = (int) input.peekNumber(0, 3);
    int type = input.peek(3);
    int flags = input.peek(4);
    int streamId = (int) input.peekNumber(5, 9) & Integer.MAX_VALUE;
    Http2Frame.Kind kind = kind(type);
    if (input.remaining() < HEADER_BYTES + length) {
      return endIncomplete(
          "a "
              + kind
              + " frame has "
              + (input.available() - HEADER_BYTES)
              + " bytes of its "
              + length
              + " of payload");
    }
    Bytes payload = input.readPayload(HEADER_BYTES + length, HEADER_BYTES);
    frames.add(
        new Http2Frame(
            side(), offset, input.offset(), kind, type, flags, streamId, payload, List.of()));
    return true;
  }

  private boolean endIncomplete(String description) {
    flaw = input.missing(description);
    return false;
  }

  private static Http2Frame.Kind kind(int type) {
    Http2Frame.Kind[] kinds = Http2Frame.Kind.values();
    return type <= 9 ? kinds[type + 1] : Http2Frame.Kind.UNKNOWN;
  }
}
