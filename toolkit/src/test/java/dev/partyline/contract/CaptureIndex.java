package dev.partyline.contract;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the conversations of a capture that recordings have too. */
final class CaptureIndex {
  /** How much the clocks of the kernel and of a recording may differ. */
  private static final long CLOCK_NANOS = 1_000_000;

  /** Less than any test's recording keeps of the beginning. */
  private static final int BEGINNING_BYTES = 500;

  private final Recording capture;

  /** By transport and server, in the order of their beginnings. */
  private final Map<String, List<Conversation>> byServer;

  private final Set<Conversation> upstreams = newIdentitySet();

  CaptureIndex(Recording capture) {
    this.capture = capture;
    this.byServer =
        capture.conversations().stream()
            .sorted(Comparator.comparingLong(Conversation::openedAtNanos))
            .collect(Collectors.groupingBy(each -> each.transport() + each.address(Side.SERVER)));
  }

  static Set<Conversation> newIdentitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /**
   * Returns what was captured between the recorded client and a server, at the recorded time,
   * because ports are used again.
   */
  Optional<Conversation> find(Recording recording, Conversation recorded, String server) {
    long nanos = openedAtNanos(recording, recorded);
    return to(recorded, server)
        .filter(each -> each.address(Side.CLIENT).equals(recorded.address(Side.CLIENT)))
        .min(Comparator.comparingLong(each -> Math.abs(each.openedAtNanos() - nanos)));
  }

  /**
   * Returns what was captured between a tap and the recorded server. A recording does not have the
   * port of the tap there, so it is a conversation that was opened meanwhile and was not found for
   * another recorded one: the first in which the server sends the same, or the first.
   */
  Optional<Conversation> findUpstream(Recording recording, Conversation recorded) {
    long from = openedAtNanos(recording, recorded) - CLOCK_NANOS;
    long to = from + recorded.durationNanos() + 2 * CLOCK_NANOS;
    List<Conversation> candidates =
        to(recorded, recorded.address(Side.SERVER))
            .filter(each -> each.openedAtNanos() >= from && each.openedAtNanos() <= to)
            .filter(each -> !upstreams.contains(each))
            .toList();
    Optional<Conversation> found =
        candidates.stream()
            .filter(each -> beginsAlike(recorded, each))
            .findFirst()
            .or(() -> candidates.stream().findFirst());
    found.ifPresent(upstreams::add);
    return found;
  }

  private static boolean beginsAlike(Conversation recorded, Conversation captured) {
    long count = Math.min(BEGINNING_BYTES, recorded.byteCount(Side.SERVER));
    return captured.byteCount(Side.SERVER) >= count
        && captured.bytes(Side.SERVER, 0, count).equals(recorded.bytes(Side.SERVER, 0, count));
  }

  /** Returns when a conversation was opened, in nanoseconds after the start of the capture. */
  private long openedAtNanos(Recording recording, Conversation recorded) {
    return Duration.between(capture.startedAt(), recording.startedAt()).toNanos()
        + recorded.openedAtNanos();
  }

  private Stream<Conversation> to(Conversation conversation, String server) {
    // A client on a Unix socket may be connected to a server over TCP.
    Transport transport = conversation.transport() == Transport.UDP ? Transport.UDP : Transport.TCP;
    return byServer.getOrDefault(transport + server, List.of()).stream();
  }

  /**
   * Returns what a server has accepted between those that were found, and that is not among them;
   * before and after them its port may be that of another server.
   */
  List<Conversation> missing(Set<Conversation> found) {
    List<Conversation> all =
        found.stream().limit(1).flatMap(each -> to(each, each.address(Side.SERVER))).toList();
    List<Integer> offsets =
        IntStream.range(0, all.size()).filter(i -> found.contains(all.get(i))).boxed().toList();
    return offsets.isEmpty()
        ? List.of()
        : all.subList(offsets.get(0), offsets.get(offsets.size() - 1)).stream()
            .filter(each -> !found.contains(each) && each.byteCount(Side.SERVER) > 0)
            .toList();
  }
}
