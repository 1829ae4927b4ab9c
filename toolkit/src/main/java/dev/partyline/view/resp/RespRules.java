package dev.partyline.view.resp;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.wire.Bytes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of the lines of values. */
final class RespRules {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]++");
  private static final Pattern FRACTION =
      Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?(?:[eE][+-]?[0-9]++)?|inf)|-?nan");

  /** One digit less than the smallest number that does not fit into a long. */
  private static final int MAX_DIGITS = 18;

  private static final Bytes STREAMED = Bytes.utf8("?");

  private RespRules() {}

  /** Returns the problem of the line of a value that is neither bytes nor a list, or null. */
  static @Nullable String problem(RespValue.Kind kind, Bytes line) {
    String text = Ascii.text(line);
    return switch (kind) {
      case INTEGER -> isInteger(text) ? null : line + " must be a whole number of 64 bits";
      case BIG_NUMBER -> NUMBER.matcher(text).matches() ? null : line + " must be a whole number";
      case DOUBLE -> FRACTION.matcher(text).matches() ? null : line + " must be a number";
      case BOOLEAN -> text.matches("[tf]") ? null : line + " must be t or f";
      case NULL -> text.isEmpty() ? null : "a NULL must be empty, not " + line;
      default -> null;
    };
  }

  private static boolean isInteger(String text) {
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  static boolean isStreamed(Bytes line) {
    return line.equals(STREAMED);
  }

  static boolean isNegative(Bytes line) {
    return !line.isEmpty() && line.byteAt(0) == '-' && parseLength(line.slice(1, line.size())) > 0;
  }

  /** Returns the length in a line, -1 for that of a null, -2 if the line is not a length. */
  static long parseLength(Bytes line) {
    String text = Ascii.text(line);
    if (text.equals("-1")) {
      return -1;
    }
    return text.matches("[0-9]{1," + MAX_DIGITS + "}") ? Long.parseLong(text) : -2;
  }
}
