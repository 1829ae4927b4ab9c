package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.PacketReader;
import dev.partyline.wire.Side;
import java.util.Optional;

/** The header of HAProxy's PROXY protocol, version 1 and 2, which is before all else. */
final class ProxyHeader {
  private static final String START_1 = "PROXY ";
  private static final int MAX_BYTES_1 = 107;
  private static final String START_2 = "\r\n\r\n\0\r\nQUIT\n";

  private ProxyHeader() {}

  static Optional<ProtocolSwitch> end(Dialogue dialogue) {
    PacketReader client = new PacketReader(dialogue.layer(Side.CLIENT));
    if (client.startsWith(START_2)) {
      // A version with a command, and a family, are before the length of the rest.
      client.skip(START_2.length() + 2);
      client.skip(client.u16());
    } else if (client.startsWith(START_1)) {
      while (client.u8() != '\n') {
        if (client.offset() == MAX_BYTES_1) {
          return Optional.empty();
        }
      }
    } else {
      return Optional.empty();
    }
    return ProtocolSwitch.toStream(client.offset(), 0);
  }
}
