package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.PacketReader;
import dev.partyline.wire.Side;
import java.util.List;

/**
 * What AMQP sends by SASL: {@code start-ok} and {@code secure-ok} of 0-8 to 0-9-1, and the frames
 * of 1.0; and {@code update-secret} of 0-9-1, by which a token is renewed.
 */
final class AmqpLogin {
  /** The headers of 0-9-1, 0-9 and 0-8, whose methods to log in are the same. */
  private static final List<String> HEADERS_0 =
      List.of("AMQP\0\0\11\1", "AMQP\1\1\0\11", "AMQP\1\1\11\1", "AMQP\1\1\10\0");

  private static final String HEADER_SASL = "AMQP\3\1\0\0";
  private static final int HEADER_BYTES = 8;
  private static final int METHOD = 1;
  private static final int CONNECTION = 10;
  private static final int START_OK = 11;
  private static final int SECURE_OK = 21;
  private static final int UPDATE_SECRET = 70;

  private AmqpLogin() {}

  static void apply(Dialogue dialogue) {
    PacketReader reader = new PacketReader(dialogue.layer(Side.CLIENT));
    if (HEADERS_0.stream().anyMatch(reader::startsWith)) {
      reader.skip(HEADER_BYTES);
      while (reader.hasMore()) {
        frame(reader);
      }
    } else if (reader.startsWith(HEADER_SASL)) {
      reader.skip(HEADER_BYTES);
      while (reader.hasMore() && reader.peek() != 'A') {
        saslFrame(reader);
      }
    }
  }

  private static void frame(PacketReader reader) {
    int type = reader.u8();
    reader.skip(2);
    long end = reader.u32();
    end += reader.offset() + 1;
    if (type == METHOD && reader.u16() == CONNECTION) {
      int method = reader.u16();
      if (method == START_OK) {
        reader.skip(reader.u32());
        reader.skip(reader.u8());
      }
      if (method == START_OK || method == SECURE_OK || method == UPDATE_SECRET) {
        reader.mask(reader.u32());
      }
    }
    reader.goTo(end);
  }

  /** Masks the binaries of a frame: its response, and the initial one. */
  private static void saslFrame(PacketReader reader) {
    int start = reader.offset();
    long end = start + reader.u32();
    int dataOffset = reader.u8();
    // A descriptor of three bytes, and the size and count of a list of one or of four bytes each.
    reader.goTo(start + 4L * dataOffset).skip(3);
    reader.skip(reader.u8() == 0xc0 ? 2 : 8);
    while (reader.offset() < end) {
      switch (reader.u8()) {
        case 0xa0 -> reader.mask(reader.u8());
        case 0xb0 -> reader.mask(reader.u32());
        case 0xa1, 0xa3 -> reader.skip(reader.u8());
        case 0xb1, 0xb3 -> reader.skip(reader.u32());
        default -> {
          // A value without content, such as null.
        }
      }
    }
  }
}
