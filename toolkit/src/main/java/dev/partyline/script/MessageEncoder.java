package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the bytes of a message that a player says. */
final class MessageEncoder {
  private MessageEncoder() {}

  /** Returns the message if it is the same every time, else null. */
  static @Nullable Bytes constant(List<Part> parts) {
    boolean varies = false;
    for (Part part : parts) {
      varies |= !(part instanceof Part.Fixed || part instanceof Part.BodyLength);
    }
    return varies || (bodyLengthAt(parts) >= 0 && !hasBody(parts))
        ? null
        : message(parts, Variables.NONE);
  }

  static Bytes message(List<Part> parts, Variables scope) {
    List<Bytes> pieces = new ArrayList<>();
    for (Part part : parts) {
      pieces.add(piece(part, scope));
    }
    int lengthAt = bodyLengthAt(parts);
    if (lengthAt >= 0) {
      Bytes length = Bytes.utf8(String.valueOf(bodyLength(Bytes.join(pieces))));
      for (int i = lengthAt; i < parts.size(); i++) {
        if (parts.get(i) instanceof Part.BodyLength) {
          pieces.set(i, length);
        }
      }
    }
    return pieces.size() == 1 ? pieces.get(0) : Bytes.join(pieces);
  }

  private static Bytes piece(Part part, Variables scope) {
    if (part instanceof Part.Fixed fixed) {
      return fixed.bytes();
    }
    if (part instanceof Part.Placeholder taken) {
      Bytes value = scope.get(taken.name());
      if (value == null) {
        throw new IllegalStateException("${" + taken.name() + "} has no value here");
      }
      return value;
    }
    // Not empty, lest a length alone on its line be taken for the empty line.
    return Bytes.utf8("0");
  }

  private static int bodyLengthAt(List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (!(part instanceof Part.Fixed) && part instanceof Part.BodyLength) {
        return i;
      }
    }
    return -1;
  }

  /** Whether an empty line stands after the last place where the length of the body is asked. */
  static boolean hasBody(List<Part> parts) {
    boolean body = false;
    for (int i = 0; i < parts.size(); i++) {
      boolean empty = parts.get(i) instanceof Part.Fixed fixed && emptyLine(fixed.bytes()) >= 0;
      if (body && parts.get(i) instanceof Part.BodyLength) {
        return false;
      }
      body |= empty;
    }
    return body;
  }

  /** Whether the length of the body is asked, and the message ends with its empty line. */
  static boolean lacksBody(List<Part> parts) {
    return bodyLengthAt(parts) >= 0
        && parts.get(parts.size() - 1) instanceof Part.Fixed last
        && emptyLine(last.bytes()) == last.bytes().size();
  }

  private static int bodyLength(Bytes message) {
    return message.size() - emptyLine(message);
  }

  /** Returns the offset after the first empty line, or -1: a line end that follows a line end. */
  private static int emptyLine(Bytes bytes) {
    String text = new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    int crlf = text.indexOf("\r\n\r\n");
    int lf = text.indexOf("\n\n");
    if (crlf >= 0 && (lf < 0 || crlf < lf)) {
      return crlf + 4;
    }
    return lf < 0 ? -1 : lf + 2;
  }
}
