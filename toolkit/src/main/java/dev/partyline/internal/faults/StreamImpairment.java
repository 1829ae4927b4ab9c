package dev.partyline.internal.faults;

import dev.partyline.weather.spi.CloseType;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** An impairment that ends what only a stream has: a direction, or the connection. */
interface StreamImpairment extends AdvisingImpairment {
  Advice ADVICE =
      new Advice(
          "datagrams have no connection that could end", "loss 100%", "DatagramFaults.loss(1)");

  Advice NO_RST =
      new Advice(
          "a Unix domain socket has no RST", "cut after …", "Fault.cutAfter(…, CloseType.FIN)");

  /** Returns how the text of a cut begins; a cut by RST is called a reset. */
  static String prefix(CloseType closeType) {
    return closeType == CloseType.FIN ? "cut after " : "reset after ";
  }

  @Override
  default @Nullable Side defaultSender() {
    return Side.SERVER;
  }

  /** Returns how it ends the stream. */
  default CloseType closeType() {
    return CloseType.FIN;
  }

  @Override
  default @Nullable Advice advice(Transport transport) {
    if (!transport.isStream()) {
      return ADVICE;
    }
    return transport == Transport.UNIX && closeType() == CloseType.RST ? NO_RST : null;
  }
}
