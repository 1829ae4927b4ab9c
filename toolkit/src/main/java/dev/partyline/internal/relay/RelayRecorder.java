package dev.partyline.internal.relay;

import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TlsSession;
import java.nio.ByteBuffer;

/** Where a relay writes what it sees, and what its faults do. */
interface RelayRecorder {
  void recordSent(Side side, ByteBuffer chunk);

  default void recordFin(Side side) {
    recordFin(side, Termination.Kind.FIN, "");
  }

  void recordFin(Side side, Termination.Kind kind, String cause);

  default void recordRst(Side side) {
    recordRst(side, Termination.Kind.RST, "");
  }

  void recordRst(Side side, Termination.Kind kind, String cause);

  void recordTlsSession(TlsSession session);

  void recordNote(String text);

  void recordClosed();
}
