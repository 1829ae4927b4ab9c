package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.wire.Bytes;
import java.util.HexFormat;

/** Quotes any bytes as words of a shell, in ASCII, which bash, ksh and zsh read. */
final class ShellQuoting {
  private static final String PLAIN = "_-./:=@%+,";

  private ShellQuoting() {}

  /** Returns a word that means the bytes, which must not contain a NUL, because it ends a word. */
  static String quoted(Bytes bytes) {
    // In zsh a word that begins with = means the path of a command.
    boolean plain = !bytes.isEmpty() && bytes.byteAt(0) != '=';
    boolean printable = true;
    for (int i = 0; i < bytes.size(); i++) {
      int c = bytes.byteAt(i) & 0xff;
      plain &= isPlain(c);
      printable &= c >= ' ' && c < 0x7f;
    }
    if (plain) {
      return bytes.utf8();
    }
    return printable ? "'" + bytes.utf8().replace("'", "'\\''") + "'" : escaped(bytes);
  }

  private static boolean isPlain(int c) {
    return Ascii.isDigit(c) || Character.isLetter(c) && c < 0x7f || PLAIN.indexOf(c) >= 0;
  }

  private static String escaped(Bytes bytes) {
    StringBuilder word = new StringBuilder("$'");
    for (int i = 0; i < bytes.size(); i++) {
      int c = bytes.byteAt(i) & 0xff;
      if (c == '\'' || c == '\\') {
        word.append('\\').append((char) c);
      } else if (c == '\n' || c == '\r') {
        word.append(c == '\n' ? "\\n" : "\\r");
      } else if (c >= ' ' && c < 0x7f) {
        word.append((char) c);
      } else {
        word.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
      }
    }
    return word.append('\'').toString();
  }

  /** Returns the format with which printf prints the bytes, which may be any. */
  static String printf(Bytes bytes) {
    StringBuilder format = new StringBuilder("'");
    for (int i = 0; i < bytes.size(); i++) {
      int c = bytes.byteAt(i) & 0xff;
      boolean plain = c >= ' ' && c < 0x7f && c != '\'' && c != '\\' && c != '%';
      if (plain) {
        format.append((char) c);
      } else {
        format.append(String.format("\\%03o", c));
      }
    }
    return format.append('\'').toString();
  }
}
