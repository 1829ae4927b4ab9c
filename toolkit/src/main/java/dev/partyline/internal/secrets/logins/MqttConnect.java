package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.PacketReader;
import dev.partyline.wire.Side;

/** The password of CONNECT in MQTT 3.1 to 5 (MQTT 5, 3.1.3.6), and what its AUTH carries. */
final class MqttConnect {
  private static final int CONNECT = 0x10;
  private static final int AUTH = 0xf0;
  private static final int HAS_WILL = 0x04;
  private static final int HAS_PASSWORD = 0x40;
  private static final int HAS_USER = 0x80;
  private static final int VERSION_5 = 5;
  private static final int AUTHENTICATION_DATA = 0x16;

  private MqttConnect() {}

  static void apply(Dialogue dialogue) {
    PacketReader reader = new PacketReader(dialogue.layer(Side.CLIENT));
    if (reader.u8() != CONNECT) {
      return;
    }
    long end = reader.varint();
    end += reader.offset();
    int nameLength = reader.u16();
    if (!reader.startsWith("MQTT") && !reader.startsWith("MQIsdp")) {
      return;
    }
    reader.skip(nameLength);
    boolean hasProperties = reader.u8() >= VERSION_5;
    connect(reader, reader.u8(), hasProperties);
    reader.goTo(end);
    while (reader.hasMore()) {
      int type = reader.u8();
      int length = reader.varint();
      if (type == AUTH) {
        reader.mask(length);
      } else {
        reader.skip(length);
      }
    }
  }

  private static void connect(PacketReader reader, int flags, boolean hasProperties) {
    reader.skip(2);
    if (hasProperties) {
      properties(reader);
    }
    reader.skip(reader.u16());
    if ((flags & HAS_WILL) != 0) {
      skipProperties(reader, hasProperties);
      reader.skip(reader.u16());
      reader.skip(reader.u16());
    }
    if ((flags & HAS_USER) != 0) {
      reader.skip(reader.u16());
    }
    if ((flags & HAS_PASSWORD) != 0) {
      reader.mask(reader.u16());
    }
  }

  /** Masks the authentication data (MQTT 5, 3.1.2.11.10). */
  private static void properties(PacketReader reader) {
    int length = reader.varint();
    int end = reader.offset() + length;
    while (reader.offset() < end) {
      switch (reader.u8()) {
        case AUTHENTICATION_DATA -> reader.mask(reader.u16());
        case 0x15 -> reader.skip(reader.u16());
        case 0x26 -> {
          reader.skip(reader.u16());
          reader.skip(reader.u16());
        }
        case 0x11, 0x27 -> reader.skip(4);
        case 0x21, 0x22 -> reader.skip(2);
        case 0x17, 0x19 -> reader.skip(1);
        default -> reader.goTo(end);
      }
    }
  }

  private static void skipProperties(PacketReader reader, boolean hasProperties) {
    if (hasProperties) {
      reader.skip(reader.varint());
    }
  }
}
