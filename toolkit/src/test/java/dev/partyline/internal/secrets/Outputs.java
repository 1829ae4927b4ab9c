package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.assertions.PartylineAssertions;
import dev.partyline.assertions.SideAssert;
import dev.partyline.script.Script;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.view.Dump;
import dev.partyline.view.dns.Dns;
import dev.partyline.view.http.Curl;
import dev.partyline.view.http.Http1;
import dev.partyline.view.http.Http1Message;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.resp.Resp;
import dev.partyline.view.tls.TlsMessages;
import dev.partyline.view.websocket.WebSocket;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything that shows a conversation, with the secrets masked that are known without rules. */
public final class Outputs {
  /** Bytes in hex, as a script and a dump have them, each on a line. */
  private static final Pattern HEX =
      Pattern.compile("(?m)^(?:\\s*0x[0-9a-f]{4}:|.*?[CS]#) +((?:[0-9a-f]{2} ?)+)");

  private Outputs() {}

  /** Returns what is printed of a conversation. */
  public static List<String> of(Conversation conversation) {
    Conversation masked = Redaction.standard().apply(conversation);
    List<String> all =
        new ArrayList<>(
            List.of(
                Transcript.exact(masked),
                Transcript.plain(masked),
                Transcript.exact(Recording.of(masked)),
                FailureText.of(conversation, Redaction.standard()),
                Dump.ascii(conversation),
                Dump.hex(conversation),
                conversation.toString()));
    if (conversation.transport() == Transport.UDP) {
      all.add(Dns.of(conversation).toString());
    } else {
      all.add(Curl.verbose(conversation));
      all.add(Http1.of(conversation).toString());
      all.add(Http2.of(conversation).toString());
      all.add(Resp.of(conversation).toString());
      all.add(WebSocket.of(conversation).toString());
      all.add(TlsMessages.of(conversation).toString());
      all.addAll(elements(conversation));
    }
    return all;
  }

  /** Returns the parts of the views and their flaws, as AssertJ prints a list of them. */
  private static List<String> elements(Conversation conversation) {
    Http1 http = Http1.of(conversation);
    Stream<Http1Message> messages =
        Stream.concat(http.requests().stream(), http.responses().stream());
    Http2 http2 = Http2.of(conversation);
    Resp resp = Resp.of(conversation);
    WebSocket webSocket = WebSocket.of(conversation);
    return Stream.of(
            conversation.events(),
            http.exchanges(),
            messages.flatMap(each -> each.headers().stream()).toList(),
            http.flaws(),
            http2.frames(),
            http2.flaws(),
            resp.messages(),
            resp.flaws(),
            webSocket.frames(),
            webSocket.flaws())
        .map(String::valueOf)
        .toList();
  }

  /** Returns failures that each expect what was sent in another way, and say that it was not so. */
  public static List<String> failures(Conversation conversation, String sent) {
    SideAssert client = PartylineAssertions.assertThat(conversation).client();
    String script = Transcript.plain(conversation);
    return Stream.<Runnable>of(
            () -> client.sent(sent + "0"),
            () -> client.sentLine(sent + "0"),
            () -> client.sentExactly("x" + sent),
            () -> client.sentInOrder(sent, "nowhere"),
            () -> client.sentOnlyAfter(sent, "nowhere"),
            () -> client.sentNoMoreThan(1),
            () ->
                PartylineAssertions.assertThat(conversation)
                    .follows(Script.parse(script.strip() + "\nC: more")),
            () -> PartylineAssertions.assertThat(conversation).follows(Script.parse("C: nothing")),
            () ->
                PartylineAssertions.assertThat(conversation).viewedAs(Http2::of).shows(sent + "0"))
        .map(failure -> catchThrowable(failure::run))
        .map(failure -> failure == null ? "" : String.valueOf(failure.getMessage()))
        .toList();
  }

  /** Checks that no output has one of these texts, neither as it is nor in hex. */
  public static void assertHidden(List<String> outputs, List<String> texts) {
    for (String output : outputs) {
      String bytes = bytesInHex(output);
      for (String text : texts) {
        assertThat(output).doesNotContain(text);
        assertThat(bytes).doesNotContain(text);
      }
    }
  }

  private static String bytesInHex(String output) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher matcher = HEX.matcher(output);
    while (matcher.find()) {
      bytes.writeBytes(HexFormat.of().parseHex(matcher.group(1).replace(" ", "")));
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
