package dev.partyline.view.http2;

import dev.partyline.wire.Bytes;
import java.util.Optional;

/**
 * How the payload of a frame is made up (RFC 9113, 6): lengths, what stands ahead, content,
 * padding.
 *
 * @param padding how many bytes of padding stand at the end, -1 if there is no field for that
 * @param prefix what stands between the length of the padding and the content
 * @param content the rest
 */
record Http2FrameLayout(int padding, Bytes prefix, Bytes content) {
  private static final int PRIORITY_BYTES = 5;
  private static final int PROMISED_ID_BYTES = 4;

  /** Returns nothing if the payload is too short for what its flags say. */
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

  /** Returns where in the payload the content begins. */
  int contentOffset() {
    return (padding < 0 ? 0 : 1) + prefix.size();
  }
}
