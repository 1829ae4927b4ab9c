package dev.partyline.view.http2;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.internal.reading.FlawCollector;
import dev.partyline.wire.Bytes;
import org.jspecify.annotations.Nullable;

/** The rules that a frame must follow by itself (RFC 9113, 4.2 and 6). */
final class Http2Rules {
  private Http2Rules() {}

  static void check(Http2Frame frame, Http2Limits limits, FlawCollector flaws) {
    long payloadOffset = frame.offset() + Http2FrameReader.HEADER_BYTES;
    if (isPayloadMissing(frame)) {
      flaws.addIncomplete(payloadOffset, "some of the payload was not kept");
      return;
    }
    long length = frame.payload().size();
    if (frame.kind() != Http2Frame.Kind.PREFACE && length > limits.maxFrameSize()) {
      String limit = " may have " + limits.maxFrameSize() + " bytes of payload, not " + length;
      flaws.addMalformed(frame.offset(), "the " + frame.kind() + " frame" + limit);
    }
    String streamProblem = streamProblem(frame);
    if (streamProblem != null) {
      flaws.addMalformed(frame.offset() + 5, streamProblem);
    }
    String problem = payloadProblem(frame);
    if (problem != null) {
      flaws.addMalformed(payloadOffset, problem);
    }
  }

  /** Returns whether some of the payload was not kept. */
  static boolean isPayloadMissing(Http2Frame frame) {
    return frame.payload().isEmpty()
        && frame.endOffset() - frame.offset() > Http2FrameReader.HEADER_BYTES;
  }

  private static @Nullable String streamProblem(Http2Frame frame) {
    return switch (frame.kind()) {
      case DATA, HEADERS, PRIORITY, RST_STREAM, PUSH_PROMISE, CONTINUATION ->
          frame.streamId() == 0
              ? "a " + frame.kind() + " frame must be on a stream, not on 0"
              : null;
      case SETTINGS, PING, GOAWAY ->
          frame.streamId() != 0
              ? "a " + frame.kind() + " frame must be on stream 0, not on " + frame.streamId()
              : null;
      case PREFACE, WINDOW_UPDATE, UNKNOWN -> null;
    };
  }

  private static @Nullable String payloadProblem(Http2Frame frame) {
    int size = frame.payload().size();
    return switch (frame.kind()) {
      case DATA, HEADERS, PUSH_PROMISE ->
          Http2FrameLayout.of(frame.kind(), frame.flags(), frame.payload()).isEmpty()
              ? "the padding and the fields before the content do not fit into a payload of "
                  + size
                  + " bytes"
              : null;
      case PRIORITY -> sizeProblem(frame, 5);
      case RST_STREAM -> sizeProblem(frame, 4);
      case PING -> sizeProblem(frame, 8);
      case GOAWAY -> size < 8 ? "a GOAWAY frame must have 8 bytes or more, not " + size : null;
      case WINDOW_UPDATE -> windowProblem(frame);
      case SETTINGS -> settingsProblem(frame);
      case PREFACE, CONTINUATION, UNKNOWN -> null;
    };
  }

  private static @Nullable String sizeProblem(Http2Frame frame, int size) {
    int actual = frame.payload().size();
    return actual == size
        ? null
        : "a " + frame.kind() + " frame must have " + size + " bytes, not " + actual;
  }

  private static @Nullable String windowProblem(Http2Frame frame) {
    String sizeProblem = sizeProblem(frame, 4);
    boolean zero =
        sizeProblem == null && (BigEndian.unsigned(frame.payload(), 0, 4) & Integer.MAX_VALUE) == 0;
    return zero ? "a WINDOW_UPDATE frame must add 1 byte or more, not 0" : sizeProblem;
  }

  private static @Nullable String settingsProblem(Http2Frame frame) {
    Bytes payload = frame.payload();
    if (frame.hasFlag(Http2Frame.ACK)) {
      return payload.isEmpty()
          ? null
          : "SETTINGS with ACK must have no bytes, not " + payload.size();
    }
    if (payload.size() % Http2Setting.BYTES != 0) {
      return "SETTINGS must be a multiple of 6 bytes, not " + payload.size();
    }
    return Http2Setting.of(payload).stream()
        .filter(setting -> !setting.isValid())
        .findFirst()
        .map(setting -> setting + " is out of its range")
        .orElse(null);
  }
}
