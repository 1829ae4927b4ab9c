package dev.partyline.view.http2;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.wire.Bytes;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Prints a frame like {@code nghttp -v}, in one line, with bars between its parts. */
final class Http2Printer {
  /** One byte on the wire can mean a field of 4 KiB. */
  private static final int MAX_LINE_CHARS = 8_192;

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
  private final Http2Frame frame;

  private Http2Printer(Http2Frame frame) {
    this.frame = frame;
  }

  static String of(Http2Frame frame) {
    Http2Printer printer = new Http2Printer(frame);
    printer.appendHead();
    if (!Http2Rules.isPayloadMissing(frame)) {
      printer.appendFlags();
      printer.appendBody();
    }
    return printer.text.toString();
  }

  private void appendHead() {
    text.append(frame.side()).append(' ').append(frame.kind());
    if (frame.kind() == Http2Frame.Kind.PREFACE) {
      return;
    }
    if (frame.kind() == Http2Frame.Kind.UNKNOWN) {
      text.append('(').append(hex(frame.type())).append(')');
    }
    text.append(" frame <length=")
        .append(frame.endOffset() - frame.offset() - Http2FrameReader.HEADER_BYTES);
    text.append(", flags=").append(hex(frame.flags()));
    text.append(", stream_id=").append(frame.streamId()).append('>');
  }

  private void appendFlags() {
    switch (frame.kind()) {
      case SETTINGS, PING -> appendFlag(Http2Frame.ACK, "ACK");
      case DATA, HEADERS -> appendFlag(Http2Frame.END_STREAM, "END_STREAM");
      default -> {}
    }
    switch (frame.kind()) {
      case HEADERS, PUSH_PROMISE, CONTINUATION -> appendFlag(Http2Frame.END_HEADERS, "END_HEADERS");
      default -> {}
    }
    switch (frame.kind()) {
      case DATA, HEADERS, PUSH_PROMISE -> appendFlag(Http2Frame.PADDED, "PADDED");
      default -> {}
    }
    if (frame.kind() == Http2Frame.Kind.HEADERS) {
      appendFlag(Http2Frame.PRIORITY, "PRIORITY");
    }
  }

  private void appendFlag(int flag, String name) {
    if (frame.hasFlag(flag)) {
      text.append(text.indexOf(" ; ") < 0 ? " ; " : " | ").append(name);
    }
  }

  private void appendBody() {
    Bytes payload = frame.payload();
    int size = payload.size();
    switch (frame.kind()) {
      case PREFACE -> text.append(" | ").append(payload.escaped());
      case DATA -> appendLayout(payload, true);
      case HEADERS, PUSH_PROMISE -> appendLayout(payload, false);
      case PRIORITY -> appendDetails(size == 5, () -> priority(payload));
      case RST_STREAM -> appendDetails(size == 4, () -> "error_code=" + error(payload, 0));
      case SETTINGS -> appendSettings(payload);
      case PING ->
          appendDetails(
              size == 8, () -> "opaque_data=" + HexFormat.of().formatHex(payload.toArray()));
      case GOAWAY -> appendDetails(size >= 8, () -> goAway(payload));
      case WINDOW_UPDATE ->
          appendDetails(size == 4, () -> "window_size_increment=" + number(payload, 0));
      case CONTINUATION -> {}
      case UNKNOWN -> text.append(" | ").append(payload);
    }
  }

  private interface TextSupplier {
    String get();
  }

  private void appendDetails(boolean fits, TextSupplier details) {
    text.append(" | ").append(fits ? "(" + details.get() + ")" : frame.payload());
  }

  private void appendLayout(Bytes payload, boolean data) {
    var layout = Http2FrameLayout.of(frame.kind(), frame.flags(), payload);
    if (layout.isEmpty()) {
      text.append(" | ").append(payload);
      return;
    }
    Bytes prefix = layout.get().prefix();
    String padding = layout.get().padding() < 0 ? "" : "padlen=" + layout.get().padding();
    String details =
        prefix.isEmpty()
            ? ""
            : frame.kind() == Http2Frame.Kind.HEADERS
                ? priority(prefix)
                : "promised_stream_id=" + number(prefix, 0);
    if (!padding.isEmpty() || !details.isEmpty()) {
      text.append(" | (").append(padding);
      text.append(padding.isEmpty() || details.isEmpty() ? "" : ", ").append(details).append(')');
    }
    if (data) {
      text.append(" | ").append(layout.get().content());
    } else {
      appendFields();
    }
  }

  private void appendFields() {
    int index = 0;
    for (Http2Frame.Field field : frame.fields()) {
      if (text.length() > MAX_LINE_CHARS) {
        text.append(" | … ").append(frame.fields().size() - index).append(" more");
        return;
      }
      // Bars are escaped, because the masking of failures takes a bar for the end of a field.
      text.append(" | ").append(field.toString().replace("|", "\\x7c"));
      index++;
    }
  }

  private void appendSettings(Bytes payload) {
    for (Http2Setting setting : Http2Setting.of(payload)) {
      if (text.length() < MAX_LINE_CHARS) {
        text.append(" | [").append(setting).append(']');
      }
    }
  }

  private static String priority(Bytes prefix) {
    return "dep_stream_id="
        + number(prefix, 0)
        + ", weight="
        + ((prefix.byteAt(4) & 0xff) + 1)
        + ", exclusive="
        + ((prefix.byteAt(0) & 0x80) >> 7);
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

  private static String error(Bytes payload, int offset) {
    long code = BigEndian.unsigned(payload, offset, offset + 4);
    String name = code < ERRORS.size() ? ERRORS.get((int) code) : "UNKNOWN";
    return name + "(" + hex(code) + ")";
  }

  private static long number(Bytes payload, int offset) {
    return BigEndian.unsigned(payload, offset, offset + 4) & Integer.MAX_VALUE;
  }

  private static String hex(long number) {
    return String.format(Locale.ROOT, "0x%02x", number);
  }
}
