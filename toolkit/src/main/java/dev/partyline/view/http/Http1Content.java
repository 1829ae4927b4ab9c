package dev.partyline.view.http;

import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import java.util.Optional;

/**
 * A body without its content codings.
 *
 * @param bytes the bytes as far as they could be decoded
 * @param flaw the flaw that ended the decoding, if any
 */
public record Http1Content(Bytes bytes, Optional<Flaw> flaw) {
  /** Returns the bytes read as UTF-8, malformed ones replaced by U+FFFD. */
  public String text() {
    return bytes.utf8();
  }
}
