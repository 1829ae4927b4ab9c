package dev.partyline.netstat;

import dev.partyline.filter.TcpState;
import dev.partyline.wire.Transport;
import java.util.Comparator;

/** How much a row is likely to explain; the first constant the most. */
enum RowRelevance {
  /** Has a port, so that no other socket can. */
  HAS_PORT,
  /** Is in a notable state, and a process has it open. */
  NOTABLE_AND_OWNED,
  /** Is in a notable state, and no process has it open, such as one that is not accepted. */
  NOTABLE,
  OTHER,
  /** Is over, and goes away by itself. */
  OVER;

  /** Rows of the same relevance stay in their order. */
  static final Comparator<ConnectionRow> ORDER = Comparator.comparing(RowRelevance::of);

  private static RowRelevance of(ConnectionRow row) {
    if (row.state() == TcpState.TIME_WAIT) {
      return OVER;
    }
    if (row.state() == TcpState.LISTEN
        || row.transport() == Transport.UDP && row.remote() == null) {
      return HAS_PORT;
    }
    if (row.explanation().isEmpty()) {
      return OTHER;
    }
    return row.owner() == null ? NOTABLE : NOTABLE_AND_OWNED;
  }
}
