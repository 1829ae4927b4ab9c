package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.PacketReader;
import dev.partyline.wire.Side;
import java.nio.BufferUnderflowException;
import java.util.Optional;

/** What SOCKS4 and SOCKS5 (RFC 1928) say before they pass on what is sent. */
public final class SocksNegotiation {
  private static final int VERSION_4 = 4;
  private static final int VERSION_5 = 5;
  private static final int BY_PASSWORD = 2;
  private static final int LOGIN_VERSION = 1;
  private static final int BIND = 2;
  private static final int IPV4 = 1;
  private static final int DOMAIN = 3;
  private static final int IPV6 = 4;
  private static final int GRANTED_4 = 0x5a;
  private static final int REPLY_4_BYTES = 8;

  private final PacketReader client;
  private final PacketReader server;
  private final boolean isServerKnown;

  private SocksNegotiation(Dialogue dialogue) {
    this.client = new PacketReader(dialogue.layer(Side.CLIENT));
    this.server = new PacketReader(dialogue.layer(Side.SERVER));
    this.isServerKnown = dialogue.isKnown(Side.SERVER);
  }

  /** Masks the password of SOCKS5 (RFC 1929). */
  public static void maskPassword(Dialogue dialogue) {
    SocksNegotiation negotiation = new SocksNegotiation(dialogue);
    PacketReader client = negotiation.client;
    if (client.peek() == VERSION_5 && negotiation.isLogin()) {
      client.skip(1).skip(client.u8());
      client.mask(client.u8());
    }
  }

  static Optional<ProtocolSwitch> end(Dialogue dialogue) {
    SocksNegotiation negotiation = new SocksNegotiation(dialogue);
    switch (negotiation.client.peek()) {
      case VERSION_4 -> negotiation.passVersion4();
      case VERSION_5 -> negotiation.passVersion5();
      default -> {
        return Optional.empty();
      }
    }
    return ProtocolSwitch.toStream(negotiation.client.offset(), negotiation.server.offset());
  }

  /** Passes the offer of methods and the choice, and returns whether a login is next. */
  private boolean isLogin() {
    expect(client.u8() == VERSION_5);
    client.skip(client.u8());
    if (isServerKnown) {
      expect(server.u8() == VERSION_5);
      if (server.u8() != BY_PASSWORD) {
        return false;
      }
    }
    return client.peek() == LOGIN_VERSION;
  }

  private void passVersion5() {
    if (isLogin()) {
      client.skip(1).skip(client.u8());
      client.skip(client.u8());
      server.skip(isServerKnown ? 2 : 0);
    }
    expect(client.u8() == VERSION_5);
    int command = client.u8();
    client.skip(1);
    passAddress(client);
    // A bind is answered a second time, when a peer has connected.
    for (int i = command == BIND ? 2 : 1; i > 0 && isServerKnown; i--) {
      expect(server.u8() == VERSION_5 && server.u8() == 0);
      server.skip(1);
      passAddress(server);
    }
  }

  private static void passAddress(PacketReader reader) {
    switch (reader.u8()) {
      case IPV4 -> reader.skip(4);
      case DOMAIN -> reader.skip(reader.u8());
      case IPV6 -> reader.skip(16);
      default -> throw new BufferUnderflowException();
    }
    reader.skip(2);
  }

  private void passVersion4() {
    client.skip(1);
    int command = client.u8();
    expect(command == 1 || command == BIND);
    client.skip(2);
    long address = client.u32();
    client.zeroTerminated();
    if (address != 0 && address >> 8 == 0) {
      client.zeroTerminated();
    }
    for (int i = command == BIND ? 2 : 1; i > 0 && isServerKnown; i--) {
      expect(server.u8() == 0 && server.u8() == GRANTED_4);
      server.skip(REPLY_4_BYTES - 2);
    }
  }

  /** Ends the reading where it is another protocol, or a refusal. */
  private static void expect(boolean isMet) {
    if (!isMet) {
      throw new BufferUnderflowException();
    }
  }
}
