package dev.partyline.view;

import static dev.partyline.view.http2.Http2Bytes.ACK;
import static dev.partyline.view.http2.Http2Bytes.PREFACE;
import static dev.partyline.view.http2.Http2Bytes.SETTINGS;
import static dev.partyline.view.http2.Http2Bytes.all;
import static dev.partyline.view.http2.Http2Bytes.frame;
import static dev.partyline.view.http2.Http2Bytes.headers;

import dev.partyline.view.dns.Dns;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.resp.Resp;
import dev.partyline.view.websocket.WebSocket;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.function.Function;

/** A conversation in each protocol, for tests that change it. */
enum Corpus {
  HTTP2(
      Http2::of,
      all(
          PREFACE,
          frame(4, 0, 0, "000100000800" + "000500010000"),
          frame(
              1, 0x2d, 1, "01" + "8000000bdb" + "828684410f7777772e6578616d706c652e636f6d" + "00"),
          ACK,
          frame(1, 0, 3, "8286"),
          frame(9, 4, 3, "84be5886a8eb10649cbf"),
          frame(0, 8, 3, "02" + "68656c6c6f" + "0000"),
          frame(8, 0, 3, "00000100"),
          frame(7, 0, 0, "0000000100000000")),
      all(
          SETTINGS,
          ACK,
          headers(1, "3fe10f488264025885aec3771a4b"),
          frame(5, 4, 1, "00000002828684"),
          headers(3, "bfbe88"),
          frame(0, 1, 3, "68656c6c6f"),
          frame(3, 0, 1, "00000008"),
          frame(6, 1, 0, "0102030405060708"))),
  WEB_SOCKET(
      WebSocket::of,
      ConversationBuilder.text("GET / HTTP/1.1|Upgrade: websocket||")
          .plus(Bytes.hex("81 85 37 fa 21 3d 7f 9f 4d 51 58 01 81 00000000 c3 80 81 00000000 a9"))
          .plus(Bytes.hex("8a 80 00000000 88 85 37 fa 21 3d 34 12 43 44 52")),
      ConversationBuilder.text("HTTP/1.1 101 OK|Sec-WebSocket-Extensions: permessage-deflate||")
          .plus(Bytes.hex("81 05 48 65 6c 6c 6f c1 07 f2 48 cd c9 c9 07 00 89 00 82 7e 00 80"))
          .plus(Bytes.of(new byte[128]))
          .plus(Bytes.hex("88 02 03 e8"))),
  RESP(
      Resp::of,
      ConversationBuilder.text("*3|$3|SET|$1|k|$5|a|\nb|PING|*2|$3|GET|$1|k|ECHO x\n*1|$5|HELLO|"),
      ConversationBuilder.text("+OK|-ERR x|:42|$3|abc|$-1|*2|:1|*1|$0||%1|+a|_|")
          .plus(Bytes.utf8("|1\r\n"))
          .plus(
              ConversationBuilder.text(
                  "+t|:3|~1|#t|>1|,1.5|$?|;1|x|;0|*?|:1|.|=7|txt:abc|!3|ERR|(123|"))),
  DNS(
      Dns::of,
      prefixed("1267 0100 0001 0000 0000 0000 0161 07 6578616d706c65 00 0001 0001"),
      prefixed(
          "1267 8180 0001 0008 0000 0001 0161 07 6578616d706c65 00 0001 0001c00c 0001 0001 0000012c"
              + " 0004 7f000001c00c 0005 0001 0000012c 0004 0162c00ec00c 000f 0001 0000012c 0006"
              + " 000a 0162c00ec00c 0010 0001 0000012c 0003 02 6869c00e 0006 0001 0000012c 0018"
              + " c00c c00e 00000001 00000002 00000003 00000004 00000005c00c 0021 0001 0000012c"
              + " 0008 0001 0002 0003 c00cc00c 001c 0001 0000012c 0010"
              + " 20010db8000000000001000000000001c00c fde8 0001 0000012c 0002 c0de00 0029 1000"
              + " 00008000 0006 000a 0002 c0de"));

  private final Function<Conversation, ProtocolView<?>> view;
  private final Bytes client;
  private final Bytes server;

  Corpus(Function<Conversation, ProtocolView<?>> view, Bytes client, Bytes server) {
    this.view = view;
    this.client = client;
    this.server = server;
  }

  private static Bytes prefixed(String message) {
    Bytes bytes = Bytes.hex(message);
    return Bytes.of((byte) (bytes.size() >> 8), (byte) bytes.size()).plus(bytes);
  }

  ProtocolView<?> view(Conversation conversation) {
    return view.apply(conversation);
  }

  Bytes client() {
    return client;
  }

  Bytes server() {
    return server;
  }
}
