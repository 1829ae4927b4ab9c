package dev.partyline.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.Flaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that two servers read in two ways, from the literature on request smuggling (Linhart
 * 2005, Kettle 2019 and 2022, Jabiyev 2021, RFC 9112, 11.2).
 */
class Http1SmugglingTest {
  private static final String POST = "POST / HTTP/1.1|Host: a|";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked||";
  private static final String HIDDEN = "GET /hidden HTTP/1.1|Host: a||";

  /** Reading continues, because the end of the request is known nevertheless. */
  private static Arguments malformed(String name, String request, String... flaws) {
    return Arguments.of(name, request, true, List.of(flaws));
  }

  /** Reading stops, because the end of the request is unknown. */
  private static Arguments fatal(String name, String request, String... flaws) {
    return Arguments.of(name, request, false, List.of(flaws));
  }

  static Stream<Arguments> lengths() {
    String body = "||0||||" + HIDDEN;
    return Stream.of(
        fatal("CL.CL", POST + "Content-Length: 5|Content-Length: ^7" + body, "(7) must not differ"),
        fatal("CL.CL in one line", POST + "Content-Length: 5, ^7" + body, "(7) must not differ"),
        malformed(
            "CL twice", POST + "Content-Length: 0|Content-Length: ^0||", "given more than once"),
        malformed("CL twice in a line", POST + "Content-Length: 0,^0||", "given more than once"),
        fatal("CL +5", POST + "Content-Length: ^+5" + body, "(+5) must be digits"),
        fatal("CL -1", POST + "Content-Length: ^-1" + body, "(-1) must be digits"),
        fatal("CL 0x5", POST + "Content-Length: ^0x5" + body, "(0x5) must be digits"),
        fatal("CL 5 5", POST + "Content-Length: ^5 5" + body, "(5 5) must be digits"),
        fatal("CL empty", POST + "Content-Length:^" + body, "() must be digits"),
        fatal("CL of 20 digits", POST + "Content-Length: ^18446744073709551621" + body, "2^63 - 1"),
        fatal(
            "CL with a vertical tab",
            POST + "Content-Length: ^^\u000b5" + body,
            "the byte 0x0b must not stand in a header's value",
            "(\\x0b5) must be digits"),
        fatal(
            "CL space colon",
            POST + "^Content-Length^ : 5" + body,
            "is not followed by its colon",
            "white space stands between"),
        malformed("CL folded", POST + "Content-Length:|^ 0||", "obs-fold"),
        malformed("CL in the next line", POST + "X: y|^ Content-Length: 5||", "obs-fold"),
        malformed(
            "CL hidden by a CR",
            POST + "X: y^\rContent-Length: 5||",
            "a bare CR must not stand in a header's value"));
  }

  static Stream<Arguments> codings() {
    String body = "||5|hello|0||";
    String hiddenRequest = "||0||" + HIDDEN;
    return Stream.of(
        malformed(
            "CL.TE",
            POST + "^Content-Length: 6|Transfer-Encoding: chunked" + body,
            "must not come with Transfer-Encoding"),
        malformed(
            "TE.CL",
            POST + "Transfer-Encoding: chunked|^Content-Length: 4" + body,
            "must not come with Transfer-Encoding"),
        fatal(
            "TE space colon",
            POST + "^Transfer-Encoding^ : chunked" + hiddenRequest,
            "is not followed by its colon",
            "white space stands between"),
        fatal(
            "TE tab colon",
            POST + "^Transfer-Encoding^\t: chunked" + hiddenRequest,
            "is not followed by its colon",
            "white space stands between"),
        fatal(
            "TE xchunked",
            POST + "Transfer-Encoding: ^^xchunked" + hiddenRequest,
            "(xchunked) is not a known coding",
            "must end with chunked"),
        fatal(
            "TE quoted",
            POST + "Transfer-Encoding: ^^\"chunked\"" + hiddenRequest,
            "is not a known coding",
            "must end with chunked"),
        fatal(
            "TE with a parameter",
            POST + "Transfer-Encoding: ^^chunked;a=b" + hiddenRequest,
            "(chunked;a=b) is not a known coding",
            "must end with chunked"),
        fatal(
            "TE chunked, identity",
            POST + "Transfer-Encoding: chunked, ^^identity" + hiddenRequest,
            "(identity) is not a known coding",
            "must end with chunked"),
        fatal(
            "TE.TE",
            POST + "Transfer-Encoding: chunked|Transfer-encoding: ^^x" + hiddenRequest,
            "(x) is not a known coding",
            "must end with chunked"),
        malformed(
            "TE identity, chunked",
            POST + "Transfer-Encoding: ^identity, chunked" + body,
            "(identity) is not a known coding"),
        fatal(
            "TE chunked twice",
            POST + "Transfer-Encoding: chunked, chunked^" + hiddenRequest,
            "chunked more than once"),
        fatal(
            "TE gzip alone",
            POST + "Transfer-Encoding: ^gzip" + hiddenRequest,
            "must end with chunked"),
        fatal(
            "TE empty",
            POST + "Transfer-Encoding:^^" + hiddenRequest,
            "() is not a known coding",
            "must end with chunked"),
        fatal(
            "TE with a vertical tab",
            POST + "Transfer-Encoding: ^^^\u000bchunked" + hiddenRequest,
            "the byte 0x0b must not stand",
            "is not a known coding",
            "must end with chunked"),
        fatal(
            "TE with a NUL",
            POST + "Transfer-Encoding: ^^chunked^\0" + hiddenRequest,
            "is not a known coding",
            "must end with chunked",
            "a NUL must not stand in a header's value"),
        malformed("TE folded", POST + "Transfer-Encoding:|^ chunked" + body, "obs-fold"),
        malformed(
            "TE under white space",
            "POST / HTTP/1.1|^ Transfer-Encoding: chunked|Host: a||",
            "white space stands before the first header"),
        malformed(
            "TE with a NUL in its name",
            POST + "Transfer-Encoding^\0: chunked||",
            "a NUL must not stand in a header's name"),
        fatal(
            "TE in HTTP/1.0",
            "POST / HTTP/1.0|Host: a|^Transfer-Encoding: chunked" + hiddenRequest,
            "is unknown to HTTP/1.0"));
  }

  static Stream<Arguments> chunks() {
    return Stream.of(
        fatal(
            "size of 17 digits",
            CHUNKED + "^10000000000000005|hello|0||" + HIDDEN,
            "is more than 2^60, and overflows"),
        fatal("size 0x5", CHUNKED + "0^x5|hello|0||" + HIDDEN, "digits, and here is 'x'"),
        fatal("size -5", CHUNKED + "^-5|hello|0||" + HIDDEN, "digits, and here is '-'"),
        fatal("size after a space", CHUNKED + "^ 5|hello|0||" + HIDDEN, "here is a space"),
        fatal("no size", CHUNKED + "^|hello|0||" + HIDDEN, "digits, and here is nothing"),
        fatal("size ends with LF", CHUNKED + "5^\nhello|0||" + HIDDEN, "here is a bare LF"),
        fatal("LF in an extension", CHUNKED + "5;a^\nhello|0||" + HIDDEN, "here is a bare LF"),
        fatal("CR in an extension", CHUNKED + "5;a^\rb|hello|0||" + HIDDEN, "here is a bare CR"),
        fatal("size too small", CHUNKED + "4|hell^o|0||" + HIDDEN, "CRLF, and here is 'o'"),
        fatal("data ends with LF", CHUNKED + "5|hello^\n0||" + HIDDEN, "here is a bare LF"),
        malformed("space after the size", CHUNKED + "5^ |hello|0||", "begins with a semicolon"),
        malformed(
            "extension without a name", CHUNKED + "5;^=x|hello|0||", "lacks a name or a value"),
        malformed(
            "quote without an end", CHUNKED + "5;a=^\"b|hello|0||", "lacks a name or a value"),
        malformed(
            "a length in the trailers",
            CHUNKED + "0|^Content-Length: 5||",
            "Content-Length must not stand in a trailer"),
        malformed("LF below the trailers", CHUNKED + "0|X: y|^\n", "a bare LF"));
  }

  static Stream<Arguments> heads() {
    String get = "GET / HTTP/1.1|Host: a|";
    return Stream.of(
        malformed("LF", "GET / HTTP/1.1^\nHost: a^\n^\n", "a bare LF", "a bare LF", "a bare LF"),
        malformed("empty lines before the request", "^||" + get + "|", "empty lines stand before"),
        malformed("space in the target", "GET /a^ b HTTP/1.1|Host: a||", "a space must not stand"),
        malformed("two spaces", "GET ^ / HTTP/1.1|Host: a||", "a space must not stand"),
        malformed("fragment", "GET /a^#b HTTP/1.1|Host: a||", "'#' must not stand"),
        malformed("NUL in the target", "GET /^\0 HTTP/1.1|Host: a||", "a NUL must not stand"),
        malformed("escape", "GET /^%zz HTTP/1.1|Host: a||", "two hexadecimal digits"),
        malformed("no form", "GET ^index HTTP/1.1|Host: a||", "begins with / or a scheme"),
        malformed("space after the line", "GET / HTTP/1.1^ |Host: a||", "follows the request line"),
        malformed("Host missing", "GET / HTTP/1.1|X: y||^", "without Host"),
        malformed("Host twice", get + "^Host: b||", "Host must not be sent more than once"),
        malformed("Host with a user", "GET / HTTP/1.1|Host: ^a@b||", "the value of Host"),
        malformed("Host with a list", "GET / HTTP/1.1|Host: ^a,b||", "the value of Host"),
        malformed("Host is another", "GET http://b/ HTTP/1.1|Host: ^a||", "the same host"),
        malformed("no colon", get + "^Transfer-Encoding chunked||", "no colon"),
        malformed("no name", get + "^: chunked||", "no name"),
        malformed("CR in a name", get + "^\rX: y||", "a bare CR must not stand in a header's name"),
        fatal("HTTP/0.9", "GET /^|" + HIDDEN, "no version"),
        fatal("HTTP/1.10", "GET / ^HTTP/1.10|Host: a||" + HIDDEN, "(HTTP/1.10) must be HTTP/1.0"),
        fatal("small letters", "GET / ^http/1.1|Host: a||" + HIDDEN, "(http/1.1) must be"),
        fatal("HTTP/2", "PRI * ^HTTP/2.0||SM||", "the preface of HTTP/2"),
        fatal("TLS", "^\u0016\u0003\u0001", "this is a TLS record, not HTTP/1"),
        fatal("tab for a space", "GET^\t/\tHTTP/1.1|Host: a||", "here is a tab"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"lengths", "codings", "chunks", "heads"})
  void saysWhatIsWrongAndWhere(
      String name, String markedRequest, boolean readOn, List<String> words) {
    String[] parts = markedRequest.split("\\^", -1);
    String request = String.join("", parts) + (readOn ? HIDDEN : "");
    List<Long> offsets = new ArrayList<>();
    long offset = 0;
    for (String part : Arrays.asList(parts).subList(0, parts.length - 1)) {
      offset += Http1Conversations.bytes(part).size();
      offsets.add(offset);
    }
    Http1 http = Http1.of(Http1Conversations.client(Http1Conversations.bytes(request)));
    List<Flaw> flaws = new ArrayList<>(http.requests().get(0).flaws());
    flaws.sort(java.util.Comparator.comparingLong(Flaw::offset));
    assertThat(flaws).extracting(Flaw::offset).containsExactlyElementsOf(offsets);
    assertThat(flaws).extracting(Flaw::kind).containsOnly(Flaw.Kind.MALFORMED);
    for (int i = 0; i < flaws.size(); i++) {
      assertThat(flaws.get(i).description()).contains(words.get(i));
    }
    assertThat(http.requests()).hasSize(readOn ? 2 : 1);
    assertThat(
            http.flaws().stream()
                .anyMatch(flaw -> flaw.description().contains("the end of the message is unknown")))
        .isEqualTo(!readOn);
  }
}
