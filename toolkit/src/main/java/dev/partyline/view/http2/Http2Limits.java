package dev.partyline.view.http2;

import dev.partyline.wire.Bytes;

/**
 * The limits that a side has announced, as far as reading the frames of its peer depends on them.
 *
 * @param headerTableSize how large the peer may let its table of header fields grow, in bytes
 * @param maxFrameSize how many bytes of payload a frame of the peer may have
 */
record Http2Limits(long headerTableSize, long maxFrameSize) {
  /** The limits before any SETTINGS (RFC 9113, 6.5.2). */
  static final Http2Limits INITIAL = new Http2Limits(4_096, 16_384);

  Http2Limits with(Bytes settings) {
    Http2Limits limits = this;
    for (Http2Setting setting : Http2Setting.of(settings)) {
      limits =
          switch (setting.id()) {
            case Http2Setting.HEADER_TABLE_SIZE ->
                new Http2Limits(setting.value(), limits.maxFrameSize());
            case Http2Setting.MAX_FRAME_SIZE ->
                new Http2Limits(limits.headerTableSize(), setting.value());
            default -> limits;
          };
    }
    return limits;
  }
}
