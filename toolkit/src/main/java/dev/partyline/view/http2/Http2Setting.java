package dev.partyline.view.http2;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A setting of a SETTINGS frame (RFC 9113, 6.5.1). */
record Http2Setting(int id, long value) {
  static final int BYTES = 6;
  static final int HEADER_TABLE_SIZE = 1;
  private static final int ENABLE_PUSH = 2;
  private static final int INITIAL_WINDOW_SIZE = 4;
  static final int MAX_FRAME_SIZE = 5;

  private static final long LARGEST_MAX_FRAME_SIZE = (1 << 24) - 1;

  private static final List<String> NAMES =
      List.of(
          "HEADER_TABLE_SIZE",
          "ENABLE_PUSH",
          "MAX_CONCURRENT_STREAMS",
          "INITIAL_WINDOW_SIZE",
          "MAX_FRAME_SIZE",
          "MAX_HEADER_LIST_SIZE");

  /** Returns the settings of a payload; bytes that make only a part of one are left out. */
  static List<Http2Setting> of(Bytes payload) {
    List<Http2Setting> settings = new ArrayList<>();
    for (int i = 0; i + BYTES <= payload.size(); i += BYTES) {
      settings.add(
          new Http2Setting(
              (int) BigEndian.unsigned(payload, i, i + 2),
              BigEndian.unsigned(payload, i + 2, i + BYTES)));
    }
    return settings;
  }

  /** Returns whether the value is in its range (RFC 9113, 6.5.2). */
  boolean isValid() {
    return switch (id) {
      case ENABLE_PUSH -> value <= 1;
      case INITIAL_WINDOW_SIZE -> value <= Integer.MAX_VALUE;
      case MAX_FRAME_SIZE ->
          value >= Http2Limits.INITIAL.maxFrameSize() && value <= LARGEST_MAX_FRAME_SIZE;
      default -> true;
    };
  }

  /** Returns it as nghttp prints it, such as {@code SETTINGS_ENABLE_PUSH(0x02):0}. */
  @Override
  public String toString() {
    String name = id >= 1 && id <= NAMES.size() ? NAMES.get(id - 1) : "UNKNOWN";
    return String.format(Locale.ROOT, "SETTINGS_%s(0x%02x):%d", name, id, value);
  }
}
