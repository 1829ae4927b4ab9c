package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Where a recording has lost what a secret would be known by. */
class GapSecretsTest {
  private static final String SECRET = "Zq7rX2mLw9kTp4Vd";

  private static final String VALUE_THAT_ENDS_AT_ITS_OWN_BOUNDARY = "HTTP/1 API part with lines";

  /** How much of a secret may be seen by chance, or where all before it is lost. */
  private static final int MIN_PART = 6;

  /** Returns a conversation of which these bytes were not kept, counted over both sides. */
  private static Conversation without(Conversation conversation, int offset, int endOffset) {
    List<Event> events = new ArrayList<>();
    int[] dropped = new int[2];
    int position = 0;
    for (Event event : conversation.events()) {
      if (event instanceof Event.Sent sent) {
        int size = sent.bytes().size();
        int start = Math.min(size, Math.max(0, offset - position));
        int end = Math.max(start, Math.min(size, endOffset - position));
        add(events, sent, 0, start, dropped);
        dropped[sent.side().ordinal()] += end - start;
        add(events, sent, end, size, dropped);
        position += size;
      } else {
        events.add(event);
      }
    }
    for (Side side : Side.values()) {
      flush(events, side, dropped);
    }
    return Conversation.of(events);
  }

  private static void add(List<Event> events, Event.Sent sent, int start, int end, int[] dropped) {
    if (start < end) {
      flush(events, sent.side(), dropped);
      events.add(new Event.Sent(sent.side(), 0, sent.bytes().slice(start, end)));
    }
  }

  private static void flush(List<Event> events, Side side, int[] dropped) {
    if (dropped[side.ordinal()] > 0) {
      events.add(new Event.Dropped(side, 0, dropped[side.ordinal()]));
      dropped[side.ordinal()] = 0;
    }
  }

  private static String kept(Conversation conversation) {
    StringBuilder text = new StringBuilder();
    for (Side side : Side.values()) {
      for (Event event : conversation.events()) {
        if (event instanceof Event.Sent sent && sent.side() == side) {
          text.append(new String(sent.bytes().toArray(), StandardCharsets.ISO_8859_1));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Returns the longest part of the secret that is in an output, if it is not too short. */
  private static String shown(Conversation conversation) {
    String output = kept(Redaction.standard().apply(conversation));
    String longest = "";
    for (int start = 0; start < SECRET.length(); start++) {
      for (int end = start + MIN_PART; end <= SECRET.length(); end++) {
        String part = SECRET.substring(start, end);
        if (part.length() > longest.length() && output.contains(part)) {
          longest = part;
        }
      }
    }
    return longest;
  }

  /** What tells one protocol from another; without it there is no telling what is a secret. */
  private static int openingSize(String shape) {
    return Pattern.compile("^(HTTP/2|MySQL|AMQP|PostgreSQL|LDAP|MQTT|SOCKS)").matcher(shape).find()
        ? 24
        : 0;
  }

  @TestFactory
  Stream<DynamicTest> a_gap_of_any_size_anywhere() {
    return SecretShapes.all().entrySet().stream()
        .filter(shape -> !shape.getKey().equals(VALUE_THAT_ENDS_AT_ITS_OWN_BOUNDARY))
        .map(
            shape ->
                DynamicTest.dynamicTest(
                    shape.getKey(),
                    () -> assertHidden(shape.getValue(), openingSize(shape.getKey()))));
  }

  private static void assertHidden(Function<String, Conversation> shape, int first) {
    Conversation conversation = shape.apply(SECRET);
    int size = size(conversation);
    for (int length : new int[] {1, 7, 40}) {
      for (int offset = first; offset + length <= size; offset++) {
        Conversation cut = without(conversation, offset, offset + length);
        assertThat(shown(cut)).as(() -> Transcript.plain(cut)).isEmpty();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> head_and_tail_of_any_size() {
    return SecretShapes.all().entrySet().stream()
        .filter(shape -> !shape.getKey().equals(VALUE_THAT_ENDS_AT_ITS_OWN_BOUNDARY))
        .map(
            shape ->
                DynamicTest.dynamicTest(
                    shape.getKey(),
                    () -> {
                      Conversation conversation = shape.getValue().apply(SECRET);
                      int size = size(conversation);
                      for (int kept = 2 * openingSize(shape.getKey()); kept < size; kept++) {
                        Conversation cut = conversation.truncatedTo(kept);
                        assertThat(shown(cut)).as(() -> Transcript.plain(cut)).isEmpty();
                      }
                    }));
  }

  private static int size(Conversation conversation) {
    return (int) (conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER));
  }

  @TestFactory
  Stream<DynamicTest> a_conversation_that_is_going_on() {
    return SecretShapes.all().entrySet().stream()
        .map(
            shape ->
                DynamicTest.dynamicTest(
                    shape.getKey(),
                    () -> {
                      Conversation all = shape.getValue().apply(SECRET);
                      for (int end = 0; end <= size(all); end++) {
                        Conversation sent = before(all, end);
                        assertThat(shown(sent)).as(() -> Transcript.plain(sent)).isEmpty();
                      }
                    }));
  }

  private static Conversation before(Conversation conversation, int end) {
    List<Event> events =
        without(conversation, end, size(conversation)).events().stream()
            .filter(event -> !(event instanceof Event.Dropped))
            .toList();
    return Conversation.of(events);
  }

  @TestFactory
  Stream<DynamicTest> a_beginning_that_was_not_kept() {
    return Stream.of(
            "C: GET /?token=%s HTTP/1.1\r\nAuthorization: Bearer %s\r\nX-Api-Key: %s\r\n\r\n",
            "C: {\"user\": \"me\", \"password\": \"%s\", \"token\": \"%s\"}",
            "C: -----BEGIN PRIVATE KEY-----\r\nabcd\r\n%s\r\n%s\r\n-----END PRIVATE KEY-----\r\n",
            "C: *3\r\n$4\r\nAUTH\r\n$1\r\nu\r\n$16\r\n%s\r\n",
            "C: a LOGIN {1+}\r\nu {16+}\r\n%s\r\n")
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text.strip(),
                    () -> {
                      Conversation all = SecretShapes.dialogue(text.replace("C: ", "C:"), SECRET);
                      for (int offset = 0; offset < size(all); offset++) {
                        Conversation cut = without(all, 0, offset);
                        assertThat(shown(cut)).as(() -> Transcript.plain(cut)).isEmpty();
                      }
                    }));
  }
}
