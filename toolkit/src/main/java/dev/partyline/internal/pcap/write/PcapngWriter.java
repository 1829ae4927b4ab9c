package dev.partyline.internal.pcap.write;

import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Writes the conversations of a recording into a file, in the order of their events. */
public final class PcapngWriter {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final PcapngFile file;
  private final CaptureLabels labels;
  private final UnaryOperator<Conversation> redaction;
  private final long startNanos;
  private final AddressPlan plan = new AddressPlan();

  private PcapngWriter(
      PcapngFile file,
      CaptureLabels labels,
      Instant startedAt,
      UnaryOperator<Conversation> redaction) {
    this.file = file;
    this.labels = labels;
    this.redaction = redaction;
    this.startNanos = startedAt.getEpochSecond() * NANOS_PER_SECOND + startedAt.getNano();
  }

  /**
   * Writes a file.
   *
   * @param path where it is; what was there is overwritten
   * @param redaction what masks a conversation that is not {@link Conversation#isExact() exact}
   */
  public static void write(
      Recording recording, Path path, CaptureLabels labels, UnaryOperator<Conversation> redaction)
      throws IOException {
    List<Conversation> conversations = recording.conversations();
    try (PcapngFile file = new PcapngFile(path)) {
      file.write(PcapngBlocks.sectionHeader(sectionComments(labels, conversations, recording)));
      file.write(PcapngBlocks.interfaceDescription());
      if (!labels.hosts().isEmpty()) {
        file.write(PcapngBlocks.nameResolution(names(labels.hosts())));
      }
      if (!labels.keyLog().isEmpty()) {
        file.write(PcapngBlocks.decryptionSecrets(labels.keyLog()));
      }
      PcapngWriter writer = new PcapngWriter(file, labels, recording.startedAt(), redaction);
      CaptureOrder.visit(conversations, writer::open);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e.getCause());
    }
  }

  private static List<String> sectionComments(
      CaptureLabels labels, List<Conversation> conversations, Recording recording) {
    List<String> comments = new ArrayList<>();
    if (!labels.testName().isEmpty()) {
      comments.add("test: " + Bytes.utf8(labels.testName()).escaped());
    }
    comments.add(
        "made from a recording: bytes, times, ends and their order were recorded;"
            + " handshakes, sequence numbers and acknowledgements are made up");
    boolean isExact = conversations.stream().allMatch(Conversation::isExact);
    comments.add(
        isExact
            ? "secrets are not masked: every byte is as it was recorded"
            : "secrets are masked: an asterisk stands for each byte, so lengths are as recorded");
    if (!labels.keyLog().isEmpty()) {
      comments.add("the file has the keys of TLS sessions, and what they decrypt is not masked");
    }
    if (recording.droppedConnections() > 0) {
      comments.add(
          Quantity.of(recording.droppedConnections(), "connection")
              + " were not kept, and are not in this file");
    }
    recording.problems().forEach(problem -> comments.add(Bytes.utf8(problem).escaped()));
    return comments;
  }

  private static Map<Bytes, Set<String>> names(Map<String, String> hosts) {
    Map<Bytes, Set<String>> names = new LinkedHashMap<>();
    hosts.forEach(
        (address, name) ->
            names
                .computeIfAbsent(AddressPlan.ip(address), ip -> new LinkedHashSet<>())
                // A NUL would end it.
                .add(Bytes.utf8(name).escaped()));
    return names;
  }

  /** Begins a conversation whose time has come. */
  private CaptureOrder.Running open(Conversation conversation) {
    AddressPlan.Plan planned = plan.open(conversation);
    MaskedRanges masked = MaskedRanges.of(conversation, redaction);
    FrameComments comments = new FrameComments(conversation, planned.remarks(), labels.hosts());
    FrameSink sink =
        (nanos, frame, payload) ->
            write(conversation.openedAtNanos() + nanos, planned.addresses(), frame, payload);
    FrameSource source =
        conversation.transport() == Transport.UDP
            ? new UdpFrames(conversation, masked, comments, planned.addresses().isIpv6(), sink)
            : new TcpFrames(conversation, masked, comments, sink);
    return new CaptureOrder.Running(conversation, source, () -> plan.close(planned.addresses()));
  }

  private void write(
      long nanos, AddressPair addresses, SyntheticFrame frame, FrameSink.Payload payload) {
    try {
      file.write(startNanos + nanos, addresses, frame, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
