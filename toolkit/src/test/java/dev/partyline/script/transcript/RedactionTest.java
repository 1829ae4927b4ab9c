package dev.partyline.script.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final Redaction STANDARD = Redaction.standard();

  private static String redact(String text) {
    return STANDARD.apply(Bytes.utf8(text.replace("|", "\r\n"))).utf8().replace("\r\n", "|");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "GET /|Authorization: Basic abc|A: b||  ~ GET /|Authorization: *********|A: b||",
        "proxy-authorization:x|               ~ proxy-authorization:*|",
        "COOKIE: a=b; c=d|X: y|               ~ COOKIE: a=*; c=*|X: y|",
        "Set-Cookie: a=b|Set-Cookie: c|       ~ Set-Cookie: a=*|Set-Cookie: *|",
        "X-Cookie: a=b|                       ~ X-Cookie: ***|",
        "USER me|PASS secret|STAT|            ~ USER me|PASS ******|STAT|",
        "pass secret|                         ~ pass ******|",
        "PASSIVE|                             ~ PASSIVE|",
        "AUTH PLAIN AGEAYg==|MAIL FROM:<a>|   ~ AUTH PLAIN ********|MAIL FROM:<a>|",
        "AUTH LOGIN|dXNl|cGFz|MAIL FROM:<a>|  ~ AUTH LOGIN|****|****|MAIL FROM:<a>|",
        "AUTH LOGIN|dXNl|cGFzcw==             ~ AUTH LOGIN|****|********",
        "AUTH LOGIN dXNl|cGFz|DATA|           ~ AUTH LOGIN ****|****|DATA|",
        "AUTH PLAIN abcd|QUIT|                ~ AUTH PLAIN ****|QUIT|",
        "AUTH PLAIN abcd|STAT|QUIT|           ~ AUTH PLAIN ****|STAT|QUIT|",
        "*2|$4|AUTH|$6|secret|*1|$4|PING|     ~ *2|$4|AUTH|$6|******|*1|$4|PING|",
        "*3|$4|auth|$2|me|$6|secret|          ~ *3|$4|auth|$2|me|$6|******|",
        "AUTH secret|                         ~ AUTH ******|",
      })
  void theDefaultMasksCommonSecrets(String sent, String redacted) {
    assertThat(redact(sent)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Set-Cookie: sid=abc; Path=/; HttpOnly| ~ Set-Cookie: sid=***; Path=/; HttpOnly|",
        "set-cookie: a=b=c; Max-Age=9; samesite=lax| ~ set-cookie: a=***; Max-Age=9; samesite=lax|",
        "Set-Cookie: a=b; sid=c; d; Secure| ~ Set-Cookie: a=*; sid=*; *; Secure|",
        "Cookie: a=b; sid=Zx81; c| ~ Cookie: a=*; sid=****; *|",
        "Cookie: a=\"x; y=z\"; b=c| ~ Cookie: a=********; b=*|",
        "Cookie: a=\"x; b=c| ~ Cookie: a=**; b=*|",
        "Cookie: $Version=1; a = b ;c=d;| ~ Cookie: $Version=*; a = * ;c=*;|",
        "Set-Cookie: sid=; Path=/| ~ Set-Cookie: sid=; Path=/|",
        "Set-Cookie: sid=abc| ~ Set-Cookie: sid=***|",
      })
  void ofACookieTheValueAloneIsMasked(String sent, String redacted) {
    assertThat(redact(sent)).isEqualTo(redacted);
  }

  @Test
  void aCookieHeaderThatTheUserHasNamedIsMaskedAsAWhole() {
    Redaction redaction = Redaction.standard().headers("Set-Cookie");
    assertThat(redaction.apply(Bytes.utf8("Set-Cookie: a=b; Path=/\r\n")).utf8())
        .isEqualTo("Set-Cookie: ***********\r\n");
  }

  @Test
  void aSecretIsMaskedWhereItStandsAgainUnderNoName() {
    Conversation sent =
        Conversation.of(
            List.of(
                new Event.Sent(Side.SERVER, 0, Bytes.utf8("{\"access_token\":\"Zx81-9aQ7\"}\n")),
                new Event.Sent(Side.CLIENT, 1, Bytes.utf8("USE Zx81-9aQ7 now\n")),
                new Event.Sent(Side.SERVER, 2, Bytes.utf8("see /use/Zx81-9aQ7/\n"))));
    Conversation masked = Redaction.standard().apply(sent);
    assertThat(masked.bytes(Side.CLIENT).utf8()).isEqualTo("USE ********* now\n");
    assertThat(masked.bytes(Side.SERVER).utf8()).endsWith("see /use/*********/\n");
  }

  @Test
  void aSecretThatIsAWordIsMaskedInItsPlaceAlone() {
    assertThat(redact("password=password&a=password|Authorization: Basic x|Basic training|"))
        .isEqualTo("password=********&a=password|Authorization: *******|Basic training|");
    assertThat(redact("password=elephants|the elephants|"))
        .isEqualTo("password=*********|the elephants|");
  }

  @Test
  void thePathThatDigestProvesIsShown() {
    String digest = "Digest username=\"bob\", nc=1, uri=\"/a/b1c2d3e4\", response=\"6629fae49393\"";
    assertThat(redact("GET /a/b1c2d3e4 HTTP/1.1|Authorization: " + digest + "||"))
        .startsWith("GET /a/b1c2d3e4 HTTP/1.1|Authorization: ***");
  }

  @Test
  void aSecretOfOneConnectionIsMaskedOnAnother() {
    Conversation login =
        Conversation.of(List.of(new Event.Sent(Side.CLIENT, 0, Bytes.utf8("PASS Zx81-9aQ7\r\n"))));
    Conversation use =
        Conversation.of(List.of(new Event.Sent(Side.CLIENT, 0, Bytes.utf8("USE Zx81-9aQ7\r\n"))));
    Redaction redaction = Redaction.standard().across(List.of(login, use));
    assertThat(redaction.apply(use).bytes(Side.CLIENT).utf8()).isEqualTo("USE *********\r\n");
    assertThat(Redaction.none().across(List.of(login, use)).apply(use)).isEqualTo(use.exact());
  }

  @Test
  void aFoldedHeaderIsMaskedToItsEnd() {
    assertThat(redact("Cookie: a=b;|  c=d|\te|X: y|")).isEqualTo("Cookie: a=*;|  c=*|**|X: y|");
  }

  @Test
  void aHeaderOfVeryManyLinesDoesNotOverflow() {
    String folded = "Cookie: a\r\n" + " secret\r\n".repeat(100_000);
    assertThat(STANDARD.apply(Bytes.utf8(folded)).utf8()).doesNotContain("secret");
  }

  @Test
  void aSecretSplitOverChunksIsMaskedAndTheChunksStay() {
    Conversation conversation =
        Conversation.of(
            List.of(
                new Event.Sent(Side.CLIENT, 1, Bytes.utf8("Authoriz")),
                new Event.Sent(Side.CLIENT, 2, Bytes.utf8("ation: sec")),
                new Event.Sent(Side.SERVER, 3, Bytes.utf8("secret of no one")),
                new Event.Sent(Side.CLIENT, 4, Bytes.utf8("ret\r\nX: y")),
                new Event.Fin(Side.CLIENT, 5)));
    assertThat(STANDARD.apply(conversation).events())
        .containsExactly(
            new Event.Sent(Side.CLIENT, 1, Bytes.utf8("Authoriz")),
            new Event.Sent(Side.CLIENT, 2, Bytes.utf8("ation: ***")),
            new Event.Sent(Side.SERVER, 3, Bytes.utf8("secret of no one")),
            new Event.Sent(Side.CLIENT, 4, Bytes.utf8("***\r\nX: y")),
            new Event.Fin(Side.CLIENT, 5));
    assertThat(conversation.bytes(Side.CLIENT).utf8())
        .as("the recording itself")
        .contains("secret");
  }

  @Test
  void whatGoesOnAfterAGapIsMaskedToItsLineEnd() {
    Recorder recorder = new Recorder(() -> 0, RecordingPolicy.headAndTail(10, 20));
    ConversationRecorder conversation = recorder.open(Transport.TCP, "a", "b");
    String text = "GET / HTTP/1.1\r\nAuthorization: Bearer secret-and-long\r\nA: b\r\n\r\n";
    conversation.recordSent(Side.CLIENT, Bytes.utf8(text).toBuffer());
    assertThat(Transcript.plain(STANDARD.apply(conversation.snapshot())))
        .contains("A: b")
        .contains("**********")
        .doesNotContain("long");
    assertThat(Transcript.plain(Redaction.none().apply(conversation.snapshot()))).contains("long");
  }

  @Test
  void theUsersOwnRulesAreAdded() {
    Redaction userRules =
        STANDARD.headers("X-Door").fields("door").pattern("gate=(\\w+)").pattern("sesame");
    Bytes sent =
        Bytes.utf8("GET /?door=abc&gate=d HTTP/1.1\r\nx-door: 1 2\r\nCookie: c\r\n\r\nopen sesame");
    assertThat(userRules.apply(sent).utf8())
        .isEqualTo("GET /?door=***&gate=* HTTP/1.1\r\nx-door: ***\r\nCookie: *\r\n\r\nopen ******");
    assertThat(STANDARD.apply(sent).utf8()).contains("door=abc&gate=d").contains("x-door: 1 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "user[card]=4929&a=b ~ user[card]=****&a=b",
        "user%5Bcard%5D%5B%5D=4929&a=b ~ user%5Bcard%5D%5B%5D=****&a=b",
        "a:|  Card: 4929| ~ a:|  Card: ****|",
        "user.card=4929| ~ user.card=****|",
        "{\"card\":[4929, 1234]} ~ {\"card\":[****, ****]}",
        "{\"query\":\"{pay(card:\\\"4929\\\"){id}}\"} ~ {\"query\":\"{pay(card:\\\"****\\\"){id}}\"}",
        "*4|$4|HSET|$1|u|$4|card|$4|4929| ~ *4|$4|HSET|$1|u|$4|card|$4|****|",
        "cardNumber=4929&card_number=1&b=c ~ cardNumber=4929&card_number=1&b=c",
      })
  void aFieldOfTheUserIsFoundByItsWholeNameWhereverOneStands(String sent, String redacted) {
    Bytes bytes = Bytes.utf8(sent.replace("|", "\r\n"));
    assertThat(STANDARD.fields("CARD").apply(bytes).utf8().replace("\r\n", "|"))
        .isEqualTo(redacted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "X Door", "X-Door:"})
  void aNameThatNoHeaderHasIsRefused(String name) {
    assertThatThrownBy(() -> STANDARD.headers(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the name of a header (%s) must be as in 'X-Door': letters, digits and hyphens, no colon",
            name);
  }

  @Test
  void aNameThatNoFieldHasIsRefused() {
    assertThatThrownBy(() -> STANDARD.fields(""))
        .hasMessage("the name of a field () must be at least one letter");
    assertThatThrownBy(() -> STANDARD.fields((String) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the name of a field must not be null");
  }

  @Test
  void anExpressionThatFindsNothingIsRefused() {
    assertThatThrownBy(() -> STANDARD.pattern(""))
        .hasMessage("the pattern of a secret () must be of one character at least");
    assertThatThrownBy(() -> STANDARD.pattern("zł=(\\d+)"))
        .hasMessage(
            "the pattern of a secret (zł=(\\d+)) must be of bytes read as ISO-8859-1:"
                + " write 'ł' as \\xC5\\x82");
    assertThat(STANDARD.pattern("z\\xC5\\x82=(\\d+)").apply(Bytes.utf8("zł=12")).utf8())
        .isEqualTo("zł=**");
  }

  @Test
  void aRuleThatIsNotAnExpressionIsRefusedAtOnce() {
    assertThatThrownBy(() -> STANDARD.pattern("(")).isInstanceOf(PatternSyntaxException.class);
  }

  @Test
  void aHeaderNameIsNotAnExpression() {
    assertThat(Redaction.none().headers("X.Y").apply(Bytes.utf8("XzY: a\r\n")).utf8())
        .isEqualTo("XzY: a\r\n");
  }

  @Provide
  Arbitrary<List<String>> chunks() {
    return Arbitraries.of(
            "Authorization: ",
            "secret",
            "\r\n",
            "\n",
            " ",
            "Cookie:",
            "AUTH ",
            "PASS ",
            "AUTH LOGIN\r\n",
            "c2VjcmV0",
            "*2\r\n$4\r\nAUTH\r\n$6\r\n",
            "\u00e9",
            "x")
        .list()
        .ofMaxSize(12);
  }

  @Property
  void sizesLineEndsAndTimesStay(@ForAll("chunks") List<String> chunks) {
    List<Event> events = new ArrayList<>();
    for (String chunk : chunks) {
      events.add(new Event.Sent(Side.CLIENT, events.size(), Bytes.utf8(chunk)));
    }
    Conversation conversation = Conversation.of(events);
    List<Event> redacted = STANDARD.apply(conversation).events();
    assertThat(redacted).hasSameSizeAs(events);
    for (int i = 0; i < events.size(); i++) {
      Event.Sent before = (Event.Sent) events.get(i);
      Event.Sent after = (Event.Sent) redacted.get(i);
      assertThat(after.nanos()).isEqualTo(before.nanos());
      assertThat(after.bytes().size()).isEqualTo(before.bytes().size());
      for (int k = 0; k < before.bytes().size(); k++) {
        byte was = before.bytes().byteAt(k);
        assertThat(after.bytes().byteAt(k))
            .isIn(was, was == '\r' || was == '\n' ? was : (byte) '*');
      }
    }
    assertThat(STANDARD.apply(conversation).bytes(Side.CLIENT))
        .as("the split means nothing")
        .isEqualTo(STANDARD.apply(conversation.bytes(Side.CLIENT)));
  }
}
