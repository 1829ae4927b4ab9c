package dev.partyline.samples.captures;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.filter.Filter;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.ShownOutput;
import dev.partyline.script.Script;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.store.Pcapng;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A capture file of tcpdump turned into assertions, and into a listener. */
class ReadingACaptureTest {
  private Path file;

  @BeforeEach
  void find() throws URISyntaxException {
    file = Path.of(Objects.requireNonNull(getClass().getResource("redis.pcap")).toURI());
  }

  @Test
  void aCaptureIsARecording() {
    // tag::assert[]
    Recording captured = Pcapng.read(file, "tcp port 6379");

    assertThat(captured.problems()).isEmpty();
    assertThat(captured).hasConnections(1);
    assertThat(captured).connection().client().sentInOrder("SET", "tea", "GET", "tea", "QUIT");
    assertThat(captured).connection().server().sentOnlyAfter("sold", "GET");
    // end::assert[]
    assertThat(captured.matching(Filter.parse("udp")::matches).conversations()).isEmpty();
  }

  @Test
  void aCapturedServerAnswersAgain() {
    // tag::play[]
    Conversation captured = Pcapng.read(file).conversations().get(0);
    Script script = Transcript.script(captured);

    try (Listener redis = Listener.playing(script).start();
        Client client = Client.to(redis.address()).playing(script).start()) {
      assertThat(client).within(ofSeconds(5)).finishedScript();
      assertThat(client).server().sent("sold");
    }
    // end::play[]
  }

  @Test
  void aCapturePrintsAsAScript() {
    Conversation captured = Pcapng.read(file).conversations().get(0);
    ShownOutput.assertShown("captured-transcript", Transcript.plain(captured));
    assertThat(captured.closedFirst()).contains(Side.SERVER);
  }
}
