package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.PacketReader;
import dev.partyline.wire.Side;

/** The passwords of MySQL, hashed or not (MySQL internals, connection phase). */
final class MysqlLogin {
  private static final int PROTOCOL_VERSION = 10;
  private static final int CLIENT_SSL = 0x800;
  private static final int PROTOCOL_41 = 0x200;
  private static final int FIXED_BYTES_AFTER_FLAGS = 28;
  private static final int CHANGE_USER = 0x11;

  private MysqlLogin() {}

  static void apply(Dialogue dialogue) {
    PacketReader server = new PacketReader(dialogue.layer(Side.SERVER)).littleEndian();
    server.u24();
    if (server.u8() != 0 || server.u8() != PROTOCOL_VERSION) {
      return;
    }
    PacketReader client = new PacketReader(dialogue.layer(Side.CLIENT)).littleEndian();
    boolean loggingIn = true;
    for (boolean first = true; client.hasMore(); first = false) {
      int length = client.u24();
      int sequence = client.u8();
      long end = (long) client.offset() + length;
      loggingIn &= sequence != 0;
      if (first) {
        response(client, end);
      } else if (loggingIn) {
        client.mask(length);
      } else if (client.peek() == CHANGE_USER) {
        client.skip(1).zeroTerminated();
        client.mask(client.u8());
      }
      client.goTo(end);
    }
  }

  private static void response(PacketReader client, long end) {
    int flags = client.u16();
    if ((flags & PROTOCOL_41) == 0) {
      client.skip(3).zeroTerminated();
      client.mask(end - client.offset());
    } else if ((flags & CLIENT_SSL) == 0) {
      client.skip(2 + FIXED_BYTES_AFTER_FLAGS).zeroTerminated();
      // A length of one byte, or nothing more: longer ones begin with a byte that is no length.
      client.mask(Math.min(client.u8(), end - client.offset()));
    }
  }
}
