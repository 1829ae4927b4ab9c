package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame that is made up around recorded bytes.
 *
 * @param sender who sends it
 * @param tcp the header of its segment; null if it is a datagram of UDP
 * @param offset where its payload begins in the current event
 * @param length how many bytes of payload it has
 * @param comments what is said of it
 */
record SyntheticFrame(
    Side sender, @Nullable Tcp tcp, int offset, int length, List<String> comments) {

  /**
   * What differs between the headers of two segments.
   *
   * @param sequence the sequence number, as 32 bits without a sign
   * @param acknowledgement the acknowledgement number, 0 if the flags have no ACK
   * @param flags the control bits (RFC 9293, 3.1)
   */
  record Tcp(int sequence, int acknowledgement, int flags) {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;

    boolean isSyn() {
      return (flags & SYN) != 0;
    }
  }
}
