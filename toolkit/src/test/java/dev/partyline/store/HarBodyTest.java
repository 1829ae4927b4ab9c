package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.store.HarFile.HarEntry;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a file of HAR has of bodies. */
class HarBodyTest {
  private static final String GET = "GET /tea HTTP/1.1|Host: shop||";
  private static final String OK = "HTTP/1.1 200 OK|Content-Length: 2||hi";

  private static HarEntry answered(String response) throws IOException {
    return HarConversation.of(c -> c.client(GET).server(response)).entry();
  }

  private static HarEntry asked(String request) throws IOException {
    return HarConversation.of(c -> c.client(request).server(OK)).entry();
  }

  @Test
  void aFormHasItsFields() throws IOException {
    HarEntry entry =
        asked(
            "POST / HTTP/1.1|Host: a|Content-Type: application/x-www-form-urlencoded"
                + "|Content-Length: 17||kind=a%26b&n=%C3");
    assertThat(entry.pairs("request.postData.params")).containsExactly("kind=a&b", "n=\u00c3");
    assertThat(entry.text("request.postData.text")).isEqualTo("kind=a%26b&n=%C3");
  }

  @Test
  void aFormWithFilesHasItsParts() throws IOException {
    String body =
        "--x|Content-Disposition: form-data; name=\"a\"||1|2|--x|Content-Disposition: form-data;"
            + " name=\"b\\\"c\"; filename=\"d.txt\"|Content-Type: text/plain||tea|--x--|";
    int size = ConversationBuilder.text(body).size();
    HarEntry entry =
        asked(
            "POST / HTTP/1.1|Host: a|Content-Type: multipart/form-data; boundary=x"
                + "|Content-Length: "
                + size
                + "||"
                + body);
    assertThat(entry.objects("request.postData.params").toString())
        .isEqualTo(
            "[{name=a, value=1\r\n2}, {name=b\"c, value=, fileName=d.txt, contentType=text/plain}]");
  }

  @Test
  void aBodyInChunksIsPutTogether() throws IOException {
    HarEntry entry = answered("HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|gr|3|een|0|Sum: 5||");
    assertThat(entry.text("response.content.text")).isEqualTo("green");
    assertThat(entry.number("response.bodySize")).isEqualTo(5);
    assertThat(entry.pairs("response._trailers")).containsExactly("Sum=5");
  }

  @Test
  void aCompressedBodyIsDecoded() throws IOException {
    Bytes gzip = gzip("green tea ".repeat(100));
    HarEntry entry = coded("gzip", gzip);
    assertThat(entry.text("response.content.text")).isEqualTo("green tea ".repeat(100));
    assertThat(entry.number("response.content.size")).isEqualTo(1000);
    assertThat(entry.number("response.content.compression")).isEqualTo(1000 - gzip.size());
    assertThat(entry.number("response.bodySize")).isEqualTo(gzip.size());

    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(gzip.toArray());
    }
    assertThat(coded("gzip, deflate", Bytes.of(deflated.toByteArray())).number("response.bodySize"))
        .isEqualTo(deflated.size());
  }

  @Test
  void aBodyThatWasCompressedForItsTransferIsDecodedAndMasked() throws IOException {
    Bytes gzip = gzip("{\"user\": \"me\", \"password\": \"hunter2\"}");
    Bytes chunks =
        Bytes.utf8(Integer.toHexString(gzip.size()) + "\r\n")
            .plus(gzip)
            .plus(Bytes.utf8("\r\n0\r\n\r\n"));
    String head = "HTTP/1.1 200 OK|Content-Type: application/json|Transfer-Encoding: ";
    for (String codings : List.of("gzip, chunked", "gzip|Transfer-Encoding: chunked")) {
      Bytes answer = ConversationBuilder.text(head + codings + "||").plus(chunks);
      HarEntry entry = HarConversation.of(c -> c.client(GET).server(answer)).entry();
      assertThat(entry.text("response.content.text"))
          .isEqualTo("{\"user\": \"me\", \"password\": \"*******\"}");
    }
    Bytes twice = ConversationBuilder.text(head + "chunked, gzip||").plus(gzip(chunks));
    HarEntry entry = HarConversation.of(c -> c.client(GET).server(twice)).entry();
    assertThat(entry.text("response.comment")).contains("chunked must be the last coding");
  }

  @Test
  void aCompressedBodyThatBreaksOffIsDecodedAsFarAsItGoesAndMasked() throws IOException {
    Bytes gzip = gzip("{\"password\": \"hunter2\"}");
    HarEntry entry = coded("gzip", gzip.slice(0, gzip.size() - 3));
    assertThat(entry.text("response.content.text")).isEqualTo("{\"password\": \"*******\"}");
    assertThat(entry.text("response.content.comment"))
        .startsWith("the body is decoded as far as it can be: incomplete");

    Bytes twice = gzip(gzip);
    HarEntry inner = coded("gzip, gzip", twice.slice(0, twice.size() - 3));
    assertThat(inner.text("response.content.text")).isEqualTo("{\"password\": \"*******\"}");
    HarEntry trailing = coded("gzip", gzip.plus(Bytes.utf8("more")));
    assertThat(trailing.text("response.content.text")).isEqualTo("{\"password\": \"*******\"}");
  }

  @Test
  void aBodyThatCannotBeDecodedIsThereAsItWasSent() throws IOException {
    Map<String, String> flaws = Map.of("gzip", "malformed", "br", "not decoded");
    for (String coding : flaws.keySet()) {
      HarEntry entry = coded(coding, Bytes.hex("00ff"));
      assertThat(entry.body("response.content")).isEqualTo(Bytes.hex("00ff"));
      assertThat(entry.text("response.content.comment"))
          .startsWith("the body is as it was sent: " + flaws.get(coding));
    }
  }

  private static Bytes gzip(String text) throws IOException {
    return gzip(Bytes.utf8(text));
  }

  private static Bytes gzip(Bytes content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content.toArray());
    }
    return Bytes.of(bytes.toByteArray());
  }

  private static HarEntry coded(String codings, Bytes body) throws IOException {
    Bytes head =
        ConversationBuilder.text(
            "HTTP/1.1 200 OK|Content-Type: application/json|Content-Encoding: "
                + codings
                + "|Content-Length: "
                + body.size()
                + "||");
    return HarConversation.of(c -> c.client(GET).server(head.plus(body))).entry();
  }

  @Test
  void secretsThatWereCompressedAreMaskedToo() throws IOException {
    HarEntry entry = coded("gzip", gzip("{\"user\": \"me\", \"password\": \"hunter2\"}"));
    assertThat(entry.text("response.content.text"))
        .isEqualTo("{\"user\": \"me\", \"password\": \"*******\"}");
  }

  @Test
  void whatIsNoTextIsInBase64() throws IOException {
    for (String hex : List.of("ff", "00", "41c3", "eda080")) {
      HarEntry entry = withBody("", Bytes.hex(hex));
      assertThat(entry.text("response.content.encoding")).isEqualTo("base64");
      assertThat(entry.body("response.content")).isEqualTo(Bytes.hex(hex));
      assertThat(entry.text("request.postData.encoding")).isEqualTo("base64");
      assertThat(entry.body("request.postData")).isEqualTo(Bytes.hex(hex));
    }
  }

  @Test
  void aTextOfAnotherCharsetIsDecodedOrInBase64() throws IOException {
    Bytes umlaut = Bytes.hex("fc");
    assertThat(withBody("text/html; charset=\"ISO-8859-1\"", umlaut).at("response.content.text"))
        .isEqualTo("\u00fc");
    assertThat(
            withBody("text/html;charset=utf-16", Bytes.hex("0041")).text("response.content.text"))
        .isEqualTo("AEE=");
  }

  private static HarEntry withBody(String type, Bytes body) throws IOException {
    String headers = "Content-Type: " + type + "|Content-Length: " + body.size() + "||";
    return HarConversation.of(
            c ->
                c.client(ConversationBuilder.text("POST / HTTP/1.1|Host: a|" + headers).plus(body))
                    .server(ConversationBuilder.text("HTTP/1.1 200 OK|" + headers).plus(body)))
        .entry();
  }

  @Test
  void anyCharacterIsEscapedAsJsonWantsIt() throws IOException {
    String text = "\u0001\u2028\u2029\u202e\"\\/<\ud83c\udf75\u007f\n";
    HarEntry entry = withBody("text/plain", Bytes.utf8(text));
    assertThat(entry.text("response.content.text")).isEqualTo(text);
    HarFile file =
        HarConversation.of(
                c ->
                    c.client(ConversationBuilder.text("GET /").plus(Bytes.hex("ffe282ac")))
                        .client(" HTTP/1.1|Host: a|X: a\u0001\u20ac||"))
            .masked();
    assertThat(file.json()).matches("[ -~]*");
    assertThat(file.entry().text("request.url")).isEqualTo("http://a/\u00ff\u00e2\u0082\u00ac");
    assertThat(file.entry().pairs("request.headers")).contains("X=a\u0001\u20ac");
  }

  @Test
  void aBodyThatIsCutOffIsThereAsFarAsItWasSent() throws IOException {
    HarEntry entry =
        HarConversation.of(
                c ->
                    c.client(GET)
                        .server("HTTP/1.1 200 OK|Content-Length: 9||hi")
                        .reset(Side.SERVER))
            .entry();
    assertThat(entry.text("response.content.text")).isEqualTo("hi");
    assertThat(entry.text("response.comment")).contains("7 of the 9 bytes of the body are missing");
  }

  @Test
  void aBodyThatWasNotKeptIsLeftOutWithAComment() throws IOException {
    HarEntry entry =
        HarConversation.keeping(
                RecordingPolicy.headAndTail(80, 10),
                c ->
                    c.client("GET / HTTP/1.1|Host: a||")
                        .server("HTTP/1.1 200 OK|Content-Length: 200||" + "x".repeat(200)))
            .entry();
    assertThat(entry.number("response.bodySize")).isEqualTo(200);
    assertThat(entry.text("response.content.text")).isEmpty();
    assertThat(entry.text("response.content.comment"))
        .contains("bytes of the body were not kept, so its text is left out");
  }
}
