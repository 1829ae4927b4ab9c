package dev.partyline.view.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.EnginePair;
import dev.partyline.tls.Tls;
import dev.partyline.tls.TlsFault;
import dev.partyline.view.Flaw;
import dev.partyline.view.Mutations;
import dev.partyline.view.ProcessorTime;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/**
 * Reads mutated handshakes: the view throws nothing and does not hang, and its offsets are
 * consistent.
 *
 * <p>How many: {@code -Dpartyline.fuzz=1000000}. A failure names the seed that replays it.
 */
class TlsMessagesFuzzTest {
  private static final int COUNT = Integer.getInteger("partyline.fuzz", 20_000);

  /** Far above what the slowest case takes on a slow machine, far below a hang. */
  private static final Duration MAX_PROCESSOR_TIME = Duration.ofSeconds(20);

  @Test
  void noBytesMakeItThrowOrHang() throws SSLException {
    List<Bytes> corpus = corpus();
    int completeCount = 0;
    int flawedCount = 0;
    for (int seed = 0; seed < COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Conversation conversation = conversation(random, corpus);
      Duration start = ProcessorTime.now();
      try {
        TlsMessages messages =
            TlsMessages.of(conversation, random.nextInt(2) == 0 ? 0 : random.nextInt(9), 0);
        check(messages, conversation);
        completeCount +=
            messages.clientHello().isPresent() && messages.serverHello().isPresent() ? 1 : 0;
        flawedCount += messages.flaws().isEmpty() ? 0 : 1;
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
      assertThat(ProcessorTime.now().minus(start))
          .as("seed %d", seed)
          .isLessThan(MAX_PROCESSOR_TIME);
    }
    assertThat(completeCount).as("conversations with both hellos").isGreaterThan(COUNT / 50);
    assertThat(flawedCount).as("conversations with flaws").isGreaterThan(COUNT / 20);
  }

  private static void check(TlsMessages messages, Conversation conversation) {
    for (Side side : Side.values()) {
      long size = conversation.byteCount(side);
      long expectedOffset = -1;
      for (TlsRecord record : messages.records(side)) {
        assertThat(expectedOffset == -1 || record.offset() == expectedOffset).isTrue();
        expectedOffset = record.endOffset();
        assertThat(record.offset()).isLessThan(size);
      }
    }
    for (Flaw flaw : messages.flaws()) {
      assertThat(flaw.offset()).isBetween(0L, conversation.byteCount(flaw.side()));
    }
    assertThat(messages.toString()).isNotNull();
  }

  private static List<Bytes> corpus() throws SSLException {
    List<Bytes> all = new ArrayList<>();
    for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
      Tls client = Tls.standard().protocols(version).alpn("h2", "http/1.1");
      Tls server =
          Tls.standard().alpn("h2").certificate(CertificateSpec.standard().forHosts("a.b"));
      EnginePair pair = EnginePair.of(client, "a.b", server).handshake();
      all.add(pair.sentBy(Side.CLIENT));
      all.add(pair.sentBy(Side.SERVER));
    }
    for (Side side : Side.values()) {
      all.add(TlsFault.wrongVersion().insteadOfHello(side).orElseThrow());
    }
    all.add(TlsFault.fatalAlert("decode_error").insteadOfHello(Side.SERVER).orElseThrow());
    return all;
  }

  private static Conversation conversation(SplittableRandom random, List<Bytes> corpus) {
    List<Event> events = new ArrayList<>();
    int handshake = random.nextInt(2) * 2;
    for (Side side : Side.values()) {
      Bytes base =
          random.nextInt(4) > 0
              ? corpus.get(handshake + side.ordinal())
              : corpus.get(random.nextInt(corpus.size()));
      Bytes bytes = Mutations.mutated(base, random);
      for (int start = 0; start < bytes.size(); ) {
        int end = Math.min(bytes.size(), start + 1 + random.nextInt(2000));
        events.add(new Event.Sent(side, 0, bytes.slice(start, end)));
        start = end;
      }
    }
    return Conversation.of(events);
  }
}
