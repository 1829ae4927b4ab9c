package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.wire.Side;

/** The password of SOCKS5 (RFC 1929). */
final class SocksLogin {
  private static final int VERSION_5 = 5;
  private static final int BY_PASSWORD = 2;
  private static final int LOGIN_VERSION = 1;

  private SocksLogin() {}

  static void apply(Dialogue dialogue) {
    PacketReader server = new PacketReader(dialogue.stream(Side.SERVER));
    PacketReader client = new PacketReader(dialogue.stream(Side.CLIENT));
    if (client.u8() != VERSION_5) {
      return;
    }
    client.skip(client.u8());
    boolean isChosen =
        !server.hasMore()
            || !dialogue.missing(Side.SERVER).isEmpty()
            || server.u8() == VERSION_5 && server.u8() == BY_PASSWORD;
    if (isChosen && client.u8() == LOGIN_VERSION) {
      client.skip(client.u8());
      client.mask(client.u8());
    }
  }
}
