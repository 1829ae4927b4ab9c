package dev.partyline.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.view.Flaw;
import dev.partyline.view.Span;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can have bytes of a conversation prints without its secrets, because JUnit and AssertJ print
 * the objects of a test that fails.
 */
public class PrintedSecretsTest {
  /** What a test has written itself, or what the machine says of its sockets. */
  private static final Set<String> OTHER_PACKAGES =
      Set.of("filter", "hunt", "netstat", "ports", "report", "script", "tls");

  /** What has a text or bytes, but none of those that a test must not show. */
  private static final Set<String> OTHERS =
      Set.of(
          // Bytes that are not those of a view are what a test has asked for.
          "wire.Bytes",
          // Addresses and sizes.
          "loopback.Client",
          "loopback.Listener",
          "loopback.Tap",
          "weather.spi.ConnectionDirection",
          "weather.spi.Delivery",
          "wire.Conversation",
          // What was written by a test, or by us about what a fault or a session was.
          "loopback.ListenerMode$HandlerMode",
          "loopback.ListenerMode$ScriptMode",
          "script.player.Expectation",
          "script.player.Instruction$SendMessage",
          "script.player.Marks",
          "weather.Fault",
          "weather.Hit",
          "weather.spi.Admission",
          "wire.Note",
          "wire.Termination",
          "wire.TlsSession",
          // What anybody may read: names and records of DNS, the hellos of TLS.
          "view.dns.Dns",
          "view.dns.DnsMessage",
          "view.dns.DnsMessage$Question",
          "view.dns.DnsMessage$ResourceRecord",
          "view.tls.ClientHello",
          "view.tls.ServerHello",
          "view.tls.TlsMessages",
          "view.tls.TlsRecord");

  /** What says how much it has, and not what. */
  private static final Set<String> WITHOUT_CONTENT =
      Set.of(
          "script.player.Action$Send",
          "script.player.Cursor",
          "script.player.Cursor$Row",
          "script.player.Expectation$Result",
          "script.player.ScriptRun",
          "view.http.Http1",
          "view.http.Http1Body",
          // The line of a chunk has no secret here.
          "view.http.Http1Chunk",
          "weather.spi.Verdict$Replace",
          "wire.Event$Sent");

  static Stream<Conversation> conversations() {
    return PrintedElements.conversations().stream();
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void nothing_of_a_conversation_prints_its_secret(Conversation conversation) {
    for (Object element : PrintedElements.of(conversation)) {
      assertThat(element.toString()).satisfies(PrintedElements::assertHidden);
    }
  }

  @Test
  void all_that_has_content_prints_it_of_an_exact_conversation() {
    Set<String> printed = new TreeSet<>();
    for (Conversation conversation : PrintedElements.conversations()) {
      for (Object element : PrintedElements.of(conversation.exact())) {
        if (element.toString().contains(PrintedElements.SECRET)) {
          printed.add(name(element.getClass()));
        }
      }
    }
    Set<String> expected = names(checkedElements());
    expected.removeAll(WITHOUT_CONTENT);
    assertThat(printed).isEqualTo(expected);
  }

  @Test
  void every_public_type_that_can_have_bytes_is_known() {
    Set<String> known = names(checkedElements());
    known.addAll(OTHERS);
    Library library = Library.of(getClass());
    Set<String> found = new TreeSet<>();
    library.exports().stream()
        .filter(each -> !OTHER_PACKAGES.contains(shortName(each)))
        .flatMap(library::classesOf)
        .filter(PrintedSecretsTest::canHaveBytes)
        .forEach(type -> found.add(name(type)));
    assertThat(found).isEqualTo(known);
  }

  @Test
  void a_failure_of_assertj_does_not_show_it() {
    for (Conversation conversation : PrintedElements.conversations()) {
      List<Object> elements = PrintedElements.of(conversation);
      Throwable failure = catchThrowable(() -> assertThat(elements).isEmpty());
      assertThat(failure).isInstanceOf(AssertionError.class);
      PrintedElements.assertHidden(String.valueOf(failure.getMessage()));
    }
  }

  private static List<Object> checkedElements() {
    return PrintedElements.conversations().stream()
        .flatMap(each -> PrintedElements.of(each).stream())
        .toList();
  }

  private static Set<String> names(List<Object> elements) {
    Set<String> names = new TreeSet<>();
    elements.forEach(element -> names.add(name(element.getClass())));
    return names;
  }

  private static String name(Class<?> type) {
    return shortName(type.getName());
  }

  private static String shortName(String name) {
    return name.substring("dev.partyline.".length());
  }

  /** Returns whether it is a value, or prints itself, and has bytes or a text. */
  private static boolean canHaveBytes(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && !Modifier.isAbstract(type.getModifiers())
        && !type.isEnum()
        && !Throwable.class.isAssignableFrom(type)
        && (type.isRecord() || printsItself(type))
        && Arrays.stream(type.getMethods())
            .filter(PrintedSecretsTest::isAccessor)
            .anyMatch(method -> canHaveBytes(method.getGenericReturnType()));
  }

  private static boolean printsItself(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .anyMatch(
            method ->
                method.getName().equals("toString")
                    && method.getParameterCount() == 0
                    && method.getDeclaringClass() != Object.class);
  }

  private static boolean isAccessor(Method method) {
    return !Modifier.isStatic(method.getModifiers())
        && method.getParameterCount() == 0
        && method.getDeclaringClass() != Object.class
        && !method.getName().equals("toString");
  }

  private static boolean canHaveBytes(Type type) {
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .anyMatch(PrintedSecretsTest::canHaveBytes);
    }
    return Set.<Type>of(
                Bytes.class, ByteBuffer.class, byte[].class, String.class, Span.class, Flaw.class)
            .contains(type)
        || type instanceof Class<?> part
            && part.getName().startsWith("dev.partyline.view.http.")
            && !Optional.ofNullable(part.getEnumConstants()).isPresent();
  }
}
