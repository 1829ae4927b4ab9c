package dev.partyline.junit5.internal.report;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.store.Pcapng;
import dev.partyline.store.PcapngOptions;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one listener, client or tap has recorded, as a capture.
 *
 * @param name the name of its file, without {@code .pcapng}
 * @param hosts the names of the listeners and taps of the test
 */
public record Capture(
    String name,
    Recording recording,
    Redaction redaction,
    String testName,
    Map<SocketAddress, String> hosts)
    implements FileContent {
  /** Of a connection with more than twice as much, that is at both ends. */
  private static final long MAX_BYTES_WHILE_MASKING = 8 << 20;

  @Override
  public void write(Path file) throws IOException {
    PcapngOptions options = PcapngOptions.standard().testName(testName).redacting(redaction);
    for (Map.Entry<SocketAddress, String> host : hosts.entrySet()) {
      options = options.host(host.getKey(), host.getValue());
    }
    Pcapng.write(recording, file, options);
  }

  /** Returns how many bytes the file has at least. */
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
