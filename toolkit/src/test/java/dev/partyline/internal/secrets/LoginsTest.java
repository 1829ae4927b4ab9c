package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Logins of which a part is shown, or whose secret has a form of its own. */
class LoginsTest {
  private static final String PASSWORD = "dd721260bfe1b3d9";
  private static final String ANSWER = "$16\r\n" + PASSWORD + "\r\n";
  private static final String MASKED = "$16\r\n****************\r\n";

  private static String server(String dialogue) {
    return masked(SecretShapes.dialogue(dialogue, ""), Side.SERVER);
  }

  private static String masked(Conversation conversation, Side side) {
    return Redaction.standard().apply(conversation).bytes(side).utf8();
  }

  @TestFactory
  Stream<DynamicTest> a_password_that_Redis_generates_is_masked_and_nothing_else() {
    String other = "$4\r\nabcd\r\n";
    return Stream.of(
            List.of("C:PING\r\n|S:" + other + "|C:ACL GENPASS\r\n|S:" + ANSWER, other + MASKED),
            List.of("C:SET genpass 1\r\n|S:+OK\r\n|C:GET a\r\n|S:" + other, "+OK\r\n" + other),
            List.of("C:acl GenPass\r\nACL GENPASS 64\r\n|S:" + ANSWER + ANSWER, MASKED + MASKED),
            List.of("C:GET x\r\nACL GENPASS\r\n|S:" + other + ANSWER, other + MASKED),
            List.of(
                "C:*2\r\n$3\r\nGET\r\n$1\r\nx\r\n*2\r\n$3\r\nACL\r\n$7\r\nGENPASS\r\nGET x\r\n|S:"
                    + (other + ANSWER + other),
                other + MASKED + other),
            List.of("C:ACL GENPASS\r\nGET x\r\n|S:-NOPERM\r\n" + other, "-NOPERM\r\n" + other),
            List.of(
                "C:GET x\r\nACL GENPASS\r\n|S:" + other + ">2\r\n+a\r\n+b\r\n" + ANSWER,
                other + ">2\r\n+a\r\n+b\r\n" + MASKED),
            List.of(
                "C:SUBSCRIBE c\r\nACL GENPASS\r\n|S:*2\r\n+subscribe\r\n+c\r\n*2\r\n+message\r\n+b\r\n"
                    + ANSWER,
                "*2\r\n+subscribe\r\n+c\r\n*2\r\n+message\r\n+b\r\n" + MASKED),
            List.of("C:CLIENT REPLY SKIP\r\nGET x\r\nACL GENPASS\r\n|S:" + ANSWER, MASKED),
            List.of(
                "C:MULTI\r\nACL GENPASS\r\nEXEC\r\n|S:+OK\r\n+QUEUED\r\n*1\r\n" + ANSWER,
                "+OK\r\n+QUEUED\r\n*1\r\n" + MASKED))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.get(0), () -> assertThat(server(each.get(0))).isEqualTo(each.get(1))));
  }

  @Test
  void a_password_that_Redis_generates_is_masked_where_bytes_are_missing() {
    Conversation sent =
        SecretShapes.dialogue("C:GET x\r\nACL GENPASS\r\n|S:$1\r\nx\r\n" + ANSWER, "");
    List<Event> events = new ArrayList<>(sent.events());
    events.add(0, new Event.Dropped(Side.CLIENT, 0, 7));
    assertThat(masked(Conversation.of(events), Side.SERVER)).isEqualTo("$1\r\nx\r\n" + MASKED);
  }

  @Test
  void a_hash_may_have_any_number_of_fields() {
    String fields = "$1\r\na\r\n$1\r\nb\r\n".repeat(2000) + "$8\r\npassword\r\n$4\r\n";
    Conversation sent =
        SecretShapes.dialogue(
            "C:*4004\r\n$4\r\nHSET\r\n$1\r\nh\r\n"
                + (fields + "1234\r\nHGETALL h\r\n|S::2001\r\n*4002\r\n" + fields + "1234\r\n"),
            "");
    assertThat(masked(sent, Side.CLIENT)).endsWith("password\r\n$4\r\n****\r\nHGETALL h\r\n");
    assertThat(masked(sent, Side.SERVER)).endsWith("password\r\n$4\r\n****\r\n");
  }

  @Test
  void a_token_may_have_any_length() {
    Conversation sent = SecretShapes.dialogue("C:AUTH PLAIN %s\r\n", "abcd".repeat(17_000));
    assertThat(masked(sent, Side.CLIENT)).matches("AUTH PLAIN \\*{68000}\r\n");
  }

  @Test
  void only_the_password_of_an_account_is_masked() {
    assertThat(server("C:ACL LIST\r\n|S:*1\r\n$29\r\nuser a on #12ab >abc ~* +@all\r\n"))
        .isEqualTo("*1\r\n$29\r\nuser a on #**** >*** ~* +@all\r\n");
  }

  @Test
  void what_follows_a_login_in_ManageSieve_is_shown() {
    Conversation sent =
        SecretShapes.dialogue(
            "C:AUTHENTICATE \"PLAIN\"\r\n|S:\"\"\r\n|C:\"abcd\"\r\n|S:OK\r\n|C:LISTSCRIPTS\r\n",
            "");
    assertThat(masked(sent, Side.CLIENT))
        .isEqualTo("AUTHENTICATE \"PLAIN\"\r\n******\r\nLISTSCRIPTS\r\n");
  }

  @Test
  void a_file_that_MySQL_loads_is_shown() {
    Conversation sent =
        SecretShapes.dialogue(
            "S:\14\0\0\0\n8.0.0\0\1\0\0\0x|C:\1\0\0\1\0|C:\5\0\0\0\3LOAD|S:\2\0\0\1\373f|C:\4\0\0\2data",
            "");
    assertThat(masked(sent, Side.CLIENT)).endsWith("data");
  }

  @Test
  void passwords_of_RADIUS_are_masked_also_before_padding() {
    String head = "\1\7\0\60" + "a".repeat(16);
    String microsoft = "\32\14\0\0\1\67\31\6abcd";
    String other = "\32\10\0\0\1\70\31\2";
    String request = head + "\2\10secret" + microsoft + other + "pad";
    Conversation sent = ConversationBuilder.udp().client(request).conversation();
    assertThat(masked(sent, Side.CLIENT))
        .isEqualTo(request.replace("secret", "******").replace("abcd", "****"));
  }
}
