package dev.partyline.view.resp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class RespTest {
  @Test
  void printsAsRedisCliDoes() {
    Resp view =
        Resp.of(
            ConversationBuilder.tcp()
                .client("*3|$3|SET|$1|k|$3|a\"b|*2|$3|GET|$1|k|PING|")
                .server("+OK|$3|a\"b|+PONG|")
                .client("*1|$5|HELLO|")
                .server("-ERR no|:42|$-1|*-1|*3|:1|*1|$1|x|_|")
                .server("#t|,1.5|(12345678901234567890|!3|ERR|=7|txt:abc|~1|:1|")
                .server("%2|+a|:1|+b|:2|>2|+message|$2|hi|")
                .server(Bytes.utf8("|1\r\n+ttl\r\n:3\r\n$0\r\n\r\n"))
                .conversation());
    assertThat(view.flaws()).isEmpty();
    assertThat(view)
        .hasToString(
            """
            client "SET" "k" "a\\"b"
            client "GET" "k"
            client PING
            server OK
            server "a\\"b"
            server PONG
            client "HELLO"
            server (error) ERR no
            server (integer) 42
            server (nil)
            server (nil)
            server [(integer) 1, ["x"], (nil)]
            server (true)
            server (double) 1.5
            server (big number) 12345678901234567890
            server (error) ERR
            server "abc"
            server ~[(integer) 1]
            server {a => (integer) 1, b => (integer) 2}
            server >[message, "hi"]
            server |{ttl => (integer) 3}
            server ""
            """);
  }

  @Test
  void tellsCommandsApartFromAnswers() {
    Resp view =
        Resp.of(
            ConversationBuilder.tcp()
                .client("*2|$4|ECHO|$1|x|ECHO  y |\n")
                .server("$1|x|")
                .conversation());
    assertThat(view.messages())
        .extracting(RespMessage::command)
        .containsExactly(List.of("ECHO", "x"), List.of("ECHO", "y"), List.of());
    RespMessage answer = view.messages().get(2);
    assertThat(answer.side()).isEqualTo(Side.SERVER);
    assertThat(answer.offset()).isZero();
    assertThat(answer.endOffset()).isEqualTo(7);
    assertThat(answer.value().text()).isEqualTo("x");
    assertThat(answer.value()).hasToString("\"x\"");
  }

  @Test
  void readsWhatIsStreamed() {
    Resp view =
        Resp.of(
            ConversationBuilder.tcp()
                .server("$?|;4|Hell|;1|o|;0|*?|:1|~?|.|.|%?|+a|:1|.|")
                .conversation());
    assertThat(view.flaws()).isEmpty();
    assertThat(view)
        .hasToString(
            """
            server "Hello"
            server [(integer) 1, ~[]]
            server {a => (integer) 1}
            """);
  }

  @Test
  void anAttributeInAListIsNoneOfItsItems() {
    Resp view =
        Resp.of(
            ConversationBuilder.tcp()
                .server("*2|:1|")
                .server(Bytes.utf8("|1\r\n"))
                .server("+a|+b|:2|:3|")
                .conversation());
    assertThat(view.messages()).hasSize(2);
    assertThat(view.messages().get(0).value().items()).hasSize(3);
  }

  @Test
  void saysWhatIsMalformedAndReadsNoFurther() {
    assertThat(serverFlaws("+OK|?x|+OK|"))
        .containsExactly("malformed at byte 5 of the server: no value begins with ?");
    assertThat(serverFlaws("+OK\n"))
        .containsExactly(
            "malformed at byte 3 of the server: a line must end with CR LF, not with LF alone");
    assertThat(serverFlaws("$3|abcd|"))
        .containsExactly(
            "malformed at byte 7 of the server: a BULK_STRING of 3 bytes must have CR LF after"
                + " it");
    assertThat(serverFlaws("$-2|"))
        .containsExactly(
            "malformed at byte 1 of the server: the length -2 must be a number, 0 or more");
    assertThat(serverFlaws("~-1|")).singleElement().asString().contains("the length -1 must be");
    assertThat(serverFlaws("*99999999999999999999|"))
        .singleElement()
        .asString()
        .contains("the length");
    assertThat(serverFlaws(":9223372036854775808|"))
        .containsExactly(
            "malformed at byte 0 of the server: 9223372036854775808 must be a whole number of 64"
                + " bits");
    assertThat(serverFlaws("#x|")).singleElement().asString().contains("x must be t or f");
    assertThat(serverFlaws(",1.x|")).singleElement().asString().contains("1.x must be a number");
    assertThat(serverFlaws("(1.5|"))
        .singleElement()
        .asString()
        .contains("1.5 must be a whole number");
    assertThat(serverFlaws("_x|")).singleElement().asString().contains("must be empty, not x");
    assertThat(serverFlaws("=3|abc|")).singleElement().asString().contains("such as txt:");
    assertThat(serverFlaws("$?|+x|")).singleElement().asString().contains("must begin with ;");
    assertThat(serverFlaws(".|")).singleElement().asString().contains("no value begins with .");
    assertThat(serverFlaws("*1|".repeat(129)))
        .containsExactly(
            "malformed at byte 512 of the server: a list in more than 128 others is not read");
    assertThat(clientFlaws("*1|:1|"))
        .containsExactly(
            "malformed at byte 4 of the client: a command must be an array of bulk strings, and"
                + " has INTEGER");
    assertThat(clientFlaws("*1|*1|$1|x|")).singleElement().asString().contains("and has ARRAY");
    assertThat(clientFlaws("*1|$-1|")).singleElement().asString().contains("the length -1 must be");
    assertThat(clientFlaws("*--1|")).singleElement().asString().contains("the length --1 must be");
  }

  /** Like redis-server, which does not answer them. */
  @Test
  void passesOverCommandsWithoutWords() {
    Resp view =
        Resp.of(ConversationBuilder.tcp().client("*-1|*0|*-2||*1|$4|PING|*0|").conversation());
    assertThat(view.messages()).singleElement().asString().contains("PING");
    assertThat(view.flaws()).isEmpty();
  }

  @Test
  void saysWhatIsMissingAtTheEnd() {
    assertThat(serverFlaws("+OK"))
        .containsExactly("incomplete at byte 3 of the server: a value has no line end");
    assertThat(serverFlaws("$5|abc"))
        .containsExactly(
            "incomplete at byte 7 of the server: a BULK_STRING has 3 of its 5 bytes and CR LF");
    assertThat(serverFlaws("*2|:1|"))
        .containsExactly("incomplete at byte 8 of the server: a list has some of its items");
    assertThat(serverFlaws("*1000000000|:1|")).singleElement().asString().startsWith("incomplete");
    assertThat(serverFlaws("$?|;1|a|")).singleElement().asString().contains("has no last one");
    assertThat(clientFlaws("PIN"))
        .containsExactly("incomplete at byte 3 of the client: an inline command has no line end");
  }

  @Test
  void aVerbatimStringThatWasNotKeptIsStillShown() {
    Resp view =
        Resp.of(
            ConversationBuilder.headAndTail(20, 20)
                .server("*2|=100|txt:" + "a".repeat(96) + "|:1|")
                .conversation());
    assertThat(view)
        .hasToString(
            """
            server ["", (integer) 1]
            * incomplete at byte 10 of the server: some of the VERBATIM_STRING was not kept
            """);
  }

  @Test
  void goesOnAfterWhatWasNotKeptIfItLiesInOneString() {
    Resp view =
        Resp.of(
            ConversationBuilder.headAndTail(20, 20)
                .server("$100|" + "a".repeat(100) + "|+OK|")
                .conversation());
    assertThat(view)
        .hasToString(
            """
            server ""
            * incomplete at byte 6 of the server: some of the BULK_STRING was not kept
            server OK
            """);
  }

  @Test
  void endsWhereALineWasNotKept() {
    Resp view =
        Resp.of(
            ConversationBuilder.headAndTail(10, 10)
                .server("+" + "a".repeat(98) + "|+OK|")
                .conversation());
    assertThat(view.messages()).isEmpty();
    assertThat(view.flaws())
        .containsExactly(
            new Flaw(
                Flaw.Kind.INCOMPLETE,
                Side.SERVER,
                10,
                "a value has no line end: 86 bytes were not kept"));
  }

  @Test
  void readsALineThatIsLongerThanItsWindow() {
    String line = "a".repeat(300_000);
    Resp view =
        Resp.of(
            ConversationBuilder.tcp().server("+" + line + "|$300000|" + line + "|").conversation());
    assertThat(view.messages())
        .extracting(message -> message.value().content())
        .containsExactly(Bytes.utf8(line), Bytes.utf8(line));
  }

  private static List<String> serverFlaws(String text) {
    return flaws(ConversationBuilder.tcp().server(text));
  }

  private static List<String> clientFlaws(String text) {
    return flaws(ConversationBuilder.tcp().client(text));
  }

  private static List<String> flaws(ConversationBuilder builder) {
    return Resp.of(builder.conversation()).flaws().stream().map(Flaw::toString).toList();
  }
}
