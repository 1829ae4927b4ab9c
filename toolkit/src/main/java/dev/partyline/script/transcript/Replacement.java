package dev.partyline.script.transcript;

import dev.partyline.script.Part;

/**
 * A placeholder for bytes of a payload.
 *
 * @param start the offset of the first of them in the payload
 * @param end the offset after the last
 */
record Replacement(int start, int end, Part.Placeholder placeholder) {
  boolean overlaps(Replacement other) {
    return start < other.end && other.start < end;
  }

  int size() {
    return end - start;
  }

  /** Returns the same with a name; {@code *} for none. */
  Replacement named(String name) {
    return new Replacement(start, end, new Part.Placeholder(name, placeholder.constraint()));
  }
}
