package dev.partyline.view.dns;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.internal.reading.FlawException;
import dev.partyline.wire.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the names in a message, which may end with a pointer to an earlier one (RFC 1035, 4.1.4).
 */
final class DnsNames {
  private static final int MAX_NAME_BYTES = 255;

  /** How much longer than the message all its names may be: few bytes can mean many. */
  private static final int MAX_EXPANSION = 16;

  private final Bytes message;

  /** The names that pointers point to, decoded once: two bytes can mean a thousand. */
  private final Map<Integer, String> namesByOffset = new HashMap<>();

  private String name = "";
  private long decodedLength;

  DnsNames(Bytes message) {
    this.message = message;
  }

  /** Returns the name that {@link #readName} has read. */
  String name() {
    return name;
  }

  /** Reads the name at an offset, and returns the offset after it. */
  int readName(int offset) throws FlawException {
    if (offset < message.size() && (message.byteAt(offset) & 0xc0) == 0xc0) {
      int target = target(offset, offset);
      String knownName = namesByOffset.get(target);
      name = knownName == null ? decodeWithinLimit(offset) : knownName;
      namesByOffset.put(target, name);
      return offset + 2;
    }
    name = decodeWithinLimit(offset);
    int position = offset;
    while (message.byteAt(position) != 0) {
      if ((message.byteAt(position) & 0xc0) != 0) {
        return position + 2;
      }
      position += 1 + message.byteAt(position);
    }
    return position + 1;
  }

  private String decodeWithinLimit(int offset) throws FlawException {
    String decodedName = decode(offset);
    decodedLength += decodedName.length();
    if (decodedLength > (long) MAX_EXPANSION * message.size() + MAX_NAME_BYTES) {
      throw new FlawException(
          offset, "the names of a message that are more than 16 times as long as it are not read");
    }
    return decodedName;
  }

  private String decode(int offset) throws FlawException {
    StringBuilder text = new StringBuilder();
    int length = 1;
    int position = offset;
    // Each pointer must point before all that was read, and so they come to an end.
    int lowestOffset = offset;
    while (true) {
      int size = labelSize(position);
      if (size < 0) {
        position = target(position, lowestOffset);
        lowestOffset = position;
      } else if (size == 0) {
        return text.length() == 0 ? "." : text.toString();
      } else {
        length += 1 + size;
        if (length > MAX_NAME_BYTES) {
          throw new FlawException(position, "a name must have 255 bytes at most");
        }
        if (size > message.size() - position - 1) {
          throw new FlawException(message.size(), "a name continues after the end of the message");
        }
        DnsPrinter.appendLabel(message.slice(position + 1, position + 1 + size), text);
        position += 1 + size;
      }
    }
  }

  /** Returns the size of the label at an offset, -1 if there is a pointer. */
  private int labelSize(int offset) throws FlawException {
    if (offset >= message.size()) {
      throw new FlawException(message.size(), "a name continues after the end of the message");
    }
    int size = message.byteAt(offset) & 0xff;
    if (size < 0x40) {
      return size;
    }
    if (size < 0xc0) {
      throw new FlawException(
          offset, "a label must begin with its length, 63 at most, or with a pointer");
    }
    return -1;
  }

  private int target(int offset, int limit) throws FlawException {
    if (offset + 2 > message.size()) {
      throw new FlawException(message.size(), "a pointer to a name has 1 of its 2 bytes");
    }
    int target = (int) BigEndian.unsigned(message, offset, offset + 2) & 0x3fff;
    if (target >= limit) {
      throw new FlawException(
          offset, "a pointer to a name must point before it, not to byte " + target);
    }
    return target;
  }
}
