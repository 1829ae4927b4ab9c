package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.PacketReader;
import dev.partyline.wire.Side;

/** The passwords of MySQL, hashed or not (MySQL internals, connection phase). */
final class MysqlLogin {
  private static final int PROTOCOL_VERSION = 10;
  private static final int CLIENT_SSL = 0x800;
  private static final int PROTOCOL_41 = 0x200;

  /** CLIENT_PLUGIN_AUTH_LENENC_CLIENT_DATA, in the upper half of the flags. */
  private static final int ANY_LENGTH = 0x20;

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
      boolean isCommand = sequence == 0;
      loggingIn = isCommand ? length > 0 && client.peek() == CHANGE_USER : loggingIn;
      if (first) {
        response(client, end);
      } else if (isCommand && loggingIn) {
        client.skip(1).zeroTerminated();
        client.mask(client.u8());
      } else if (loggingIn) {
        client.mask(length);
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
      boolean hasAnyLength = (client.u16() & ANY_LENGTH) != 0;
      client.skip(FIXED_BYTES_AFTER_FLAGS).zeroTerminated();
      long length = hasAnyLength ? length(client) : client.u8();
      client.mask(Math.min(length, end - client.offset()));
    }
  }

  /** Returns a length in one byte, or in those after a byte that is none. */
  private static long length(PacketReader client) {
    int first = client.u8();
    return switch (first) {
      case 0xfc -> client.u16();
      case 0xfd -> client.u24();
      case 0xfe -> {
        long low = client.u32();
        client.skip(4);
        yield low;
      }
      default -> first;
    };
  }
}
