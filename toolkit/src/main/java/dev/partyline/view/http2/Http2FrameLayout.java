package dev.partyline.view.http2;

import dev.partyline.wire.Bytes;
import java.util.Optional;

/**
 * The parts of the payload of a frame (RFC 9113, 6): pad length, fields before the content,
 * content, padding.
 *
 * @param padding how many bytes of padding are at the end, -1 if there is no field for that
 * @param prefix the fields between the pad length and the content
 * @param content the rest
 */
record Http2FrameLayout(int padding, Bytes prefix, Bytes content) {
  private static final int PRIORITY_BYTES = 5;
  private static final int PROMISED_ID_BYTES = 4;

  /** Returns nothing if the payload is too short for its flags. */
  static Optional<Http2FrameLayout> of(Http2Frame.Kind kind, int flags, Bytes payload) {
    int prefixSize =
        switch (kind) {
          case HEADERS -> (flags & Http2Frame.PRIORITY) != 0 ? PRIORITY_BYTES : 0;
          case PUSH_PROMISE -> PROMISED_ID_BYTES;
          default -> 0;
        };
    boolean canPad =
        kind == Http2Frame.Kind.DATA
            || kind == Http2Frame.Kind.HEADERS
            || kind == Http2Frame.Kind.PUSH_PROMISE;
    boolean padded = canPad && (flags & Http2Frame.PADDED) != 0;
    if (payload.size() < prefixSize + (padded ? 1 : 0)) {
      return Optional.empty();
    }
    int padding = padded ? payload.byteAt(0) & 0xff : -1;
    int start = padded ? 1 : 0;
    int end = payload.size() - Math.max(0, padding);
    return start + prefixSize > end
        ? Optional.empty()
        : Optional.of(
            new Http2FrameLayout(
                padding,
                payload.slice(start, start + prefixSize),
                payload.slice(start + prefixSize, end)));
  }

  /** Returns the index of the content in the payload. */
  int contentOffset() {
    return (padding < 0 ? 0 : 1) + prefix.size();
  }
}
