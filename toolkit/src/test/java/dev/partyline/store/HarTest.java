package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.store.HarFile.HarEntry;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file of HAR has of a conversation over HTTP/1. */
class HarTest {
  private static final String GET = "GET /tea HTTP/1.1|Host: shop||";
  private static final String OK = "HTTP/1.1 200 OK|Content-Length: 2||hi";

  @TempDir private Path folder;

  private static HarEntry asked(String request) throws IOException {
    return HarConversation.of(c -> c.client(request).server(OK)).entry();
  }

  @Test
  void anEmptyRecordingHasNoEntries() throws IOException {
    HarFile file = HarFile.write(HarConversation.of(c -> {}).recorder().recording());
    assertThat(file.entries()).isEmpty();
    assertThat(file.comment()).contains("connection 1", "not HTTP");
  }

  @Test
  void anEntryHasTheRequestAndItsResponse() throws IOException {
    HarEntry entry = asked("GET /tea?kind=green%20tea&cheap&kind=a+b%zz HTTP/1.1|Host: shop:81||");
    assertThat(entry.text("request.method")).isEqualTo("GET");
    assertThat(entry.text("request.url"))
        .isEqualTo("http://shop:81/tea?kind=green%20tea&cheap&kind=a+b%zz");
    assertThat(entry.text("request.httpVersion")).isEqualTo("HTTP/1.1");
    assertThat(entry.pairs("request.headers")).containsExactly("Host=shop:81");
    assertThat(entry.pairs("request.queryString"))
        .containsExactly("kind=green tea", "cheap=", "kind=a b%zz");
    assertThat(entry.number("request.bodySize")).isZero();
    assertThat(entry.number("response.status")).isEqualTo(200);
    assertThat(entry.text("response.statusText")).isEqualTo("OK");
    assertThat(entry.number("response.headersSize")).isEqualTo(38);
    assertThat(entry.number("response.bodySize")).isEqualTo(2);
    assertThat(entry.text("response.content.text")).isEqualTo("hi");
    assertThat(entry.text("serverIPAddress")).isEqualTo("127.0.0.1");
    assertThat(entry.text("connection")).isEqualTo("1");
    assertThat(entry.at("comment")).isEqualTo("");
  }

  @Test
  void timesAreThoseOfTheRecording() throws IOException {
    HarEntry entry =
        HarConversation.of(
                c ->
                    c.client("GET / HTTP/1.1|Host: ")
                        .client("shop||")
                        .send(Side.SERVER, Bytes.utf8("HTTP/1.1 200 OK\r\n"))
                        .server("Content-Length: 2||h")
                        .server("i"))
            .entry();
    assertThat(entry.at("timings.send")).isEqualTo(1.0);
    assertThat(entry.at("timings.wait")).isEqualTo(1.0);
    assertThat(entry.at("timings.receive")).isEqualTo(2.0);
    assertThat(entry.at("time")).isEqualTo(4.0);
    assertThat(entry.at("timings.connect")).isEqualTo(-1.0);
  }

  @Test
  void aUrlIsAbsoluteWhateverTheTarget() throws IOException {
    assertThat(asked("GET http://other/x HTTP/1.1|Host: other||").text("request.url"))
        .isEqualTo("http://other/x");
    HarEntry options = asked("OPTIONS * HTTP/1.1|Host: shop||");
    assertThat(options.text("request.url")).isEqualTo("http://shop");
    assertThat(options.text("request.comment")).startsWith("the target is *, which is not in");
    assertThat(asked("GET /x HTTP/1.0||").text("request.url")).isEqualTo("http://127.0.0.1:8080/x");
    assertThat(asked("CONNECT shop:443 HTTP/1.1|Host: shop:443||").text("request.url"))
        .isEqualTo("http://shop:443");
  }

  @Test
  void aDiskThatIsFullIsNamedWithTheFile() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    HarConversation conversation = HarConversation.of(c -> c.client(GET));
    assertThatThrownBy(() -> Har.write(conversation.recorder().recording(), full))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/full cannot be written")
        .hasMessageContaining("No space left");
  }

  @Test
  void whatWasSentUnderTlsIsHttps() throws IOException {
    HarConversation conversation = HarConversation.of(c -> {});
    var recorder = conversation.open();
    recorder.recordTlsSession(
        new TlsSession(Side.CLIENT, "TLSv1.3", "TLS_AES_128_GCM_SHA256", "", "", false));
    recorder.recordSent(Side.CLIENT, ConversationBuilder.text(GET).toBuffer());
    assertThat(conversation.entry().text("request.url")).isEqualTo("https://shop/tea");
  }

  @Test
  void cookiesHaveTheirAttributes() throws IOException {
    String request = "GET / HTTP/1.1|Host: a|Cookie: tea=green; size=2|Cookie: x=||";
    String response =
        "HTTP/1.1 200 OK|Set-Cookie: tea=green; Path=/a; Domain=shop; HttpOnly;"
            + " Expires=Wed, 21 Oct 2026 07:28:00 GMT|Set-Cookie: size=2; secure;"
            + " expires=Wed, 21-Oct-2026 07:28:00 GMT|Set-Cookie: bad; Expires=soon"
            + "|Content-Length: 0||";
    HarEntry entry = HarConversation.of(c -> c.client(request).server(response)).exact().entry();
    assertThat(entry.pairs("request.cookies")).containsExactly("tea=green", "size=2", "x=");
    assertThat(entry.objects("response.cookies"))
        .extracting(cookie -> new TreeMap<>(cookie).toString())
        .containsExactly(
            "{domain=shop, expires=2026-10-21T07:28:00.000Z, httpOnly=true, name=tea, path=/a,"
                + " secure=false, value=green}",
            "{expires=2026-10-21T07:28:00.000Z, httpOnly=false, name=size, secure=true, value=2}",
            "{httpOnly=false, name=bad, secure=false, value=}");
  }

  @Test
  void secretsAreMaskedWhereverTheyStand() throws IOException {
    HarConversation conversation =
        HarConversation.of(
            c ->
                c.client(
                        "GET /?access_token=abcdef HTTP/1.1|Host: a|Authorization: Bearer qwertyuiop"
                            + "|Cookie: session=asdfghjkl||")
                    .server(
                        "HTTP/1.1 200 OK|Set-Cookie: session=yxcvbnmlk; Path=/|Content-Length: 22||"
                            + "{\"password\":\"hunter2\"}"));
    String json = conversation.masked().json();
    assertThat(json)
        .doesNotContain("abcdef", "qwertyuiop", "asdfghjkl", "yxcvbnmlk", "hunter2")
        .contains(
            "access_token=******\"", "{\"name\":\"Authorization\",\"value\":\"*****************\"}")
        .contains("secrets are masked");
    assertThat(conversation.exact().json())
        .contains("abcdef", "qwertyuiop", "asdfghjkl", "yxcvbnmlk", "hunter2")
        .contains("secrets are not masked");
    HarOptions none = HarOptions.standard().redacting(Redaction.none());
    assertThat(HarFile.write(conversation.recorder().recording(), none).json())
        .contains("hunter2", "secrets are not masked");
  }

  @Test
  void theCookiesOfAMaskedHeaderHaveTheirNames() throws IOException {
    HarConversation conversation =
        HarConversation.of(
            c ->
                c.client("GET / HTTP/1.1|Host: a|Cookie: session=asdfghjkl; x=1||")
                    .server(
                        "HTTP/1.1 200 OK|Set-Cookie: session=yxcvbnmlk; Path=/|Content-Length: 0||"));
    HarEntry entry = conversation.masked().entry();
    assertThat(entry.pairs("request.cookies")).containsExactly("session=*********", "x=*");
    assertThat(entry.pairs("response.cookies")).containsExactly("session=*********");
    assertThat(entry.pairs("request.headers")).contains("Cookie=session=*********; x=*");
  }

  @Test
  void secretsThatWereEncodedAreMaskedWhereTheyAreDecoded() throws IOException {
    HarEntry entry = asked("GET /?to=%2Fx%3Fa%3D1%26access_token%3D%61bcdef HTTP/1.1|Host: a||");
    assertThat(entry.pairs("request.queryString")).containsExactly("to=/x?a=1&access_token=******");
  }

  @Test
  void aRequestWithoutAResponseHasStatusZeroAndAReason() throws IOException {
    HarEntry reset =
        HarConversation.of(
                c -> c.client(GET).terminate(Side.SERVER, Termination.Kind.FAULT, "cut after 0"))
            .entry();
    assertThat(reset.number("response.status")).isZero();
    assertThat(reset.number("response.bodySize")).isEqualTo(-1);
    assertThat(reset.at("timings.wait")).isEqualTo(1.0);
    assertThat(reset.text("comment"))
        .isEqualTo("there is no response; the server ended by FAULT: cut after 0");
    assertThat(HarConversation.of(c -> c.client(GET)).entry().text("comment"))
        .isEqualTo("there is no response; the connection is open");
    assertThat(HarConversation.of(c -> c.client(GET).close()).entry().text("comment"))
        .isEqualTo("there is no response; the connection is closed");
  }

  @Test
  void pipelinedRequestsHaveTheirResponses() throws IOException {
    HarFile file =
        HarConversation.of(
                c ->
                    c.client("GET /1 HTTP/1.1|Host: a||GET /2 HTTP/1.1|Host: a||")
                        .server("HTTP/1.1 200 OK|Content-Length: 1||1")
                        .server("HTTP/1.1 404 No|Content-Length: 1||2"))
            .masked();
    assertThat(file.entries())
        .extracting(entry -> entry.text("request.url") + " " + entry.number("response.status"))
        .containsExactly("http://a/1 200", "http://a/2 404");
    assertThat(file.entries().get(1).at("timings.wait")).isEqualTo(2.0);
  }

  @Test
  void responsesBeforeTheFinalOneAreThere() throws IOException {
    HarEntry entry =
        HarConversation.of(
                c -> c.client(GET).server("HTTP/1.1 103 Early Hints|Link: </x.css>||").server(OK))
            .entry();
    assertThat(entry.number("response.status")).isEqualTo(200);
    assertThat(entry.objects("_interimResponses"))
        .singleElement()
        .satisfies(each -> assertThat(each).containsEntry("status", 103.0));
    assertThat(entry.at("timings.wait")).isEqualTo(2.0);
  }

  @Test
  void whatIsMalformedIsThereWithAComment() throws IOException {
    HarEntry entry = asked("GET /a b HTTP/1.1|Host: a|Host: b||");
    assertThat(entry.text("request.url")).isEqualTo("http://a/a b");
    assertThat(entry.text("request.comment"))
        .contains("malformed at byte 6 of the client", "Host must not be sent more than once");

    HarEntry unreadable =
        HarConversation.of(c -> c.client("<nonsense>|more").server("HTTP/1.1 400 No||")).entry();
    assertThat(unreadable.text("request.method")).isEmpty();
    assertThat(unreadable.text("request.comment"))
        .contains("malformed at byte 0", "its first line is <nonsense>");
    assertThat(unreadable.number("response.status")).isEqualTo(400);
    assertThat(unreadable.text("comment")).contains("the client sent from byte 12 on is not HTTP");
  }

  @Test
  void aResponseWithoutARequestIsThere() throws IOException {
    HarEntry entry =
        HarConversation.of(c -> c.server("HTTP/1.1 408 Timeout|Content-Length: 0||")).entry();
    assertThat(entry.number("response.status")).isEqualTo(408);
    assertThat(entry.text("response.comment")).contains("this answers no request");
  }

  @Test
  void aTunnelIsNamed() throws IOException {
    HarEntry entry =
        HarConversation.of(
                c ->
                    c.client("CONNECT shop:443 HTTP/1.1|Host: shop:443||")
                        .server("HTTP/1.1 200 OK||")
                        .client("anything"))
            .entry();
    assertThat(entry.number("response.status")).isEqualTo(200);
    assertThat(entry.text("comment"))
        .contains("what the client sent from byte 45 on went through a tunnel");
  }

  @Test
  void aSwitchThatAnswersNoRequestIsNoTunnel() throws IOException {
    HarEntry entry =
        HarConversation.of(c -> c.server("HTTP/1.1 101 OK|Upgrade: websocket||").server("on"))
            .entry();
    assertThat(entry.number("response.status")).isEqualTo(101);

    HarEntry unnamed =
        HarConversation.of(c -> c.server("HTTP/1.1 101 OK||").server("anything")).entry();
    assertThat(unnamed.text("comment"))
        .contains("what the server sent from byte 19 on is not HTTP/1");
  }

  @Test
  void connectionsThatAreNotHttpAreNamed() throws IOException {
    HarConversation conversation =
        HarConversation.of(c -> c.client("EHLO me|")).and(c -> c.client(GET).server(OK));
    assertThat(conversation.masked().entry().text("connection")).isEqualTo("2");
    assertThat(conversation.masked().comment())
        .contains("connection 1 from 127.0.0.1:41230 to 127.0.0.1:8080: it is not HTTP");
    assertThat(Har.hasHttp(conversation.recorder().recording())).isTrue();
    assertThat(Har.hasHttp(HarConversation.of(c -> c.client("tea|")).recorder().recording()))
        .isFalse();
  }

  @Test
  void theNameOfATestIsThatOfThePage() throws IOException {
    HarConversation conversation = HarConversation.of(c -> c.client(GET).server(OK));
    HarOptions options = HarOptions.standard().testName("buysTea()");
    HarFile file = HarFile.write(conversation.recorder().recording(), options);
    assertThat(file.json()).contains("\"title\":\"buysTea()\"");
    assertThat(file.entry().text("pageref")).isEqualTo("page_1");
    assertThatIllegalArgumentException().isThrownBy(() -> options.testName(" "));
  }

  @Test
  void aFileThatCannotBeWrittenIsAnError() {
    HarConversation conversation = HarConversation.of(c -> c.client(GET));
    Path file = folder.resolve("missing/a.har");
    assertThatThrownBy(() -> Har.write(conversation.recorder().recording(), file))
        .isInstanceOf(NoSuchFileException.class);
  }
}
