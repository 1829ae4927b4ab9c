package dev.partyline.internal.relay;

import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TlsSession;
import java.nio.ByteBuffer;

/**
 * Writes all that a relay sees as a conversation.
 *
 * @param conversation what it is written to
 */
record TapRecorder(ConversationRecorder conversation) implements RelayRecorder {
  @Override
  public void recordSent(Side side, ByteBuffer chunk) {
    conversation.recordSent(side, chunk);
  }

  @Override
  public void recordFin(Side side, Termination.Kind kind, String cause) {
    conversation.recordFin(side, kind, cause);
  }

  @Override
  public void recordRst(Side side, Termination.Kind kind, String cause) {
    conversation.recordRst(side, kind, cause);
  }

  @Override
  public void recordTlsSession(TlsSession session) {
    conversation.recordTlsSession(session);
  }

  @Override
  public void recordNote(String text) {
    conversation.recordNote(text);
  }

  @Override
  public void recordClosed() {
    conversation.recordClosed();
  }
}
