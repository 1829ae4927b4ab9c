package dev.partyline.internal.relay;

import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TlsSession;
import java.nio.ByteBuffer;

/**
 * Writes what the faults do into the conversation of our end, which records the rest by itself.
 *
 * @param conversation what it is written to
 */
record WeatherNotes(ConversationRecorder conversation) implements RelayRecorder {
  @Override
  public void recordSent(Side side, ByteBuffer chunk) {}

  @Override
  public void recordFin(Side side, Termination.Kind kind, String cause) {
    recordEnd(side, kind, cause);
  }

  @Override
  public void recordRst(Side side, Termination.Kind kind, String cause) {
    recordEnd(side, kind, cause);
  }

  private void recordEnd(Side side, Termination.Kind kind, String cause) {
    if (kind == Termination.Kind.FAULT) {
      recordNote("the weather ends what the " + side + " sends: " + cause);
    }
  }

  @Override
  public void recordTlsSession(TlsSession session) {
    throw new IllegalStateException("the weather of our end has TLS pass through: " + session);
  }

  @Override
  public void recordNote(String text) {
    conversation.recordNote(text);
  }

  @Override
  public void recordClosed() {}
}
