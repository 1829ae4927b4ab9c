package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the fields of a message one after the other (RFC 8446, 3). */
final class TlsFieldReader {
  /** The message cannot be read; it never leaves this package. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int at;

    Broken(int at, String what) {
      super(what, null, false, false);
      this.at = at;
    }

    /** Returns the position in the message at which it shows. */
    int at() {
      return at;
    }

    String what() {
      return String.valueOf(getMessage());
    }
  }

  private final String name;
  private final Bytes message;
  private final int end;
  private int at;

  TlsFieldReader(String name, Bytes message, int from, int to) {
    this.name = name;
    this.message = message;
    this.at = from;
    this.end = to;
  }

  boolean hasMore() {
    return at < end;
  }

  int number(String field, int size) {
    require(field, size);
    int value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | message.at(at++) & 0xff;
    }
    return value;
  }

  TlsFieldReader part(String field, int size) {
    require(field, size);
    TlsFieldReader part = new TlsFieldReader(field, message, at, at + size);
    at += size;
    return part;
  }

  /** A vector, whose length stands ahead of it in so many bytes. */
  TlsFieldReader vector(String field, int lengthSize) {
    return part(field, number("length of " + field, lengthSize));
  }

  <T> List<T> each(Function<TlsFieldReader, T> reader) {
    List<T> all = new ArrayList<>();
    while (hasMore()) {
      all.add(reader.apply(this));
    }
    return List.copyOf(all);
  }

  Bytes rest() {
    Bytes rest = message.slice(at, end);
    at = end;
    return rest;
  }

  /** Nothing may come any more. */
  void end() {
    if (hasMore()) {
      throw broken((end - at) + " bytes stand behind the last field of " + name);
    }
  }

  private void require(String field, int size) {
    if (end - at < size) {
      throw broken(
          field
              + " of "
              + size
              + " bytes does not fit into "
              + name
              + ": "
              + (end - at)
              + " bytes are left");
    }
  }

  Broken broken(String what) {
    return new Broken(at, what);
  }
}
