package dev.partyline.assertions;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;

/**
 * Bytes, and how a failure shows them.
 *
 * @param bytes as they are
 * @param masked as many bytes, with secrets masked
 */
record MaskedBytes(Bytes bytes, Bytes masked) {
  /** Masks bytes of which nothing else is known. */
  static MaskedBytes of(Bytes bytes, Redaction redaction) {
    return new MaskedBytes(bytes, redaction.apply(bytes));
  }

  MaskedBytes slice(int offset, int endOffset) {
    return new MaskedBytes(bytes.slice(offset, endOffset), masked.slice(offset, endOffset));
  }

  boolean isMasked(int offset) {
    return offset >= 0 && offset < bytes.size() && bytes.byteAt(offset) != masked.byteAt(offset);
  }
}
