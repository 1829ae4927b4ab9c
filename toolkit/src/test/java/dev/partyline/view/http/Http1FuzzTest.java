package dev.partyline.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.AllocatedMemory;
import dev.partyline.view.Dump;
import dev.partyline.view.Flaw;
import dev.partyline.view.Mutations;
import dev.partyline.view.ProcessorTime;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Reads mutated conversations: the view throws nothing and does not hang, and memory stays in
 * proportion.
 *
 * <p>How many: {@code -Dpartyline.fuzz=1000000}. A failure names the seed that replays it.
 */
class Http1FuzzTest {
  private static final int COUNT = Integer.getInteger("partyline.fuzz", 20_000);

  /** Far above what the slowest case takes on a slow machine, far below a hang. */
  private static final Duration MAX_PROCESSOR_TIME = Duration.ofSeconds(20);

  /**
   * Bytes allocated for each byte of the input, nearly all of them for a moment: what stays of the
   * shortest request is twenty times as large as it.
   */
  private static final int MAX_BYTES_PER_INPUT_BYTE = 250;

  private static final int BASE_BYTES = 200_000;

  private static final List<Bytes> FRAGMENTS =
      Stream.of(
              "\r\n",
              "\n",
              "\r",
              "\0",
              " ",
              ":",
              "\t",
              "\r\n\r\n",
              "Content-Length: 5\r\n",
              "Content-Length: 99999999999999999999\r\n",
              "Transfer-Encoding: chunked\r\n",
              "Transfer-Encoding : x\r\n",
              "Content-Encoding: gzip\r\n",
              "Connection: upgrade\r\nUpgrade: x\r\n",
              "ffffffffffffffff\r\n",
              "5;a=\"\r\n",
              "0\r\n\r\n",
              "HTTP/1.1 101 x\r\n\r\n",
              "HTTP/1.1 100 x\r\n\r\n",
              "HTTP/1.1 204 x\r\n",
              "HEAD / HTTP/1.1\r\n\r\n",
              "CONNECT a:1 HTTP/1.1\r\n\r\n",
              "PRI * HTTP/2.0",
              "%",
              "-",
              ",")
          .map(Bytes::utf8)
          .toList();

  /** Memory for the classes that a first reading loads does not depend on the input. */
  @BeforeAll
  static void preloadClasses() {
    for (int seed = 0; seed < 100; seed++) {
      checkMessages(conversation(seed, new SplittableRandom(seed)));
    }
  }

  @Test
  void nothingButFlawsComesOutOfAnyBytes() {
    int messageCount = 0;
    for (int seed = 0; seed < COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Conversation conversation = conversation(seed, random);
      Duration start = ProcessorTime.now();
      try {
        assertMemoryInProportion(conversation);
        messageCount += checkMessages(conversation);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ":\n" + Dump.ascii(conversation), e);
      }
      assertThat(ProcessorTime.now().minus(start))
          .as("seed " + seed)
          .isLessThan(MAX_PROCESSOR_TIME);
    }
    assertThat(messageCount).as("messages that were read").isGreaterThan(COUNT);
  }

  private static int checkMessages(Conversation conversation) {
    Http1 http = Http1.of(conversation);
    List<Http1Message> messages = new ArrayList<>(http.requests());
    messages.addAll(http.responses());
    for (Http1Message message : messages) {
      assertThat(message.offset()).isLessThanOrEqualTo(message.headEndOffset());
      assertThat(message.headEndOffset()).isLessThanOrEqualTo(message.endOffset());
      assertThat(message.endOffset()).isLessThanOrEqualTo(conversation.byteCount(message.side()));
      for (Flaw flaw : message.flaws()) {
        assertThat(flaw.offset())
            .isBetween(message.offset() - 1000, conversation.byteCount(message.side()));
      }
      for (Http1Header header : message.headers()) {
        assertThat(header.text().length()).isLessThanOrEqualTo(header.line().bytes().size());
      }
      assertThat((long) message.body().bytes().size()).isEqualTo(message.body().size());
      assertThat(message.body().chunks()).isNotNull();
      if (message.body().codings().size() < 3) {
        assertThat(message.body().decoded(1000)).isNotNull();
      }
    }
    assertThat(Curl.verbose(conversation)).isNotEmpty();
    http.requests().forEach(request -> assertThat(Curl.command(request)).isNotEmpty());
    return messages.size();
  }

  private static Conversation conversation(int seed, SplittableRandom random) {
    Http1Generator generator = new Http1Generator(seed, true);
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    ByteArrayOutputStream server = new ByteArrayOutputStream();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      client.writeBytes(generator.request(60));
      server.writeBytes(generator.response(60));
    }
    List<Event> events = new ArrayList<>();
    addSent(
        events,
        Side.CLIENT,
        Mutations.mutated(Bytes.of(client.toByteArray()), FRAGMENTS, random),
        random);
    addSent(
        events,
        Side.SERVER,
        Mutations.mutated(Bytes.of(server.toByteArray()), FRAGMENTS, random),
        random);
    if (random.nextInt(2) == 0) {
      events.add(new Event.Fin(Side.SERVER, 0));
    }
    return Conversation.of(events);
  }

  private static void addSent(List<Event> events, Side side, Bytes bytes, SplittableRandom random) {
    int middle = random.nextInt(bytes.size() + 1);
    events.add(new Event.Sent(side, 0, bytes.slice(0, middle)));
    events.add(new Event.Sent(side, 0, bytes.slice(middle, bytes.size())));
  }

  @Test
  void timeAndMemoryGrowWithTheInputAndNoFaster() {
    List<String> units =
        List.of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\r\na\r\n".repeat(40)
                + "0\r\n\r\n");
    for (String unit : units) {
      byte[] bytes = Bytes.utf8(unit.repeat(4_000_000 / unit.length())).toArray();
      assertLinear(Bytes.of(bytes));
    }
    String post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertLinear(Bytes.utf8(post + "1\r\na\r\n".repeat(700_000)));
    assertLinear(Bytes.utf8("GET / HTTP/1.1\r\n" + "a:\r\n".repeat(250_000)));
    assertLinear(Bytes.utf8("GET / HTTP/1.1\r\na: b\r\n" + " \r\n".repeat(300_000)));
    assertLinear(Bytes.utf8("GET / HTTP/1.1\r\na: b" + " ".repeat(900_000) + "c\r\n d\r\n\r\n"));
    assertLinear(Bytes.utf8("\r\n".repeat(2_000_000)));
    byte[] endless = new byte[4_000_000];
    Arrays.fill(endless, (byte) 'a');
    assertLinear(Bytes.of(endless));
  }

  private static void assertLinear(Bytes bytes) {
    Conversation conversation = Http1Conversations.client(bytes);
    Duration start = ProcessorTime.now();
    assertMemoryInProportion(conversation);
    for (Http1Request request : Http1.of(conversation).requests()) {
      assertThat(request.headers()).allSatisfy(each -> assertThat(each.text()).isNotNull());
    }
    assertThat(ProcessorTime.now().minus(start)).isLessThan(MAX_PROCESSOR_TIME);
  }

  private static void assertMemoryInProportion(Conversation conversation) {
    long allocatedBefore = AllocatedMemory.bytes();
    assertThat(Http1.of(conversation).exchanges()).isNotNull();
    long size = conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER);
    assertThat(AllocatedMemory.bytes() - allocatedBefore)
        .isLessThan(BASE_BYTES + MAX_BYTES_PER_INPUT_BYTE * size);
  }
}
