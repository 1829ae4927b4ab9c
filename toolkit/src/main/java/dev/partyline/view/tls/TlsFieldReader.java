package dev.partyline.view.tls;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the fields of a message one after the other (RFC 8446, 3). */
final class TlsFieldReader {
  /** The message cannot be read; it never leaves this package. */
  static final class MalformedFieldException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int position;

    MalformedFieldException(int position, String description) {
      super(description, null, false, false);
      this.position = position;
    }

    /** Returns the position in the message at which it shows. */
    int position() {
      return position;
    }

    String description() {
      return String.valueOf(getMessage());
    }
  }

  private final String name;
  private final Bytes message;
  private final int limit;
  private int position;

  TlsFieldReader(String name, Bytes message, int position, int limit) {
    this.name = name;
    this.message = message;
    this.position = position;
    this.limit = limit;
  }

  boolean hasMore() {
    return position < limit;
  }

  int readNumber(String field, int size) {
    require(field, size);
    int value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | message.byteAt(position++) & 0xff;
    }
    return value;
  }

  TlsFieldReader readPart(String field, int size) {
    require(field, size);
    TlsFieldReader part = new TlsFieldReader(field, message, position, position + size);
    position += size;
    return part;
  }

  /** A vector, whose length stands ahead of it in so many bytes. */
  TlsFieldReader readVector(String field, int lengthSize) {
    return readPart(field, readNumber("length of " + field, lengthSize));
  }

  <T> List<T> readAll(Function<TlsFieldReader, T> reader) {
    List<T> all = new ArrayList<>();
    while (hasMore()) {
      all.add(reader.apply(this));
    }
    return List.copyOf(all);
  }

  Bytes readRemaining() {
    Bytes remaining = message.slice(position, limit);
    position = limit;
    return remaining;
  }

  /** Nothing may come any more. */
  void requireEnd() {
    if (hasMore()) {
      throw malformed((limit - position) + " bytes stand behind the last field of " + name);
    }
  }

  private void require(String field, int size) {
    if (limit - position < size) {
      throw malformed(
          field
              + " of "
              + size
              + " bytes does not fit into "
              + name
              + ": "
              + (limit - position)
              + " bytes are left");
    }
  }

  MalformedFieldException malformed(String description) {
    return new MalformedFieldException(position, description);
  }
}
