package dev.partyline.view.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.view.AllocatedMemory;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class Http1ContentTest {
  private interface OutputCoding {
    OutputStream wrap(OutputStream out) throws IOException;
  }

  private static Bytes coded(Bytes bytes, OutputCoding coding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream coder = coding.wrap(out)) {
      coder.write(bytes.toArray());
    }
    return Bytes.of(out.toByteArray());
  }

  private static Http1Body body(String coding, Bytes bytes) {
    String head =
        "POST / HTTP/1.1|Host: a|Content-Encoding: "
            + coding
            + "|Content-Length: "
            + bytes.size()
            + "||";
    return Http1.of(Http1Conversations.client(Http1Conversations.bytes(head).plus(bytes)))
        .requests()
        .get(0)
        .body();
  }

  @Test
  void decodesWhatTheJdkCan() throws IOException {
    Bytes hello = Bytes.utf8("hello");
    Bytes gzip = coded(hello, GZIPOutputStream::new);
    Bytes zlib = coded(hello, DeflaterOutputStream::new);
    Bytes rawDeflate = coded(hello, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
    assertThat(body("gzip", gzip).decoded(5).text()).isEqualTo("hello");
    assertThat(body("X-GZIP", gzip).decoded(100).text()).isEqualTo("hello");
    assertThat(body("deflate", zlib).decoded(5).text()).isEqualTo("hello");
    assertThat(body("deflate", rawDeflate).decoded(5).text()).isEqualTo("hello");
    assertThat(body("identity", hello).decoded(0).text()).isEqualTo("hello");
    Http1Body doubleCoded = body("deflate, gzip", coded(zlib, GZIPOutputStream::new));
    assertThat(doubleCoded.decoded(50).text()).isEqualTo("hello");
    assertThat(doubleCoded.codings()).containsExactly("deflate", "gzip");
    assertThat(body("gzip", Bytes.EMPTY).decoded(5).flaw()).isEmpty();
  }

  @Test
  void emptyElementsOfTheListOfCodingsDoNotCount() throws IOException {
    Http1Content content =
        Http1Conversations.response(
                "HTTP/1.1 200 OK|Content-Encoding: identity, ,|Content-Encoding:|Content-Length:"
                    + " 2||ok")
            .body()
            .decoded(10);
    assertThat(content.flaw()).isEmpty();
    assertThat(content.bytes()).isEqualTo(Bytes.utf8("ok"));
  }

  @Test
  void stopsAtABomb() throws IOException {
    Http1Body bomb = body("gzip", coded(Bytes.of(new byte[10 << 20]), GZIPOutputStream::new));
    long allocatedBefore = AllocatedMemory.bytes();
    Http1Content content = bomb.decoded(1000);
    assertThat(AllocatedMemory.bytes() - allocatedBefore).isLessThan(1 << 20);
    assertThat(content.bytes().size()).isEqualTo(1000);
    assertThat(content.flaw().orElseThrow().kind()).isEqualTo(Flaw.Kind.UNDECODED);
    assertThat(content.flaw().orElseThrow().description())
        .isEqualTo("the decoded body has more than 1000 bytes");
  }

  @Test
  void saysWhatCannotBeDecoded() throws IOException {
    assertThat(body("br", Bytes.utf8("x")).decoded(9).flaw().orElseThrow().toString())
        .startsWith("not decoded at byte ")
        .endsWith(
            ": the coding (br) is neither gzip nor deflate, which are all that the JDK can"
                + " decode");
    assertThat(
            body("gzip", Bytes.utf8("no gzip at all"))
                .decoded(9)
                .flaw()
                .orElseThrow()
                .description())
        .startsWith("the body is not gzip: ");
    Bytes gzip = coded(Bytes.utf8("hello"), GZIPOutputStream::new);
    Bytes zlib = coded(Bytes.utf8("hello"), DeflaterOutputStream::new);
    for (Bytes trailing : List.of(Bytes.utf8("abc"), Bytes.of(new byte[100]))) {
      assertThat(
              body("gzip", gzip.plus(gzip).plus(trailing))
                  .decoded(99)
                  .flaw()
                  .orElseThrow()
                  .description())
          .isEqualTo(trailing.size() + " bytes follow the end of the gzip");
      assertThat(
              body("deflate", zlib.plus(trailing)).decoded(99).flaw().orElseThrow().description())
          .isEqualTo(trailing.size() + " bytes follow the end of the deflate");
    }
    assertThat(body("gzip", gzip.plus(gzip)).decoded(99).flaw()).isEmpty();
    Bytes dictionary = Bytes.hex("78 bb 06 2c 02 15 cb 48 cd c9 c9 07 00");
    assertThat(body("deflate", dictionary).decoded(99).flaw().orElseThrow().description())
        .isEqualTo("the body is not deflate: it wants a dictionary, and HTTP has none");
    Http1Content truncated = body("gzip", gzip.slice(0, gzip.size() - 4)).decoded(9);
    assertThat(truncated.flaw().orElseThrow().kind()).isEqualTo(Flaw.Kind.INCOMPLETE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> body("gzip", gzip).decoded(-1))
        .withMessage("maxBytes (-1) must not be negative");
  }
}
