package dev.partyline.view.dns;

import dev.partyline.wire.Bytes;
import java.util.List;

/** Prints a message like dig, in one line. */
final class DnsPrinter {
  private static final String ESCAPED_IN_LABEL = "\"().;\\@$";
  private static final String ESCAPED_IN_STRING = "\"\\";

  private DnsPrinter() {}

  static String of(DnsMessage message) {
    StringBuilder text = new StringBuilder();
    text.append(message.side()).append(" opcode: ").append(message.opcode());
    text.append(", status: ").append(message.status()).append(", id: ").append(message.id());
    text.append(", flags:");
    message.flags().forEach(flag -> text.append(' ').append(flag));
    appendSection("QUESTION", message.questions(), text);
    appendSection("ANSWER", message.answers(), text);
    appendSection("AUTHORITY", message.authority(), text);
    appendSection("ADDITIONAL", message.additional(), text);
    return text.toString();
  }

  private static void appendSection(String name, List<?> entries, StringBuilder text) {
    String separator = "; " + name + ": ";
    for (Object entry : entries) {
      text.append(separator).append(entry);
      separator = ", ";
    }
  }

  /** Appends a label and a dot, in the form of RFC 4343, 2.1. */
  static void appendLabel(Bytes label, StringBuilder text) {
    escape(label, ESCAPED_IN_LABEL, ' ' + 1, text);
    text.append('.');
  }

  static String escapeString(Bytes string) {
    StringBuilder text = new StringBuilder(string.size());
    escape(string, ESCAPED_IN_STRING, ' ', text);
    return text.toString();
  }

  private static void escape(Bytes bytes, String specials, int lowest, StringBuilder text) {
    for (int i = 0; i < bytes.size(); i++) {
      int c = bytes.byteAt(i) & 0xff;
      if (c < lowest || c >= 0x7f) {
        text.append('\\').append((char) ('0' + c / 100));
        text.append((char) ('0' + c / 10 % 10)).append((char) ('0' + c % 10));
      } else {
        text.append(specials.indexOf(c) < 0 ? "" : "\\").append((char) c);
      }
    }
  }
}
