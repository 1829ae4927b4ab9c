package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.PacketReader;
import dev.partyline.wire.Side;

/** The passwords of PostgreSQL: its message {@code p} (PostgreSQL manual, 55.7). */
final class PostgresLogin {
  private static final long SSL_REQUEST = 80_877_103;
  private static final long GSS_REQUEST = 80_877_104;
  private static final int VERSION_3 = 3;
  private static final int MAX_STARTUP_BYTES = 10_000;

  private PostgresLogin() {}

  static void apply(Dialogue dialogue) {
    PacketReader reader = new PacketReader(dialogue.layer(Side.CLIENT));
    long length = reader.u32();
    long code = reader.u32();
    while (code == SSL_REQUEST || code == GSS_REQUEST) {
      length = reader.u32();
      code = reader.u32();
    }
    if (code >> 16 != VERSION_3 || length > MAX_STARTUP_BYTES) {
      return;
    }
    reader.skip(length - 8);
    while (reader.hasMore()) {
      int type = reader.u8();
      int start = reader.offset();
      long end = start + reader.u32();
      if (type == 'p') {
        if (reader.startsWith("SCRAM-")) {
          reader.zeroTerminated();
          reader.skip(4);
        }
        reader.mask(end - reader.offset());
      }
      reader.goTo(end);
    }
  }
}
