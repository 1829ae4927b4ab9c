package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OrdinaryMessagesTest {
  private static final List<String> DIALOGUES =
      List.of(
          "C:GET /users?page=2&sort=name HTTP/1.1\r\nHost: api.example.com\r\nAccept: */*\r\n\r\n",
          "C:GET /author/design HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
          "S:HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"shop\"\r\nVary: Cookie\r\n\r\n",
          "S:HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer error=\"invalid_token\", scope=\"a\"\r\n\r\n",
          "S:HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Credentials: true\r\nAccess-Control-Allow-Headers: Authorization, X-Token\r\n\r\n",
          "S:HTTP/1.1 200 OK\r\nETag: \"abc\"\r\nIdempotency-Key: 7f3\r\n\r\n{\"usage\": {\"max_tokens\": 128, \"tokens_used\": 7}}",
          "S:HTTP/1.1 200 OK\r\n\r\n{\"token_type\": \"bearer\", \"expires_in\": 3600, \"token_endpoint\": \"https://a/token\"}",
          "S:HTTP/1.1 200 OK\r\n\r\n{\"password_required\": true, \"session_timeout\": 30, \"secretary\": \"Bob\"}",
          "S:HTTP/1.1 200 OK\r\n\r\n{\"password\": null, \"hasToken\": false, \"keys\": [\"a\", \"b\"]}",
          "S:HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nInvalid token: unexpected end of input at line 3",
          "S:HTTP/1.1 200 OK\r\n\r\nBasic authentication is required here. Bearer tokens expire after an hour.",
          "S:HTTP/1.1 200 OK\r\n\r\n<html><a href=\"https://user@host/a\">ten: 3 > 2</a><token/></html>",
          "S:HTTP/1.1 302 Found\r\nLocation: https://example.com:8443/login?next=%%2Fa&lang=en\r\n\r\n",
          "C:POST /session HTTP/1.1\r\nContent-Length: 21\r\n\r\n{\"user\": \"a\", \"n\": 1}",
          "C:PUT /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n",
          "C:EHLO a\r\n|S:250-a\r\n250 AUTH PLAIN LOGIN\r\n|C:MAIL FROM:<a@b>\r\n|S:250 ok\r\n|C:RCPT TO:<c@d>\r\n|S:250 ok\r\n|C:QUIT\r\n|S:221 bye\r\n",
          "S:+OK POP3\r\n|C:USER a\r\n|S:+OK\r\n|C:STAT\r\n|S:+OK 2 320\r\n|C:RETR 1\r\n|S:+OK\r\nSubject: hi\r\n\r\nauth me\r\n.\r\n",
          "S:* OK\r\n|C:a1 SELECT INBOX\r\n|S:* 3 EXISTS\r\na1 OK\r\n|C:a2 FETCH 1 BODY[]\r\n|S:a2 OK\r\n",
          "C:SET key value\r\n|S:+OK\r\n|C:GET key\r\n|S:$5\r\nvalue\r\n|C:CONFIG GET maxmemory\r\n|S:*2\r\n$9\r\nmaxmemory\r\n$1\r\n0\r\n",
          "C:*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n|S:+OK\r\n",
          "C:HELLO 3\r\n|S:%%1\r\n$6\r\nserver\r\n$5\r\nredis\r\n|C:ACL LIST\r\n|S:*0\r\n",
          "C:CONNECT\nlogin:a\naccept-version:1.2\n\n\0|S:CONNECTED\nversion:1.2\nserver:x\n\n\0",
          "C:PUB orders 5\r\nhello\r\n|S:+OK\r\n|C:PING\r\n|S:PONG\r\n",
          "C:NICK a\r\nUSER a 0 * :a\r\nPRIVMSG #c :the password is not here\r\n",
          "C:hello\n|S:hello\n|C:what time is it?\n|S:12:30:45\n",
          "S:220 FTP\r\n|C:USER anonymous\r\n|S:331 Please give a password.\r\n|C:PASV\r\n|S:227 (127,0,0,1,4,1)\r\n",
          "C:\0\0\0\1\2\3\5\1\0\60\14\2\1\1\100\0",
          "S:-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n",
          "S:jdbc:postgresql://db:5432/app?user=a&ssl=true\nhttp://[::1]:8080/a@b\n",
          "S:HTTP/1.1 200 OK\r\n\r\n  secret:\r\n    secretName: db\r\n  replicas: 3\r\n",
          "S:HTTP/1.1 200 OK\r\n\r\n<label>\r\n  Password:\r\n  <input type=\"password\" name=\"password\">\r\n</label>",
          "S:HTTP/1.1 200 OK\r\n\r\nList<Token> all = new ArrayList<>(); class P : Mixin<DCEPass> { bool run(); }; a < b",
          "S:HTTP/1.1 200 OK\r\n\r\n<Signature xmlns=\"a\">\n  <SignedInfo><Method/></SignedInfo>\n</Signature>",
          "S:HTTP/1.1 200 OK\r\n\r\n<a accesskey=\"p\" href=\"prev.html\">Prev</a>",
          "S:HTTP/1.1 200 OK\r\n\r\nvar token=undefined;\ndef f(self, password=None, token=False):\nCookie: none\n",
          "S:HTTP/1.1 200 OK\r\n\r\nBasic JavaScript and Basic TypeScript. Unexpected token: '}' at 3",
          "S:HTTP/1.1 200 OK\r\n\r\n{\"items\": [], \"nextPageToken\": \"CAUQAA\", \"name\": \"password\", \"value\": null}",
          "S:HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"\", error=\"invalid_token\"\r\n\r\n",
          "C:EHLO a\r\n|S:250 ok\r\n|C:DATA\r\n|S:354 go\r\n|C:Subject: hi\r\n\r\nPass me the salt.\r\nAuth is hard.\r\n.\r\n|S:250 ok\r\n",
          "C:SENTINEL MASTERS\r\n|S:*0\r\n|C:CONFIG GET port\r\n|S:*2\r\n$4\r\nport\r\n$4\r\n6379\r\n",
          "S:passed: 12, failed: 0, tokens: 3\nAuthor: A. Uthor\nKey: value\n");

  @TestFactory
  Stream<DynamicTest> nothing_is_masked_in_ordinary_messages() {
    return DIALOGUES.stream()
        .map(
            dialogue ->
                DynamicTest.dynamicTest(
                    dialogue.lines().findFirst().orElse(""), () -> assertUnmasked(dialogue)));
  }

  private static void assertUnmasked(String dialogue) {
    Conversation conversation = SecretShapes.dialogue(dialogue, "");
    Conversation masked = Redaction.standard().apply(conversation);
    for (Side side : Side.values()) {
      assertThat(masked.bytes(side).escaped()).isEqualTo(conversation.bytes(side).escaped());
    }
  }

  @Test
  void nothing_is_masked_in_a_thousand_ordinary_messages() {
    Map<String, Conversation> messages = OrdinaryMessages.all();
    assertThat(messages).hasSizeGreaterThanOrEqualTo(1000);
    List<String> masked = new ArrayList<>();
    messages.forEach(
        (name, conversation) -> {
          Conversation shown = Redaction.standard().apply(conversation);
          for (Side side : Side.values()) {
            if (!shown.bytes(side).equals(conversation.bytes(side))) {
              masked.add(shown.bytes(side).escaped());
            }
          }
        });
    assertThat(masked).as("%d of %d", masked.size(), messages.size()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> nothing_is_masked_in_random_bytes() {
    return Stream.of(1, 2, 3, 4, 5)
        .map(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed,
                    () -> {
                      StringBuilder text = new StringBuilder();
                      new Random(seed).ints(10_000, 0, 256).forEach(c -> text.append((char) c));
                      assertUnmasked("C:" + text.toString().replace('|', '.').replace('%', '.'));
                    }));
  }
}
