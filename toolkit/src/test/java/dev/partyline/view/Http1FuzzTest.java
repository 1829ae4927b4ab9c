package dev.partyline.view;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Throws mutated conversations at the view: nothing comes out but flaws, nothing hangs, and memory
 * stays in proportion.
 *
 * <p>How many: {@code -Dpartyline.fuzz=1000000}. A failure names the seed that replays it.
 */
class Http1FuzzTest {
  private static final int COUNT = Integer.getInteger("partyline.fuzz", 20_000);

  /** Far above what the slowest case takes on a slow machine, far below a hang. */
  private static final Duration HANG = Duration.ofSeconds(20);

  /**
   * Bytes asked for in all for each byte of the input, nearly all of them for a moment: what stays
   * of the shortest of requests is twenty times as large.
   */
  private static final int TIMES = 250;

  private static final int BESIDE = 200_000;

  private static final List<String> PIECES =
      List.of(
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
          ",");

  /** The classes that a first reading loads are no memory that the bytes have asked for. */
  @BeforeAll
  static void loadWhatReadingTakes() {
    for (int seed = 0; seed < 100; seed++) {
      look(conversation(seed, new SplittableRandom(seed)));
    }
  }

  @Test
  void nothingButFlawsComesOutOfAnyBytes() {
    int read = 0;
    for (int seed = 0; seed < COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Conversation conversation = conversation(seed, random);
      long start = System.nanoTime();
      try {
        inProportion(conversation);
        read += look(conversation);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ":\n" + Dump.ascii(conversation), e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as("seed " + seed).isLessThan(HANG);
    }
    assertThat(read).as("messages that were read").isGreaterThan(COUNT);
  }

  private static int look(Conversation conversation) {
    Http1 http = Http1.of(conversation);
    List<Http1Message> messages = new ArrayList<>(http.requests());
    messages.addAll(http.responses());
    for (Http1Message message : messages) {
      assertThat(message.at()).isLessThanOrEqualTo(message.headEnd());
      assertThat(message.headEnd()).isLessThanOrEqualTo(message.end());
      assertThat(message.end()).isLessThanOrEqualTo(conversation.count(message.side()));
      for (Flaw flaw : message.flaws()) {
        assertThat(flaw.at()).isBetween(message.at() - 1000, conversation.count(message.side()));
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
    Http1Generator scribbler = new Http1Generator(seed, true);
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    ByteArrayOutputStream server = new ByteArrayOutputStream();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      client.writeBytes(scribbler.request(60));
      server.writeBytes(scribbler.response(60));
    }
    List<Event> events = new ArrayList<>();
    sent(events, Side.CLIENT, mutated(client.toByteArray(), random), random);
    sent(events, Side.SERVER, mutated(server.toByteArray(), random), random);
    if (random.nextInt(2) == 0) {
      events.add(new Event.Finished(Side.SERVER, 0));
    }
    return Conversation.of(events);
  }

  private static void sent(List<Event> events, Side side, Bytes bytes, SplittableRandom random) {
    int middle = random.nextInt(bytes.size() + 1);
    events.add(new Event.Sent(side, 0, bytes.slice(0, middle)));
    events.add(new Event.Sent(side, 0, bytes.slice(middle, bytes.size())));
  }

  private static Bytes mutated(byte[] bytes, SplittableRandom random) {
    Bytes all = Bytes.of(bytes);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(all.size() + 1);
      int to = Math.min(all.size(), at + random.nextInt(9));
      Bytes head = all.slice(0, at);
      Bytes tail = all.slice(to, all.size());
      all =
          switch (random.nextInt(5)) {
            case 0 -> head;
            case 1 -> head.plus(tail);
            case 2 -> head.plus(Bytes.of((byte) random.nextInt())).plus(all.slice(at, all.size()));
            case 3 -> head.plus(all.slice(0, Math.min(all.size(), 80))).plus(tail);
            default ->
                head.plus(Bytes.utf8(PIECES.get(random.nextInt(PIECES.size()))))
                    .plus(all.slice(at, all.size()));
          };
    }
    return all;
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
      holds(Bytes.of(bytes));
    }
    String post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    holds(Bytes.utf8(post + "1\r\na\r\n".repeat(700_000)));
    holds(Bytes.utf8("GET / HTTP/1.1\r\n" + "a:\r\n".repeat(250_000)));
    holds(Bytes.utf8("GET / HTTP/1.1\r\na: b\r\n" + " \r\n".repeat(300_000)));
    holds(Bytes.utf8("GET / HTTP/1.1\r\na: b" + " ".repeat(900_000) + "c\r\n d\r\n\r\n"));
    holds(Bytes.utf8("\r\n".repeat(2_000_000)));
    byte[] endless = new byte[4_000_000];
    Arrays.fill(endless, (byte) 'a');
    holds(Bytes.of(endless));
  }

  private static void holds(Bytes bytes) {
    Conversation conversation = Http1Conversations.client(bytes);
    long start = System.nanoTime();
    inProportion(conversation);
    for (Http1Request request : Http1.of(conversation).requests()) {
      assertThat(request.headers()).allSatisfy(each -> assertThat(each.text()).isNotNull());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HANG);
  }

  private static void inProportion(Conversation conversation) {
    long before = AllocatedMemory.bytes();
    assertThat(Http1.of(conversation).exchanges()).isNotNull();
    long size = conversation.count(Side.CLIENT) + conversation.count(Side.SERVER);
    assertThat(AllocatedMemory.bytes() - before).isLessThan(BESIDE + TIMES * size);
  }
}
