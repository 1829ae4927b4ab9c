package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.HashMap;
import java.util.Map;

/** The names in a message, which may go on with one that stands ahead (RFC 1035, 4.1.4). */
final class DnsNames {
  private static final int LONGEST = 255;

  /** How much longer than the message all its names may be: few bytes can stand for many. */
  private static final int MOST = 16;

  private final Bytes message;

  /** What pointers point to, told once: two bytes can stand for a thousand. */
  private final Map<Integer, String> known = new HashMap<>();

  private String name = "";
  private long told;

  DnsNames(Bytes message) {
    this.message = message;
  }

  /** Returns the name that {@link #end} has read. */
  String name() {
    return name;
  }

  /** Reads the name at an offset, and returns the one behind it. */
  int end(int start) throws MalformedException {
    if (start < message.size() && (message.at(start) & 0xc0) == 0xc0) {
      int target = target(start, start);
      String again = known.get(target);
      name = again == null ? read(start) : again;
      known.put(target, name);
      return start + 2;
    }
    name = read(start);
    int at = start;
    while (message.at(at) != 0) {
      if ((message.at(at) & 0xc0) != 0) {
        return at + 2;
      }
      at += 1 + message.at(at);
    }
    return at + 1;
  }

  private String read(int start) throws MalformedException {
    String read = decoded(start);
    told += read.length();
    if (told > (long) MOST * message.size() + LONGEST) {
      throw new MalformedException(
          start, "the names of a message that are more than 16 times as long as it are not read");
    }
    return read;
  }

  private String decoded(int start) throws MalformedException {
    StringBuilder text = new StringBuilder();
    int length = 1;
    int at = start;
    // Pointers go back behind all that was read, and so come to an end.
    int first = start;
    while (true) {
      int size = labelSize(at);
      if (size < 0) {
        at = target(at, first);
        first = at;
      } else if (size == 0) {
        return text.length() == 0 ? "." : text.toString();
      } else {
        length += 1 + size;
        if (length > LONGEST) {
          throw new MalformedException(at, "a name must have 255 bytes at most");
        }
        if (size > message.size() - at - 1) {
          throw new MalformedException(
              message.size(), "a name goes on behind the end of the message");
        }
        DnsPrinter.label(message.slice(at + 1, at + 1 + size), text);
        at += 1 + size;
      }
    }
  }

  /** Returns the size of the label at an offset, -1 if there is a pointer. */
  private int labelSize(int at) throws MalformedException {
    if (at >= message.size()) {
      throw new MalformedException(message.size(), "a name goes on behind the end of the message");
    }
    int size = message.at(at) & 0xff;
    if (size < 0x40) {
      return size;
    }
    if (size < 0xc0) {
      throw new MalformedException(
          at, "a label must begin with its length, 63 at most, or with a pointer");
    }
    return -1;
  }

  private int target(int at, int before) throws MalformedException {
    if (at + 2 > message.size()) {
      throw new MalformedException(message.size(), "a pointer to a name has 1 of its 2 bytes");
    }
    int target = (int) BigEndian.unsigned(message, at, at + 2) & 0x3fff;
    if (target >= before) {
      throw new MalformedException(
          at, "a pointer to a name must point ahead of it, not to byte " + target);
    }
    return target;
  }
}
