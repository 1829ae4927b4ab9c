package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.view.http2.Http2;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SecretShapesTest {
  private static final String SECRET = "Zq7rX2mLw9";

  private static final Pattern NO_WORD =
      Pattern.compile("(?=[A-Za-z0-9]{6})(?=[A-Za-z]{0,5}\\d)(?=\\d{0,5}[A-Za-z])");

  private static final List<String> PROTOCOLS =
      List.of(
          "HTTP/1",
          "HTTP/2",
          "SMTP",
          "IMAP",
          "POP3",
          "Redis",
          "PostgreSQL",
          "MySQL",
          "MQTT",
          "LDAP",
          "by hand");

  @Test
  void each_protocol_has_its_shapes() {
    Map<String, Long> counts =
        SecretShapes.all().keySet().stream()
            .map(name -> PROTOCOLS.stream().filter(name::startsWith).findFirst().orElse("other"))
            .collect(Collectors.groupingBy(protocol -> protocol, Collectors.counting()));
    assertThat(counts).containsKeys(PROTOCOLS.toArray(String[]::new));
    assertThat(SecretShapes.all()).hasSizeGreaterThanOrEqualTo(80);
  }

  @TestFactory
  Stream<DynamicTest> the_secret_is_in_no_output() {
    return SecretShapes.all().entrySet().stream()
        .map(
            shape ->
                DynamicTest.dynamicTest(
                    shape.getKey(), () -> assertHidden(shape.getValue().apply(SECRET), SECRET)));
  }

  @TestFactory
  Stream<DynamicTest> a_secret_is_masked_with_all_that_it_is_a_part_of() {
    String base64 =
        Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.ISO_8859_1));
    return ApiShapes.ofLongerSecrets().entrySet().stream()
        .map(
            shape ->
                DynamicTest.dynamicTest(
                    shape.getKey(),
                    () -> {
                      Conversation sent = SecretShapes.dialogue(shape.getValue(), SECRET);
                      for (String output : Outputs.of(sent)) {
                        assertThat(output).doesNotContain(SECRET).doesNotContain(base64);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> a_secret_is_masked_in_each_syntax_that_names_it() {
    return TextShapes.all().stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text.length() < 100 ? text : text.substring(0, 100),
                    () -> {
                      Bytes sent = Bytes.utf8(text.replace("%s", SECRET));
                      String shown = Redaction.standard().apply(sent).utf8();
                      assertThat(shown).hasSize(sent.size()).doesNotContain(SECRET);
                      assertThat(shown.replace("*", "")).isNotEmpty();
                    }));
  }

  @Test
  void a_stream_that_ends_anywhere_keeps_its_size() {
    for (Function<String, Conversation> shape : SecretShapes.all().values()) {
      for (Event event : shape.apply(SECRET).events()) {
        Bytes bytes = ((Event.Sent) event).bytes();
        for (int end = 0; end <= bytes.size(); end++) {
          Conversation cut =
              Conversation.of(List.of(new Event.Sent(event.side(), 0, bytes.slice(0, end))));
          assertThat(Redaction.standard().apply(cut).bytes(event.side()).size()).isEqualTo(end);
        }
      }
    }
  }

  @Property(tries = 1000)
  void no_secret_shows_however_the_stream_is_split(
      @ForAll("secrets") String secret, @ForAll Random random) {
    List<Function<String, Conversation>> shapes = List.copyOf(SecretShapes.all().values());
    Function<String, Conversation> shape = shapes.get(random.nextInt(shapes.size()));
    assertHidden(split(shape.apply(secret), random), secret);
  }

  @Provide
  Arbitrary<String> secrets() {
    // One letter again and again may stand in an output by chance, as in 0.000000000.
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars("._~-+=")
        .ofMinLength(8)
        .ofMaxLength(64)
        .filter(secret -> secret.chars().distinct().count() > 4)
        // A token that reads as a word is shown where the name may be that of anything.
        .filter(secret -> NO_WORD.matcher(secret).find());
  }

  private static Conversation split(Conversation conversation, Random random) {
    List<Event> events = new ArrayList<>();
    for (Event event : conversation.events()) {
      Bytes bytes = ((Event.Sent) event).bytes();
      for (int offset = 0; offset < bytes.size(); ) {
        int end = Math.min(bytes.size(), offset + 1 + random.nextInt(20));
        events.add(new Event.Sent(event.side(), 0, bytes.slice(offset, end)));
        offset = end;
      }
    }
    return Conversation.of(events);
  }

  private static void assertHidden(Conversation conversation, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.ISO_8859_1);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    Conversation masked = Redaction.standard().apply(conversation);
    boolean isEncoded = conversation.indexOf(Side.CLIENT, Bytes.utf8(base64), 0) >= 0;
    List<String> outputs = new ArrayList<>(Outputs.of(conversation));
    outputs.addAll(Outputs.failures(conversation, isEncoded ? base64 : secret));
    for (String output : outputs) {
      assertThat(output)
          .doesNotContain(secret)
          .doesNotContain(secret.substring(0, secret.length() - 1))
          .doesNotContain(secret.substring(1))
          .doesNotContain(base64.substring(0, base64.length() - 1));
    }
    for (Side side : Side.values()) {
      assertThat(stream(masked, side).size()).isEqualTo(stream(conversation, side).size());
      String hex = HexFormat.of().formatHex(stream(masked, side).toArray());
      assertThat(hex).doesNotContain(HexFormat.of().formatHex(bytes));
    }
    assertThat(Http2.of(masked).flaws()).isEqualTo(Http2.of(conversation).flaws());
  }

  private static Bytes stream(Conversation conversation, Side side) {
    return Bytes.join(
        conversation.events().stream()
            .filter(event -> event.side() == side)
            .map(event -> ((Event.Sent) event).bytes())
            .toList());
  }
}
