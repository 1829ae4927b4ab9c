package dev.partyline.view.tls;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.internal.reading.FlawException;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of a message one after the other (RFC 8446, 3). */
final class TlsFieldReader {
  /** Reads one item of a vector. */
  interface ItemReader<T> {
    T read(TlsFieldReader vector) throws FlawException;
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

  int readNumber(String field, int size) throws FlawException {
    require(field, size);
    position += size;
    return (int) BigEndian.unsigned(message, position - size, position);
  }

  TlsFieldReader readPart(String field, int size) throws FlawException {
    require(field, size);
    TlsFieldReader part = new TlsFieldReader(field, message, position, position + size);
    position += size;
    return part;
  }

  /** Reads a vector, after its length in so many bytes. */
  TlsFieldReader readVector(String field, int lengthSize) throws FlawException {
    return readPart(field, readNumber("length of " + field, lengthSize));
  }

  <T> List<T> readAll(ItemReader<T> reader) throws FlawException {
    List<T> all = new ArrayList<>();
    while (hasMore()) {
      all.add(reader.read(this));
    }
    return List.copyOf(all);
  }

  Bytes readRemaining() {
    Bytes remaining = message.slice(position, limit);
    position = limit;
    return remaining;
  }

  /** Throws if a field is left. */
  void requireEnd() throws FlawException {
    if (hasMore()) {
      throw malformed((limit - position) + " bytes follow the last field of " + name);
    }
  }

  private void require(String field, int size) throws FlawException {
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

  FlawException malformed(String description) {
    return new FlawException(position, description);
  }
}
