package dev.partyline.netstat;

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
 * <p>A field that is not as expected makes the line malformed, and all fields after it 0; no bytes
 * make it throw.
 */
final class ProcLineReader {
  private static final boolean LITTLE_ENDIAN =
      ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_DIGITS = 18;

  private final byte[] text;
  private int offset;
  private int lineEndOffset;
  private int nextLineOffset;
  private boolean malformed;

  ProcLineReader(byte[] text) {
    this.text = text;
  }

  /** Goes to the next line, and returns whether there is one. */
  boolean nextLine() {
    if (nextLineOffset >= text.length) {
      return false;
    }
    offset = nextLineOffset;
    lineEndOffset = nextLineOffset;
    while (lineEndOffset < text.length && text[lineEndOffset] != '\n') {
      lineEndOffset++;
    }
    // The kernel ends each line: one without end was cut, and so was perhaps its last field.
    malformed = lineEndOffset == text.length;
    nextLineOffset = lineEndOffset + 1;
    return true;
  }

  boolean isMalformed() {
    return malformed;
  }

  /** Skips spaces, if any. */
  void skipSpaces() {
    while (offset < lineEndOffset && text[offset] == ' ') {
      offset++;
    }
  }

  /** Skips at least one space. */
  void skipGap() {
    skip(' ');
    skipSpaces();
  }

  void skip(char expected) {
    if (offset < lineEndOffset && text[offset] == expected) {
      offset++;
    } else {
      malformed = true;
    }
  }

  /** Reads hexadecimal digits, at most as many as a number that is not negative has. */
  long readHex(int maxDigits) {
    long value = 0;
    int start = offset;
    for (int digit = peekDigit(); digit >= 0; digit = peekDigit()) {
      value = value << 4 | digit;
      offset++;
    }
    malformed |= offset == start || offset - start > maxDigits;
    return malformed ? 0 : value;
  }

  long readDecimal() {
    long value = 0;
    int start = offset;
    for (int digit = peekDigit(); digit >= 0 && digit < 10; digit = peekDigit()) {
      value = value * 10 + digit;
      offset++;
    }
    malformed |= offset == start || offset - start > MAX_DIGITS;
    return malformed ? 0 : value;
  }

  /** Reads an address, which is words of four bytes in the machine's byte order, and a port. */
  InetSocketAddress readAddress(int words) {
    byte[] bytes = new byte[4 * words];
    for (int word = 0; word < words; word++) {
      for (int i = 0; i < 4; i++) {
        int high = peekDigit();
        offset += high < 0 ? 0 : 1;
        int low = peekDigit();
        offset += low < 0 ? 0 : 1;
        malformed |= high < 0 || low < 0;
        bytes[4 * word + (LITTLE_ENDIAN ? 3 - i : i)] = (byte) (high << 4 | low);
      }
    }
    skip(':');
    int port = (int) readHex(4);
    try {
      // This makes an IPv4 address of an IPv4-mapped one.
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("words (" + words + ") must be 1 or 4", e);
    }
  }

  /** Reads the rest of the line; null if there is none. */
  @Nullable String readRest() {
    skipSpaces();
    return offset == lineEndOffset
        ? null
        : new String(text, offset, lineEndOffset - offset, StandardCharsets.UTF_8);
  }

  private int peekDigit() {
    int c = offset < lineEndOffset ? text[offset] : -1;
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = c | 0x20;
    return c >= 0 && letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
