package dev.partyline.contract;

import dev.partyline.internal.text.HostAndPort;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the recordings of listeners, clients and taps have of a capture, and what not. */
final class CaptureReport {
  private final CaptureIndex index;
  private final Map<CaptureDifference, Integer> differences =
      new EnumMap<>(CaptureDifference.class);
  private final List<String> failures = new ArrayList<>();
  private int recordedCount;
  private int unixEndCount;
  private int directionCount;
  private int equalCount;

  CaptureReport(Recording capture) {
    this.index = new CaptureIndex(capture);
  }

  /** Compares the conversations that a listener, client or tap has recorded. */
  void add(Object owner) {
    if (owner instanceof Client client) {
      addEndpoint(client.recording(), Side.CLIENT);
    } else if (owner instanceof Listener listener) {
      addMissing(addEndpoint(listener.recording(), Side.SERVER));
    } else if (owner instanceof Tap tap) {
      addMissing(addTap(tap));
    }
  }

  private void addMissing(Set<Conversation> found) {
    index.missing(found).forEach(each -> failures.add("not recorded: " + each));
  }

  /** Adds what a listener or client has recorded; returns what was captured of it. */
  private Set<Conversation> addEndpoint(Recording recording, Side own) {
    Set<Conversation> found = CaptureIndex.newIdentitySet();
    for (Conversation recorded : recording.conversations()) {
      recordedCount++;
      if (recorded.transport() == Transport.UNIX) {
        unixEndCount++;
        continue;
      }
      Optional<Conversation> captured =
          index.find(recording, recorded, recorded.address(Side.SERVER));
      captured.ifPresentOrElse(
          each -> {
            found.add(each);
            compare(() -> CaptureComparison.ofReceived(recorded, each, own.peer()));
            compare(() -> CaptureComparison.ofSent(recorded, each, own, false));
          },
          () -> failures.add("not captured: " + recorded));
    }
    return found;
  }

  /** Adds what a tap has recorded; returns what was captured between it and its clients. */
  private Set<Conversation> addTap(Tap tap) {
    Set<Conversation> found = CaptureIndex.newIdentitySet();
    Recording recording = tap.recording();
    boolean isClear = tap.weatherReport().faults().isEmpty();
    for (Conversation recorded : recording.conversations()) {
      recordedCount++;
      if (tap.address() instanceof InetSocketAddress address) {
        Optional<Conversation> captured =
            index.find(recording, recorded, HostAndPort.print(address));
        captured.ifPresent(found::add);
        addTapEnd(recorded, captured, Side.CLIENT, isClear);
      } else {
        unixEndCount++;
      }
      if (recorded.address(Side.SERVER).startsWith("/")) {
        unixEndCount++;
      } else {
        addTapEnd(recorded, index.findUpstream(recording, recorded), Side.SERVER, isClear);
      }
    }
    return found;
  }

  private void addTapEnd(
      Conversation recorded, Optional<Conversation> captured, Side peer, boolean isClear) {
    captured.ifPresentOrElse(
        each -> {
          compare(() -> CaptureComparison.ofReceived(recorded, each, peer));
          compare(
              () ->
                  isClear
                      ? CaptureComparison.ofSent(recorded, each, peer.peer(), true)
                      : Set.of(CaptureDifference.FAULTS));
        },
        () -> failures.add("not captured between the tap and the " + peer + ": " + recorded));
  }

  private void compare(Supplier<Set<CaptureDifference>> comparison) {
    directionCount++;
    try {
      Set<CaptureDifference> found = comparison.get();
      found.forEach(each -> differences.merge(each, 1, Integer::sum));
      equalCount += found.isEmpty() ? 1 : 0;
    } catch (AssertionError e) {
      failures.add(String.valueOf(e.getMessage()));
    }
  }

  /** Returns what differs though a recorder could have known it. */
  List<String> failures() {
    return failures;
  }

  /** Returns how many directions of connections are recorded as they were captured. */
  int equalCount() {
    return equalCount;
  }

  @Override
  public String toString() {
    return recordedCount
        + " recorded conversations, "
        + unixEndCount
        + " ends of Unix sockets; "
        + directionCount
        + " directions compared, "
        + equalCount
        + " equal, "
        + failures.size()
        + " failures; "
        + differences;
  }
}
