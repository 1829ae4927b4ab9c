package dev.partyline.samples.captures;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.peers.Program;
import dev.partyline.store.Pcapng;
import dev.partyline.store.PcapngOptions;
import dev.partyline.weather.Weather;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tap has seen, for Wireshark. */
class WritingCapturesTest {
  @TempDir private Path folder;

  // tag::write[]
  @Test
  void theAnswerIsCut() throws IOException {
    Weather weather = Weather.parse("cut after 2 bytes from server");
    try (Listener shop = Listener.playing("C: tea\nS: 3.50").start();
        Tap tap = Tap.to(shop.port()).in(weather).start()) {
      try (Client customer = Client.to(tap.address()).start()) {
        customer.sendLine("tea");
        assertThat(customer.readToEnd().utf8()).isEqualTo("3.");
      }
      tap.recording().awaitClosed(Duration.ofSeconds(5));
      PcapngOptions names =
          PcapngOptions.standard().testName("theAnswerIsCut()").host(shop.address(), "shop");
      Pcapng.write(tap, folder.resolve("tea.pcapng"), names);
    }
  }

  // end::write[]

  @AfterEach
  void tsharkShowsWhatTheFaultDid() {
    String printed =
        Program.run(
            "",
            "tshark",
            "-r",
            folder.resolve("tea.pcapng"),
            "-Y",
            "frame.comment",
            "-T",
            "fields",
            "-E",
            "separator=/s",
            "-e",
            "tcp.flags.str",
            "-e",
            "frame.comment");
    assertShown("capture", printed.replaceFirst("Running as user .*\n", ""));
  }
}
