package dev.partyline.view;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.wire.Bytes;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A frame as {@code nghttp -v} prints it, in one line; a bar stands between its parts. */
final class Http2Printer {
  /** A byte on the wire can stand for a field of 4 KiB. */
  private static final int LONGEST = 8_192;

  private static final List<String> SETTINGS =
      List.of(
          "HEADER_TABLE_SIZE",
          "ENABLE_PUSH",
          "MAX_CONCURRENT_STREAMS",
          "INITIAL_WINDOW_SIZE",
          "MAX_FRAME_SIZE",
          "MAX_HEADER_LIST_SIZE");

  private static final List<String> ERRORS =
      List.of(
          "NO_ERROR",
          "PROTOCOL_ERROR",
          "INTERNAL_ERROR",
          "FLOW_CONTROL_ERROR",
          "SETTINGS_TIMEOUT",
          "STREAM_CLOSED",
          "FRAME_SIZE_ERROR",
          "REFUSED_STREAM",
          "CANCEL",
          "COMPRESSION_ERROR",
          "CONNECT_ERROR",
          "ENHANCE_YOUR_CALM",
          "INADEQUATE_SECURITY",
          "HTTP_1_1_REQUIRED");

  private final StringBuilder text = new StringBuilder();
  private final Http2.Frame frame;

  private Http2Printer(Http2.Frame frame) {
    this.frame = frame;
  }

  static String of(Http2.Frame frame) {
    Http2Printer text = new Http2Printer(frame);
    text.head();
    if (!Http2Rules.isGone(frame)) {
      text.flags();
      text.body();
    }
    return text.text.toString();
  }

  private void head() {
    text.append(frame.side()).append(' ').append(frame.kind());
    if (frame.kind() == Http2.Kind.PREFACE) {
      return;
    }
    if (frame.kind() == Http2.Kind.UNKNOWN) {
      text.append('(').append(hex(frame.type())).append(')');
    }
    text.append(" frame <length=").append(frame.to() - frame.from() - Http2FrameReader.HEAD);
    text.append(", flags=").append(hex(frame.flags()));
    text.append(", stream_id=").append(frame.stream()).append('>');
  }

  private void flags() {
    switch (frame.kind()) {
      case SETTINGS, PING -> flag(0x1, "ACK");
      case DATA, HEADERS -> flag(0x1, "END_STREAM");
      default -> {}
    }
    switch (frame.kind()) {
      case HEADERS, PUSH_PROMISE, CONTINUATION -> flag(0x4, "END_HEADERS");
      default -> {}
    }
    switch (frame.kind()) {
      case DATA, HEADERS, PUSH_PROMISE -> flag(Http2FrameLayout.PADDED, "PADDED");
      default -> {}
    }
    if (frame.kind() == Http2.Kind.HEADERS) {
      flag(Http2FrameLayout.PRIORITY, "PRIORITY");
    }
  }

  private void flag(int flag, String name) {
    if ((frame.flags() & flag) != 0) {
      text.append(text.indexOf(" ; ") < 0 ? " ; " : " | ").append(name);
    }
  }

  private void body() {
    Bytes payload = frame.payload();
    int size = payload.size();
    switch (frame.kind()) {
      case PREFACE -> text.append(" | ").append(payload.escaped());
      case DATA -> layout(payload, true);
      case HEADERS, PUSH_PROMISE -> layout(payload, false);
      case PRIORITY -> told(size == 5, () -> priority(payload));
      case RST_STREAM -> told(size == 4, () -> "error_code=" + error(payload, 0));
      case SETTINGS -> settings(payload);
      case PING ->
          told(size == 8, () -> "opaque_data=" + HexFormat.of().formatHex(payload.toArray()));
      case GOAWAY -> told(size >= 8, () -> goAway(payload));
      case WINDOW_UPDATE -> told(size == 4, () -> "window_size_increment=" + number(payload, 0));
      case CONTINUATION -> {}
      case UNKNOWN -> text.append(" | ").append(payload);
    }
  }

  private interface Words {
    String get();
  }

  private void told(boolean fits, Words words) {
    text.append(" | ").append(fits ? "(" + words.get() + ")" : frame.payload());
  }

  private void layout(Bytes payload, boolean data) {
    var layout = Http2FrameLayout.of(frame.kind(), frame.flags(), payload);
    if (layout.isEmpty()) {
      text.append(" | ").append(payload);
      return;
    }
    Bytes ahead = layout.get().ahead();
    String padding = layout.get().padding() < 0 ? "" : "padlen=" + layout.get().padding();
    String more =
        ahead.isEmpty()
            ? ""
            : frame.kind() == Http2.Kind.HEADERS
                ? priority(ahead)
                : "promised_stream_id=" + number(ahead, 0);
    if (!padding.isEmpty() || !more.isEmpty()) {
      text.append(" | (").append(padding);
      text.append(padding.isEmpty() || more.isEmpty() ? "" : ", ").append(more).append(')');
    }
    if (data) {
      text.append(" | ").append(layout.get().content());
    } else {
      fields();
    }
  }

  private void fields() {
    int told = 0;
    for (Http2.Field field : frame.fields()) {
      if (text.length() > LONGEST) {
        text.append(" | … ").append(frame.fields().size() - told).append(" more");
        return;
      }
      text.append(" | ").append(plain(field.name())).append(": ").append(plain(field.value()));
      told++;
    }
  }

  /** A bar in a field is no bar between fields: what is masked in a failure ends at one. */
  private static String plain(String latin) {
    return Bytes.of(latin.getBytes(ISO_8859_1)).escaped().replace("|", "\\x7c");
  }

  private void settings(Bytes payload) {
    for (int i = 0; i + Http2Limits.SETTING <= payload.size() && text.length() < LONGEST; i += 6) {
      text.append(" | [").append(setting(payload, i)).append(']');
    }
  }

  static String setting(Bytes payload, int at) {
    int id = (int) BigEndian.unsigned(payload, at, at + 2);
    String name = id >= 1 && id <= SETTINGS.size() ? SETTINGS.get(id - 1) : "UNKNOWN";
    return "SETTINGS_" + name + "(" + hex(id) + "):" + BigEndian.unsigned(payload, at + 2, at + 6);
  }

  private static String priority(Bytes ahead) {
    return "dep_stream_id="
        + number(ahead, 0)
        + ", weight="
        + ((ahead.at(4) & 0xff) + 1)
        + ", exclusive="
        + ((ahead.at(0) & 0x80) >> 7);
  }

  private static String goAway(Bytes payload) {
    return "last_stream_id="
        + number(payload, 0)
        + ", error_code="
        + error(payload, 4)
        + ", opaque_data("
        + (payload.size() - 8)
        + ")=["
        + payload.slice(8, payload.size())
        + "]";
  }

  private static String error(Bytes payload, int at) {
    long code = BigEndian.unsigned(payload, at, at + 4);
    String name = code < ERRORS.size() ? ERRORS.get((int) code) : "UNKNOWN";
    return name + "(" + hex(code) + ")";
  }

  private static long number(Bytes payload, int at) {
    return BigEndian.unsigned(payload, at, at + 4) & Integer.MAX_VALUE;
  }

  private static String hex(long number) {
    return String.format(Locale.ROOT, "0x%02x", number);
  }
}
