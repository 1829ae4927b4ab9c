package dev.partyline.junit5.internal.report;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.store.Har;
import dev.partyline.store.HarOptions;
import dev.partyline.store.Pcapng;
import dev.partyline.store.PcapngOptions;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one listener, client or tap has recorded, as files that other programs read.
 *
 * @param name the name of its files, without what they end in
 * @param hosts the names of the listeners and taps of the test
 */
public record Capture(
    String name,
    Recording recording,
    Redaction redaction,
    String testName,
    Map<SocketAddress, String> hosts) {
  /** Of a connection with more than twice as much, that is at both ends. */
  private static final long MAX_BYTES_WHILE_MASKING = 8 << 20;

  /** Writes it for Wireshark. */
  void writePcapng(Path file) throws IOException {
    PcapngOptions options = PcapngOptions.standard().testName(testName).redacting(redaction);
    for (Map.Entry<SocketAddress, String> host : hosts.entrySet()) {
      options = options.host(host.getKey(), host.getValue());
    }
    Pcapng.write(recording, file, options);
  }

  /** Returns whether it has what a browser shows. */
  boolean hasHttp() {
    try {
      return Har.hasHttp(recording);
    } catch (UncheckedIOException e) {
      // To write it fails as well, and tells why.
      return true;
    }
  }

  /** Writes it for the network panel of a browser. */
  void writeHar(Path file) throws IOException {
    Har.write(recording, file, HarOptions.standard().testName(testName).redacting(redaction));
  }

  /** Returns how many bytes a capture has at least. */
  long minBytes() {
    long maxBytes = redaction.equals(Redaction.none()) ? Long.MAX_VALUE : MAX_BYTES_WHILE_MASKING;
    return recording.conversations().stream()
        .mapToLong(
            each -> Math.min(maxBytes, keptBytes(each, Side.CLIENT) + keptBytes(each, Side.SERVER)))
        .sum();
  }

  private static long keptBytes(Conversation conversation, Side side) {
    return conversation.byteCount(side) - conversation.droppedBytes(side);
  }
}
