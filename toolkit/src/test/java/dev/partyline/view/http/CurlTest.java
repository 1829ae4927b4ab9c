package dev.partyline.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.peers.Program;
import dev.partyline.script.Script;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurlTest {
  private static final String HELLO =
      "S: HTTP/1.1 200 OK\nS: Content-Length: ${body-length}\nS: X-A: b\\\\c\nS:\nS| hello";

  @Test
  void printsAConversationAsCurlDoes() {
    Conversation conversation =
        Http1Conversations.conversation(
            "POST /a HTTP/1.1|Host: a|Content-Length: 5||hello",
            "HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 9||hello");
    assertThat(Curl.verbose(conversation))
        .isEqualTo(
            """
            * Connected to ? (?) port 0 (#0)
            > POST /a HTTP/1.1
            > Host: a
            > Content-Length: 5
            >\s
            } [5 bytes data]
            < HTTP/1.1 100 Continue
            <\s
            < HTTP/1.1 200 OK
            < Content-Length: 9
            <\s
            { [5 bytes data]
            * incomplete at byte 68 of the server: 4 of the 9 bytes of the body are missing; the\
             server ended there by FIN
            * Closing connection 0
            """);
  }

  @Test
  void putsAFlawBelowItsLineAndEscapesWhatATerminalWouldObey() {
    assertThat(
            Curl.verbose(
                Http1Conversations.client(
                    Http1Conversations.bytes("GET / HTTP/1.1|Host : \u001b[2J||"))))
        .contains(
            """
            > Host : \\x1b[2J
            * malformed at byte 20 of the client: white space stands between a header's name and\
             its colon
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HELLO,
        "S: HTTP/1.1 200 OK\nS: Transfer-Encoding: chunked\nS:\nS: 5\nS: hello\nS: 0\nS:",
        "S: HTTP/1.1 204 No Content\nS:",
        "S: HTTP/1.1 302 Found\nS: Location: /x\nS: Content-Length: 0\nS:"
      })
  void printsTheSameLinesAsCurlItself(String answer) {
    try (Listener web = Listener.playing("C: GET /a HTTP/1.1\nC: ...\nC:\n" + answer).start()) {
      String output =
          Program.run("", "curl", "-sv", "-o", "/dev/null", "http://" + host(web) + "/a");
      String actual = Curl.verbose(web.recording().conversations().get(0));
      assertThat(withoutRemarks(actual)).isEqualTo(withoutRemarks(output));
      assertThat(output).contains(actual.lines().findFirst().orElseThrow());
    }
  }

  @Test
  void printsAnUploadAsCurlItself() {
    try (Listener web =
        Listener.playing("C: POST /a HTTP/1.1\nC: ...\nC:\nC| hello\n" + HELLO).start()) {
      String output =
          Program.run(
              "", "curl", "-sv", "-o", "/dev/null", "-d", "hello", "http://" + host(web) + "/a");
      assertThat(withoutRemarks(Curl.verbose(web.recording().conversations().get(0))))
          .isEqualTo(withoutRemarks(output));
    }
  }

  /** Returns the lines without remarks, which differ; data in pieces is one line. */
  private static List<String> withoutRemarks(String output) {
    return output.lines().map(String::stripTrailing).filter(line -> !line.startsWith("*")).toList();
  }

  private static String host(Listener web) {
    return "127.0.0.1:" + web.port();
  }

  static Stream<String> requests() {
    String end = " HTTP/1.1|Host: a:1|";
    return Stream.of(
        "GET /" + end + "|",
        "GET /a/../b?c=d&e='$(x)'!%20[1]{2}" + end + "Accept: */*|User-Agent: me|X: |x: y|X: z|||",
        "HEAD /" + end + "|",
        "DELETE /x" + end + "|",
        "OPTIONS *" + end + "|",
        "GET http://other/x HTTP/1.1|Host: other||",
        "GET / HTTP/1.0||",
        "GET /a|b#c".replace('|', '^') + end + "|",
        "POST /" + end + "Content-Length: 0||",
        "POST /" + end + "Content-Length: 5||hello",
        "PUT /" + end + "Content-Type: a/b|Content-Length: 6||@hello",
        "GET /" + end + "Content-Length: 2||hi",
        "X'Y /"
            + end
            + "Q: `id` \"q\" \\ 'x' $HOME \u00c3\u00a9|Content-Length: 9||a'b\n\\%s\0\u00ff|",
        "POST /" + end + "Content-Length: 12||%41 'x' \t\r\n\u00e9" + "\u0001",
        "POST /" + end + "Content-Length: 5||-a\0%b",
        "POST /" + end + "Content-Length: 2||=x",
        "PATCH /" + end + "Transfer-Encoding: chunked||3|abc|2;x|de|0||");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void printsTheCommandThatSendsARequestAgain(String request) {
    Bytes bytes = Http1Conversations.bytes(request);
    Http1Request first = Http1.of(Http1Conversations.client(bytes)).requests().get(0);
    try (Listener web = Listener.playing(script(first)).start()) {
      String command = Curl.command(first).replace("http://?", "http://" + host(web));
      assertThat(command.chars().allMatch(c -> c < 0x7f)).as(command).isTrue();
      Program.run("", "bash", "-c", command.replace("curl ", "curl -s -m 10 "));
      Http1Request repeated = Http1.of(web.recording().conversations().get(0)).requests().get(0);
      assertThat(repeated.startLine().bytes()).as(command).isEqualTo(first.startLine().bytes());
      assertThat(lines(repeated)).as(command).isEqualTo(lines(first));
      assertThat(repeated.body().bytes()).as(command).isEqualTo(first.body().bytes());
    }
  }

  /** Curl sends Host first, and no blanks around a value. */
  private static List<String> lines(Http1Request request) {
    return request.headers().stream()
        .map(each -> each.name().text() + ": " + each.value().bytes().escaped())
        .collect(Collectors.toList());
  }

  private static String script(Http1Request request) {
    long body = request.body().size();
    boolean chunked = request.body().framing() == Http1Body.Framing.CHUNKED;
    String rest = chunked ? "C: ...\nC: 0\nC:\n" : body > 0 ? "C| ${*:" + body + " bytes}\n" : "";
    return "C: ...\nC:\n" + rest + "S: HTTP/1.1 200 OK\nS: Content-Length: 0\nS:";
  }

  @Test
  void looksLikeACommandThatSomebodyTyped() {
    assertThat(
            Curl.command(
                Http1Conversations.request(
                    "POST /a HTTP/1.1|Host: b|User-Agent: me|Accept: */*|"
                        + "Content-Type: text/plain|Content-Length: 9||it's fine")))
        .isEqualTo(
            "curl -H 'Host: b' -H 'User-Agent: me' -H 'Accept: */*' -H 'Content-Type: text/plain'"
                + " -H 'Content-Length: 9' -H Expect: --data-binary 'it'\\''s fine' --path-as-is -g"
                + " 'http://?/a'\n");
  }

  @Test
  void aRequestReceivedUnderTlsIsSentUnderTls() {
    ListenerSpec spec =
        Listener.playing(
                Script.parse(
                    """
                    C: GET /a HTTP/1.1
                    C: ...
                    C:
                    S: HTTP/1.1 200 OK
                    S: Content-Length: 2
                    S:
                    S| ok
                    """))
            .tls(Tls.standard());
    try (Listener web = spec.start();
        Listener secondWeb = spec.start()) {
      String url = url(web);
      Program.run("", "curl", "-s", "-k", "-m", "50", url);
      String command = Curl.command(Http1.of(conversation(web)).requests().get(0));
      assertThat(command).startsWith("# it was sent under TLS").contains(url);
      assertThat(Program.run("", "bash", "-c", command.replace(url, url(secondWeb))))
          .contains("ok");
      assertThat(conversation(secondWeb).tlsSessions()).hasSize(1);
    }
  }

  private static String url(Listener web) {
    return "https://127.0.0.1:" + web.port() + "/a";
  }

  private static Conversation conversation(Listener web) {
    return web.recording().conversations().get(0);
  }

  @Test
  void saysWhatCurlCannotSend() {
    assertThat(Curl.command(Http1Conversations.request("CONNECT a:1 HTTP/1.1|Host: a:1||")))
        .isEqualTo("# curl cannot send this request\n");
    assertThat(Curl.command(Http1Conversations.request("GET / HTTP/1.1|Host: a|X: y| z||")))
        .startsWith(
            "# curl sends this differently, or not at all: malformed at byte 31 of the client: the"
                + " header is folded")
        .contains("-H 'X: y z'");
    assertThat(Curl.command(Http1Conversations.request("GET|")))
        .contains("# curl sends this differently", "# curl cannot send this request\n");
    String chunked = "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||1|x|0|X: y||";
    assertThat(Curl.command(Http1Conversations.request(chunked)))
        .startsWith("# curl sends no trailers\n");
    String large = "POST / HTTP/1.1|Host: a|Content-Length: 100001||" + "x".repeat(100_001);
    assertThat(Curl.command(Http1Conversations.request(large)))
        .startsWith("# its body of 100001 bytes is to be in the file body.bin\n")
        .contains("--data-binary @body.bin");
  }
}
