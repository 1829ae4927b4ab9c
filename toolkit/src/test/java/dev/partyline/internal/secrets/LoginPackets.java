package dev.partyline.internal.secrets;

import static dev.partyline.internal.secrets.SecretShapes.sent;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The first packets of binary protocols, with a secret in them. */
final class LoginPackets {
  private LoginPackets() {}

  static Conversation http2(boolean huffman, String name, String value) {
    ByteBuf client = http2Client(huffman, 0x5, name, value);
    return Conversation.of(List.of(bytes(Side.CLIENT, client)));
  }

  static Conversation http2Body(String body) {
    ByteBuf client = http2Client(true, 0x4, "a", "b");
    for (int i = 0; i < body.length(); i += 7) {
      String part = body.substring(i, Math.min(body.length(), i + 7));
      client.writeMedium(part.length()).writeByte(0).writeByte(0).writeInt(1);
      client.writeCharSequence(part, StandardCharsets.ISO_8859_1);
    }
    return Conversation.of(List.of(bytes(Side.CLIENT, client)));
  }

  /** Sends the field twice, the second time from the table; the block is cut into two frames. */
  private static ByteBuf http2Client(boolean huffman, int flags, String name, String value) {
    DefaultHttp2HeadersEncoder encoder =
        new DefaultHttp2HeadersEncoder(
            Http2HeadersEncoder.NEVER_SENSITIVE, false, 64, huffman ? 0 : Integer.MAX_VALUE);
    Http2Headers headers =
        new DefaultHttp2Headers(false).method("GET").add(name, value).add("z", "last");
    ByteBuf client = Unpooled.buffer();
    client.writeCharSequence(Http2Secrets.PREFACE, StandardCharsets.ISO_8859_1);
    client.writeMedium(0).writeByte(4).writeByte(0).writeInt(0);
    for (int stream = 1; stream <= 3; stream += 2) {
      ByteBuf block = Unpooled.buffer();
      try {
        encoder.encodeHeaders(stream, headers, block);
      } catch (Http2Exception e) {
        throw new AssertionError(e);
      }
      int first = block.readableBytes() / 2;
      client.writeMedium(first).writeByte(1).writeByte(flags & 1).writeInt(stream);
      client.writeBytes(block, first);
      client.writeMedium(block.readableBytes()).writeByte(9).writeByte(4).writeInt(stream);
      client.writeBytes(block);
    }
    return client;
  }

  static Conversation postgres(String secret) {
    ByteBuf client = postgresStartup();
    client.writeByte('p').writeInt(5 + secret.length());
    text(client, secret).writeByte(0);
    return Conversation.of(
        List.of(bytes(Side.CLIENT, client), sent(Side.SERVER, "R\0\0\0\10\0\0\0\0")));
  }

  static Conversation postgresScram(String secret) {
    ByteBuf client = postgresStartup();
    String mechanism = "SCRAM-SHA-256\0";
    client.writeByte('p').writeInt(4 + mechanism.length() + 4 + secret.length());
    text(client, mechanism).writeInt(secret.length());
    text(client, secret);
    client.writeByte('p').writeInt(4 + secret.length());
    text(client, secret);
    return Conversation.of(List.of(bytes(Side.CLIENT, client)));
  }

  private static ByteBuf postgresStartup() {
    String parameters = "user\0a\0database\0b\0\0";
    ByteBuf client = Unpooled.buffer().writeInt(8).writeInt(80_877_103);
    client.writeInt(8 + parameters.length()).writeInt(196_608);
    return text(client, parameters);
  }

  static Conversation mysql(String secret) {
    ByteBuf client = Unpooled.buffer();
    client.writeMediumLE(32 + 5 + 1 + secret.length()).writeByte(1);
    client.writeIntLE(0x8200).writeIntLE(1 << 24).writeByte(33).writeZero(23);
    text(client, "root\0").writeByte(secret.length());
    text(client, secret);
    return Conversation.of(List.of(mysqlGreeting(), bytes(Side.CLIENT, client)));
  }

  static Conversation mysqlClearText(String secret) {
    ByteBuf client = Unpooled.buffer();
    client.writeMediumLE(32 + 5 + 1).writeByte(1);
    client.writeIntLE(0x8200).writeIntLE(1 << 24).writeByte(33).writeZero(23);
    text(client, "root\0").writeByte(0);
    client.writeMediumLE(secret.length() + 1).writeByte(3);
    text(client, secret).writeByte(0);
    client.writeMediumLE(9).writeByte(0);
    text(client, "\3SELECT 1");
    return Conversation.of(List.of(mysqlGreeting(), bytes(Side.CLIENT, client)));
  }

  /** The length is written with the byte of three after it. */
  static Conversation mysqlLong(String secret) {
    String password = "x ".repeat(150) + secret;
    ByteBuf client = Unpooled.buffer();
    client.writeMediumLE(32 + 5 + 3 + password.length()).writeByte(1);
    client.writeIntLE(0x208200).writeIntLE(1 << 24).writeByte(33).writeZero(23);
    text(client, "root\0").writeByte(0xfc).writeShortLE(password.length());
    return Conversation.of(List.of(mysqlGreeting(), bytes(Side.CLIENT, text(client, password))));
  }

  static Conversation mysqlChangeUser(String secret) {
    ByteBuf login = Unpooled.buffer().writeMediumLE(32 + 5 + 1).writeByte(1);
    login.writeIntLE(0x8200).writeIntLE(1 << 24).writeByte(33).writeZero(23);
    text(login, "root\0").writeByte(0);
    ByteBuf answer = Unpooled.buffer().writeMediumLE(secret.length() + 1).writeByte(2);
    return Conversation.of(
        List.of(
            mysqlGreeting(),
            bytes(Side.CLIENT, login),
            sent(Side.CLIENT, "\6\0\0\0\21bob\0\0"),
            sent(Side.SERVER, "\2\0\0\1\u00fex"),
            bytes(Side.CLIENT, text(answer, secret + "\0"))));
  }

  private static Event mysqlGreeting() {
    return bytes(
        Side.SERVER, text(Unpooled.buffer().writeMediumLE(12).writeByte(0), "\n8.0.0\0\1\0\0\0x"));
  }

  static Conversation ldap(String secret) {
    String bind = "\2\1\3\4\2cn\u0080" + (char) secret.length() + secret;
    return ldapMessage("\2\1\1`" + (char) bind.length() + bind);
  }

  static Conversation ldapSasl(String secret) {
    String credentials = "\4\5PLAIN\4" + (char) secret.length() + secret;
    String bind = "\2\1\3\4\0\u00a3" + (char) credentials.length() + credentials;
    return ldapMessage("\2\1\1`" + (char) bind.length() + bind);
  }

  private static Conversation ldapMessage(String content) {
    return Conversation.of(
        List.of(sent(Side.CLIENT, "0\u0081" + (char) content.length() + content)));
  }

  static Conversation ldapAdd(String name, String secret) {
    String set = "1" + (char) (secret.length() + 2) + "\4" + (char) secret.length() + secret;
    String attribute = "\4" + (char) name.length() + name + set;
    String other = "0\13\4\2cn1\5\4\3Ann";
    String attributes = other + "0" + (char) attribute.length() + attribute;
    String add = "\4\6cn=Ann0" + (char) attributes.length() + attributes;
    return ldapMessage("\2\1\2h" + (char) add.length() + add);
  }

  static Conversation ldapModify(String secret) {
    String set = "1" + (char) (secret.length() + 2) + "\4" + (char) secret.length() + secret;
    String attribute = "\4\14userPassword" + set;
    String change = "\12\1\2" + "0" + (char) attribute.length() + attribute;
    String changes = "0" + (char) change.length() + change;
    String modify = "\4\6cn=Ann0" + (char) changes.length() + changes;
    return ldapMessage("\2\1\2f" + (char) modify.length() + modify);
  }

  static Conversation ldapPasswordModify(String secret) {
    String value = "\u0080\6cn=Ann\u0082" + (char) secret.length() + secret;
    String request =
        "\u0080\0271.3.6.1.4.1.4203.1.11.1\u0081"
            + (char) (value.length() + 2)
            + "0"
            + (char) value.length()
            + value;
    return ldapMessage("\2\1\2w" + (char) request.length() + request);
  }

  static Conversation mqttAuthenticationData(String secret) {
    ByteBuf rest = Unpooled.buffer().writeShort(4);
    text(rest, "MQTT").writeByte(5).writeByte(2).writeShort(60);
    rest.writeByte(5 + 8 + 3 + secret.length()).writeByte(0x11).writeInt(60);
    text(rest.writeByte(0x15).writeShort(5), "SCRAM");
    text(rest.writeByte(0x16).writeShort(secret.length()), secret);
    text(rest.writeShort(2), "id");
    ByteBuf client = Unpooled.buffer().writeByte(0x10).writeByte(rest.readableBytes());
    client.writeBytes(rest).writeByte(0xf0).writeByte(5 + secret.length()).writeByte(0x18);
    text(client.writeByte(3 + secret.length()).writeByte(0x16).writeShort(secret.length()), secret);
    return Conversation.of(List.of(bytes(Side.CLIENT, client)));
  }

  static Conversation amqpUpdateSecret(String secret) {
    ByteBuf method = Unpooled.buffer().writeShort(10).writeShort(70).writeInt(secret.length());
    text(text(method, secret).writeByte(5), "renew");
    ByteBuf client = text(Unpooled.buffer(), "AMQP\0\0\11\1").writeByte(1).writeShort(0);
    client.writeInt(method.readableBytes()).writeBytes(method).writeByte(0xce);
    return Conversation.of(List.of(bytes(Side.CLIENT, client)));
  }

  static Conversation mqtt(int version, String secret) {
    ByteBuf rest = Unpooled.buffer().writeShort(4);
    text(rest, "MQTT").writeByte(version).writeByte(0xc2).writeShort(60);
    if (version == 5) {
      rest.writeByte(0);
    }
    text(rest.writeShort(2), "id");
    text(rest.writeShort(4), "user");
    text(rest.writeShort(secret.length()), secret);
    ByteBuf client = Unpooled.buffer().writeByte(0x10).writeByte(rest.readableBytes());
    return Conversation.of(List.of(bytes(Side.CLIENT, client.writeBytes(rest))));
  }

  static Conversation socks(String secret) {
    return Conversation.of(
        List.of(
            sent(Side.CLIENT, "\5\1\2"),
            sent(Side.SERVER, "\5\2"),
            sent(Side.CLIENT, "\1\4user" + (char) secret.length() + secret)));
  }

  static Conversation amqp(String header, String secret) {
    ByteBuf method = Unpooled.buffer().writeShort(10).writeShort(11).writeInt(0);
    text(method.writeByte(5), "PLAIN").writeInt(secret.length() + 6);
    text(method, "\0user\0" + secret);
    text(method.writeByte(5), "en_US");
    ByteBuf client = text(Unpooled.buffer(), header).writeByte(1).writeShort(0);
    client.writeInt(method.readableBytes()).writeBytes(method).writeByte(0xce);
    return Conversation.of(List.of(bytes(Side.CLIENT, client)));
  }

  static Conversation amqp1(String secret) {
    ByteBuf list = text(Unpooled.buffer().writeByte(0xa3).writeByte(5), "PLAIN");
    text(list.writeByte(0xa0).writeByte(secret.length() + 6), "\0user\0" + secret);
    ByteBuf frame = Unpooled.buffer().writeByte(2).writeByte(1).writeShort(0);
    frame.writeByte(0).writeByte(0x53).writeByte(0x41);
    frame.writeByte(0xc0).writeByte(list.readableBytes() + 1).writeByte(2).writeBytes(list);
    ByteBuf client = text(Unpooled.buffer(), "AMQP\3\1\0\0").writeInt(4 + frame.readableBytes());
    return Conversation.of(List.of(bytes(Side.CLIENT, client.writeBytes(frame))));
  }

  private static ByteBuf text(ByteBuf buffer, String latin1) {
    buffer.writeCharSequence(latin1, StandardCharsets.ISO_8859_1);
    return buffer;
  }

  private static Event bytes(Side side, ByteBuf buffer) {
    return new Event.Sent(side, 0, Bytes.of(ByteBufUtil.getBytes(buffer)));
  }
}
