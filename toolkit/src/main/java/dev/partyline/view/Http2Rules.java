package dev.partyline.view;

import dev.partyline.wire.Bytes;
import org.jspecify.annotations.Nullable;

/** What a frame must be, looked at alone (RFC 9113, 4.2 and 6). */
final class Http2Rules {
  private static final int ACK = 0x1;
  private static final int ENABLE_PUSH = 2;
  private static final int WINDOW_SIZE = 4;
  private static final long LARGEST_FRAME = (1 << 24) - 1;

  private Http2Rules() {}

  static void check(Http2.Frame frame, Http2Limits limits, ViewBuilder<Http2.Frame> found) {
    long payload = frame.from() + Http2FrameReader.HEAD;
    if (isGone(frame)) {
      found.incomplete(frame.side(), payload, "some of the payload was not kept");
      return;
    }
    long length = frame.payload().size();
    if (frame.kind() != Http2.Kind.PREFACE && length > limits.frame()) {
      String most = " may have " + limits.frame() + " bytes of payload, not " + length;
      found.malformed(frame.side(), frame.from(), "the " + frame.kind() + " frame" + most);
    }
    String stream = stream(frame);
    if (stream != null) {
      found.malformed(frame.side(), frame.from() + 5, stream);
    }
    String problem = payload(frame);
    if (problem != null) {
      found.malformed(frame.side(), payload, problem);
    }
  }

  /** Returns whether some of what the frame had was not kept. */
  static boolean isGone(Http2.Frame frame) {
    return frame.payload().isEmpty() && frame.to() - frame.from() > Http2FrameReader.HEAD;
  }

  private static @Nullable String stream(Http2.Frame frame) {
    return switch (frame.kind()) {
      case DATA, HEADERS, PRIORITY, RST_STREAM, PUSH_PROMISE, CONTINUATION ->
          frame.stream() == 0 ? "a " + frame.kind() + " frame must be on a stream, not on 0" : null;
      case SETTINGS, PING, GOAWAY ->
          frame.stream() != 0
              ? "a " + frame.kind() + " frame must be on stream 0, not on " + frame.stream()
              : null;
      case PREFACE, WINDOW_UPDATE, UNKNOWN -> null;
    };
  }

  private static @Nullable String payload(Http2.Frame frame) {
    int size = frame.payload().size();
    return switch (frame.kind()) {
      case DATA, HEADERS, PUSH_PROMISE ->
          Http2FrameLayout.of(frame.kind(), frame.flags(), frame.payload()).isEmpty()
              ? "the padding and what stands ahead do not fit into a payload of " + size + " bytes"
              : null;
      case PRIORITY -> size(frame, 5);
      case RST_STREAM -> size(frame, 4);
      case PING -> size(frame, 8);
      case GOAWAY -> size < 8 ? "a GOAWAY frame must have 8 bytes or more, not " + size : null;
      case WINDOW_UPDATE -> window(frame);
      case SETTINGS -> settings(frame);
      case PREFACE, CONTINUATION, UNKNOWN -> null;
    };
  }

  private static @Nullable String size(Http2.Frame frame, int size) {
    int actual = frame.payload().size();
    return actual == size
        ? null
        : "a " + frame.kind() + " frame must have " + size + " bytes, not " + actual;
  }

  private static @Nullable String window(Http2.Frame frame) {
    String size = size(frame, 4);
    boolean zero =
        size == null && (BigEndian.unsigned(frame.payload(), 0, 4) & Integer.MAX_VALUE) == 0;
    return zero ? "a WINDOW_UPDATE frame must add 1 byte or more, not 0" : size;
  }

  private static @Nullable String settings(Http2.Frame frame) {
    Bytes payload = frame.payload();
    if ((frame.flags() & ACK) != 0) {
      return payload.isEmpty()
          ? null
          : "SETTINGS with ACK must have no bytes, not " + payload.size();
    }
    if (payload.size() % Http2Limits.SETTING != 0) {
      return "SETTINGS must be a multiple of 6 bytes, not " + payload.size();
    }
    for (int i = 0; i < payload.size(); i += Http2Limits.SETTING) {
      long value = BigEndian.unsigned(payload, i + 2, i + Http2Limits.SETTING);
      boolean fine =
          switch ((int) BigEndian.unsigned(payload, i, i + 2)) {
            case ENABLE_PUSH -> value <= 1;
            case WINDOW_SIZE -> value <= Integer.MAX_VALUE;
            case Http2Limits.FRAME_SIZE ->
                value >= Http2Limits.INITIAL.frame() && value <= LARGEST_FRAME;
            default -> true;
          };
      if (!fine) {
        return Http2Printer.setting(payload, i) + " is out of its range";
      }
    }
    return null;
  }
}
