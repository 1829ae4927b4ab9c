package dev.partyline.watch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a table in /proc/net, line by line, without a string or a pattern per field:
 * a busy machine has tens of thousands of lines.
 *
 * <p>A field that is not what was asked for makes the line bad, and everything after it 0; no bytes
 * make it throw.
 */
final class ProcLineReader {
  private static final boolean LITTLE = ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN);
  private static final int MOST_DIGITS = 18;

  private final byte[] text;
  private int at;
  private int lineEnd;
  private int next;
  private boolean bad;

  ProcLineReader(byte[] text) {
    this.text = text;
  }

  /** Goes to the next line, and returns whether there is one. */
  boolean nextLine() {
    if (next >= text.length) {
      return false;
    }
    at = next;
    lineEnd = next;
    while (lineEnd < text.length && text[lineEnd] != '\n') {
      lineEnd++;
    }
    // The kernel ends each line: one without end was cut, and so may be its last field.
    bad = lineEnd == text.length;
    next = lineEnd + 1;
    return true;
  }

  boolean isBad() {
    return bad;
  }

  /** Skips spaces, if any. */
  void spaces() {
    while (at < lineEnd && text[at] == ' ') {
      at++;
    }
  }

  /** Skips at least one space. */
  void gap() {
    skip(' ');
    spaces();
  }

  void skip(char wanted) {
    if (at < lineEnd && text[at] == wanted) {
      at++;
    } else {
      bad = true;
    }
  }

  /** Reads a run of hexadecimal digits, as many as a number has that is not negative. */
  long hex(int most) {
    long value = 0;
    int start = at;
    for (int digit = digit(); digit >= 0; digit = digit()) {
      value = value << 4 | digit;
      at++;
    }
    bad |= at == start || at - start > most;
    return bad ? 0 : value;
  }

  long decimal() {
    long value = 0;
    int start = at;
    for (int digit = digit(); digit >= 0 && digit < 10; digit = digit()) {
      value = value * 10 + digit;
      at++;
    }
    bad |= at == start || at - start > MOST_DIGITS;
    return bad ? 0 : value;
  }

  /** Reads an address, which is words of four bytes as the machine has them, and a port. */
  InetSocketAddress address(int words) {
    byte[] bytes = new byte[4 * words];
    for (int word = 0; word < words; word++) {
      for (int i = 0; i < 4; i++) {
        int high = digit();
        at += high < 0 ? 0 : 1;
        int low = digit();
        at += low < 0 ? 0 : 1;
        bad |= high < 0 || low < 0;
        bytes[4 * word + (LITTLE ? 3 - i : i)] = (byte) (high << 4 | low);
      }
    }
    skip(':');
    int port = (int) hex(4);
    try {
      // This makes an IPv4 address of one that is mapped into IPv6.
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("words (" + words + ") must be 1 or 4", e);
    }
  }

  /** Reads what is left of the line, null if nothing is. */
  @Nullable String rest() {
    spaces();
    return at == lineEnd ? null : new String(text, at, lineEnd - at, StandardCharsets.UTF_8);
  }

  private int digit() {
    int c = at < lineEnd ? text[at] : -1;
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = c | 0x20;
    return c >= 0 && letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
