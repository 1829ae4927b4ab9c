package dev.partyline.internal.har;

import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses the messages of one side, each of which may refer to those before (RFC 7692, 7). */
final class MessageInflater implements AutoCloseable {
  private static final Bytes END = Bytes.hex("0000ffff");
  private static final int BUFFER_BYTES = 1 << 13;

  private final Inflater inflater = new Inflater(true);

  /** Whether a message before could not be inflated, which later ones may refer to. */
  private boolean isLost;

  /** Returns the message, or nothing if it cannot be inflated, or is very long. */
  Optional<Bytes> inflate(Bytes payload) {
    if (!isLost) {
      try {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        inflater.setInput(payload.plus(END).toArray());
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
          out.write(buffer, 0, count);
          if (out.size() > BodyText.MAX_DECODED_BYTES) {
            throw new DataFormatException("too long");
          }
        }
        if (inflater.finished()) {
          // A sender may end the stream with a message, and then begins another one.
          inflater.reset();
        }
        return Optional.of(Bytes.of(out.toByteArray()));
      } catch (DataFormatException e) {
        isLost = true;
      }
    }
    return Optional.empty();
  }

  /** Tells that a message is missing. */
  void skip() {
    isLost = true;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
