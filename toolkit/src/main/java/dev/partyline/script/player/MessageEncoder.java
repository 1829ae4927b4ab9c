package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.script.PartVisitor;
import dev.partyline.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the bytes of a message that a player sends. */
final class MessageEncoder {
  private MessageEncoder() {}

  /** Returns the message if it is the same every time, else null. */
  static @Nullable Bytes constant(List<Part> parts) {
    boolean varies = false;
    for (Part part : parts) {
      varies |= part.content() == null && !(part instanceof Part.BodyLength);
    }
    return varies || (bodyLengthIndex(parts) >= 0 && !hasBody(parts))
        ? null
        : encode(parts, Variables.NONE);
  }

  static Bytes encode(List<Part> parts, Variables variables) {
    List<Bytes> chunks = new ArrayList<>();
    PartEncoder encoder = new PartEncoder(variables);
    for (Part part : parts) {
      chunks.add(part.accept(encoder));
    }
    int lengthIndex = bodyLengthIndex(parts);
    if (lengthIndex >= 0) {
      Bytes length = Bytes.utf8(String.valueOf(bodyLength(Bytes.join(chunks))));
      for (int i = lengthIndex; i < parts.size(); i++) {
        if (parts.get(i) instanceof Part.BodyLength) {
          chunks.set(i, length);
        }
      }
    }
    return chunks.size() == 1 ? chunks.get(0) : Bytes.join(chunks);
  }

  private record PartEncoder(Variables variables) implements PartVisitor<Bytes> {
    @Override
    public Bytes visit(Part.Fixed fixed) {
      return fixed.bytes();
    }

    @Override
    public Bytes visit(Part.File file) {
      return file.content();
    }

    @Override
    public Bytes visit(Part.AnyByte anyByte) {
      throw new IllegalStateException("?? has no value here");
    }

    @Override
    public Bytes visit(Part.BodyLength bodyLength) {
      // Not empty, because a length alone on its line would be taken for the empty line.
      return Bytes.utf8("0");
    }

    @Override
    public Bytes visit(Part.Placeholder placeholder) {
      Bytes value = variables.get(placeholder.name());
      if (value == null) {
        throw new IllegalStateException("${" + placeholder.name() + "} has no value here");
      }
      return value;
    }
  }

  private static int bodyLengthIndex(List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.BodyLength) {
        return i;
      }
    }
    return -1;
  }

  /** Whether an empty line follows the last place that needs the length of the body. */
  static boolean hasBody(List<Part> parts) {
    boolean body = false;
    for (int i = 0; i < parts.size(); i++) {
      boolean empty = parts.get(i) instanceof Part.Fixed fixed && bodyOffset(fixed.bytes()) >= 0;
      if (body && parts.get(i) instanceof Part.BodyLength) {
        return false;
      }
      body |= empty;
    }
    return body;
  }

  /** Whether the length of the body is needed, and the message ends with its empty line. */
  static boolean lacksBody(List<Part> parts) {
    return bodyLengthIndex(parts) >= 0
        && parts.get(parts.size() - 1) instanceof Part.Fixed last
        && bodyOffset(last.bytes()) == last.bytes().size();
  }

  private static int bodyLength(Bytes message) {
    return message.size() - bodyOffset(message);
  }

  /** Returns the offset after the first empty line (two line ends in a row), or -1. */
  private static int bodyOffset(Bytes bytes) {
    String text = new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    int crlf = text.indexOf("\r\n\r\n");
    int lf = text.indexOf("\n\n");
    if (crlf >= 0 && (lf < 0 || crlf < lf)) {
      return crlf + 4;
    }
    return lf < 0 ? -1 : lf + 2;
  }
}
