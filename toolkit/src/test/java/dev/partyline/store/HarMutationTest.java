package dev.partyline.store;

import static dev.partyline.view.http2.Http2Bytes.ACK;
import static dev.partyline.view.http2.Http2Bytes.PREFACE;
import static dev.partyline.view.http2.Http2Bytes.SETTINGS;
import static dev.partyline.view.http2.Http2Bytes.all;
import static dev.partyline.view.http2.Http2Bytes.frame;
import static dev.partyline.view.http2.Http2Bytes.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.view.Mutations;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is nearly HTTP makes a file that follows the rules, whatever was kept of it. */
class HarMutationTest {
  private static final List<List<Bytes>> DIALOGUES =
      List.of(
          List.of(
              ConversationBuilder.text(
                  "POST /a?b=%20&c HTTP/1.1|Host: shop|Cookie: a=b; c|Content-Length: 5"
                      + "|Content-Type: application/x-www-form-urlencoded||a=%61"
                      + "GET http://x/ HTTP/1.1|Host: x|Transfer-Encoding: chunked"
                      + "|Content-Type: multipart/form-data; boundary=z||"
                      + "30|--z|Content-Disposition: form-data; name=\"a\"||b|--z|0||"
                      + "CONNECT shop:443 HTTP/1.1|Host: shop:443||"),
              ConversationBuilder.text(
                  "HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 2"
                      + "|Set-Cookie: a=b; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT||hi"
                      + "HTTP/1.1 201 Made|Transfer-Encoding: chunked|Content-Encoding: deflate||"
                      + "2|hi|0|Sum: 1||HTTP/1.1 200 OK||tunnel")),
          List.of(
              all(
                  PREFACE,
                  SETTINGS,
                  frame(
                      1,
                      0x2d,
                      1,
                      "01" + "8000000bdb" + "828684410f7777772e6578616d706c652e636f6d" + "00"),
                  ACK,
                  frame(1, 0, 3, "8386"),
                  frame(9, 4, 3, "84be5886a8eb10649cbf"),
                  frame(0, 9, 3, "02" + "68656c6c6f" + "0000")),
              all(
                  SETTINGS,
                  headers(1, "3fe10f488264025885aec3771a4b"),
                  frame(5, 4, 1, "00000002828684"),
                  headers(3, "bfbe88"),
                  frame(0, 1, 3, "68656c6c6f"),
                  frame(3, 0, 1, "00000008"))),
          List.of(
              ConversationBuilder.text(
                      "GET / HTTP/1.1|Host: a|Connection: upgrade|Upgrade: websocket||")
                  .plus(
                      Bytes.hex(
                          "81 85 37 fa 21 3d 7f 9f 4d 51 58 01 81 00000000 c3 80 81 00000000 a9")),
              ConversationBuilder.text("HTTP/1.1 101 OK|Upgrade: websocket||")
                  .plus(Bytes.hex("81 05 48 65 6c 6c 6f c1 07 f2 48 cd c9 c9 07 00 88 02 03 e8"))));

  @Property(tries = 1500)
  void aFileFollowsTheRules(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Bytes> dialogue = DIALOGUES.get(random.nextInt(DIALOGUES.size()));
    RecordingPolicy policy =
        random.nextInt(3) == 0
            ? RecordingPolicy.headAndTail(random.nextInt(300), random.nextInt(100))
            : RecordingPolicy.everything();
    HarConversation conversation =
        HarConversation.keeping(
            policy,
            c -> {
              send(c, Side.CLIENT, Mutations.mutated(dialogue.get(0), random), random);
              send(c, Side.SERVER, Mutations.mutated(dialogue.get(1), random), random);
              if (random.nextBoolean()) {
                c.fin(Side.SERVER).close();
              }
            });
    HarFile file = random.nextBoolean() ? conversation.masked() : conversation.exact();
    boolean isHttp = Har.hasHttp(conversation.recorder().recording());
    assertThat(file.comment().contains("it is not HTTP")).isNotEqualTo(isHttp);
  }

  private static void send(
      ConversationBuilder conversation, Side side, Bytes bytes, SplittableRandom random) {
    for (int offset = 0; offset < bytes.size(); ) {
      int endOffset = Math.min(bytes.size(), offset + random.nextInt(1, 200));
      conversation.send(side, bytes.slice(offset, endOffset));
      offset = endOffset;
    }
  }
}
