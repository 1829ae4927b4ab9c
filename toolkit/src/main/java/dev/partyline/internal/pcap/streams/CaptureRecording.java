package dev.partyline.internal.pcap.streams;

import dev.partyline.filter.Filter;
import dev.partyline.internal.pcap.read.CaptureReader;
import dev.partyline.internal.pcap.read.CapturedPacket;
import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.RecordingPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a capture file as a recording. */
public final class CaptureRecording {
  private final CaptureClock clock = new CaptureClock();
  private final Recorder recorder;
  private final CapturedConversations conversations;
  private final IpFragments fragments = new IpFragments();
  private final IpPacket ipPacket = new IpPacket();
  private final TransportSegment segment = new TransportSegment();

  /** How many packets are in what is not read, by its name. */
  private final Map<String, Long> unreadCounts = new TreeMap<>();

  private long damagedCount;

  private CaptureRecording(Filter filter, RecordingPolicy policy) {
    recorder = new Recorder(clock, policy);
    conversations = new CapturedConversations(recorder, clock, filter);
  }

  /**
   * Reads the TCP and UDP conversations of a file.
   *
   * @param file in pcap or pcapng
   * @param filter which conversations: those of which it picks a packet
   * @param policy how much of the bytes is kept, and where
   * @throws IllegalArgumentException if the file is no capture file, or cannot be read
   */
  public static Recording read(Path file, Filter filter, RecordingPolicy policy) {
    CaptureRecording result = new CaptureRecording(filter, policy);
    try (CaptureReader reader = CaptureReader.open(file)) {
      while (reader.next()) {
        result.onPacket(reader.packet(), reader.names());
      }
      result.onEnd(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException("file (" + file + ") cannot be read: " + e, e);
    }
    return result.recorder.recording();
  }

  private void onPacket(CapturedPacket packet, Map<String, String> names) {
    if (packet.hasTime()) {
      clock.setToPacket(packet.nanos());
    } else {
      clock.setToPacket();
    }
    int offset = LinkLayer.ipOffset(packet);
    switch (offset) {
      case LinkLayer.NO_IP -> {}
      case LinkLayer.UNKNOWN_LINK -> countUnread("link type " + packet.linkType());
      case LinkLayer.CUT -> damagedCount++;
      default -> {
        if (!countUnread(LinkLayer.unreadName(offset))) {
          onIp(packet, offset, names);
        }
      }
    }
  }

  /** Counts a packet if it is in what is not read; returns whether it is. */
  private boolean countUnread(@Nullable String name) {
    if (name != null) {
      unreadCounts.merge(name, 1L, Long::sum);
    }
    return name != null;
  }

  private void onIp(CapturedPacket packet, int offset, Map<String, String> names) {
    int skipped = offset - packet.offset();
    int end = packet.offset() + packet.length();
    boolean makesSense =
        ipPacket.parse(packet.array(), offset, end, packet.originalLength() - skipped);
    boolean isWhole = makesSense && isWhole();
    while (isWhole && ipPacket.isTunnel()) {
      makesSense = ipPacket.parseInner();
      isWhole = makesSense && isWhole();
    }
    if (!makesSense) {
      damagedCount++;
    } else if (isWhole && !countUnread(ipPacket.unreadName())) {
      onTransport(packet, names);
    }
  }

  /** Returns whether the packet is no fragment, or a whole datagram with those before. */
  private boolean isWhole() {
    // A first fragment that was cut has the ports, and will never be whole.
    return !ipPacket.isFragment()
        || ipPacket.isCutFirstFragment()
        || fragments.add(ipPacket, clock.nanos());
  }

  private void onTransport(CapturedPacket packet, Map<String, String> names) {
    boolean isTransport =
        ipPacket.protocol() == IpPacket.TCP || ipPacket.protocol() == IpPacket.UDP;
    if (isTransport && segment.parse(ipPacket)) {
      conversations.onPacket(ipPacket, segment, packet.comments(), names);
    } else if (isTransport) {
      damagedCount++;
    }
  }

  private void onEnd(CaptureReader reader) {
    conversations.onEnd();
    clock.setToLast();
    recorder.recordStart(clock.earliest(), clock.earliestNanos());
    reader.problem().ifPresent(recorder::recordProblem);
    unreadCounts.forEach((name, count) -> recordLeftOut(count, "packet", name + " is not read"));
    recordLeftOut(damagedCount, "packet", "the headers are damaged or cut");
    recordLeftOut(
        conversations.farCount(),
        "TCP segment",
        "the sequence number is more than 1 GiB away from those before it");
    recordLeftOut(fragments.incompleteCount(), "IP datagram", "fragments are missing");
    recorder.finish();
  }

  private void recordLeftOut(long count, String thing, String reason) {
    if (count > 0) {
      recorder.recordProblem(Quantity.of(count, thing) + " left out: " + reason);
    }
  }
}
