package dev.partyline.view.http2;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.wire.Bytes;

/**
 * What a side has said that it can take, as far as the frames of the other hang on it.
 *
 * @param headerTableSize how large the other may let its table of header fields grow, in bytes
 * @param maxFrameSize how long a payload the other may send, in bytes
 */
record Http2Limits(long headerTableSize, long maxFrameSize) {
  /** What holds until something else was said (RFC 9113, 6.5.2). */
  static final Http2Limits INITIAL = new Http2Limits(4_096, 16_384);

  static final int SETTING_BYTES = 6;
  static final int HEADER_TABLE_SIZE = 1;
  static final int MAX_FRAME_SIZE = 5;

  Http2Limits with(Bytes settings) {
    Http2Limits limits = this;
    for (int i = 0; i + SETTING_BYTES <= settings.size(); i += SETTING_BYTES) {
      long value = BigEndian.unsigned(settings, i + 2, i + SETTING_BYTES);
      limits =
          switch ((int) BigEndian.unsigned(settings, i, i + 2)) {
            case HEADER_TABLE_SIZE -> new Http2Limits(value, limits.maxFrameSize());
            case MAX_FRAME_SIZE -> new Http2Limits(limits.headerTableSize(), value);
            default -> limits;
          };
    }
    return limits;
  }
}
