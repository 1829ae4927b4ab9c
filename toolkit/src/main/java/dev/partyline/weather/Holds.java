package dev.partyline.weather;

import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Excerpt;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a test holds of the traffic of a tap, listener or client, which it does by {@link
 * Weathered#hold} and the methods beside it. Safe to use from several threads.
 */
public final class Holds {
  /** How long a step waits for something to pass on. */
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);

  /** More than one looks at. */
  private static final int MAX_SHOWN = 10;

  private final Object lock = new Object();

  /** What is held of each connection and not let go, the longest first. */
  private final List<HeldChunk> heldChunks = new ArrayList<>();

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final EndedConnections ended = new EndedConnections();
  private volatile Map<Side, HeldConnections> heldSides = Map.of();

  /** What is closed, so that nothing comes any more; null before. */
  private @Nullable Object closedOwner;

  Holds() {}

  static Side checkSender(Side sender) {
    return Objects.requireNonNull(sender, "sender (null) must be Side.CLIENT or Side.SERVER");
  }

  /** Adds a task to run whenever something is let go, on the thread that lets it go. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  boolean isHeld(Side sender, int connection) {
    Map<Side, HeldConnections> current = heldSides;
    // Traffic that is not held asks as well, for each of its reads.
    return !current.isEmpty() && connections(current, sender).isHeld(connection);
  }

  private static HeldConnections connections(Map<Side, HeldConnections> sides, Side sender) {
    return sides.getOrDefault(sender, HeldConnections.NONE);
  }

  void hold(Set<Side> senders, int... connections) {
    synchronized (lock) {
      checkOpen();
      set(senders, true, connections);
    }
  }

  void release(Set<Side> senders, int... connections) {
    synchronized (lock) {
      set(senders, false, connections);
      senders.forEach(sender -> ended.forgetLost(sender, connections));
      for (HeldChunk chunk : List.copyOf(heldChunks)) {
        if (senders.contains(chunk.sender)
            && HeldConnections.matches(connections, chunk.connection)) {
          settle(chunk, HeldChunk.State.RELEASED);
        }
      }
    }
    notifyListeners();
  }

  private void set(Set<Side> senders, boolean held, int... connections) {
    Map<Side, HeldConnections> changed = new EnumMap<>(Side.class);
    changed.putAll(heldSides);
    for (Side sender : senders) {
      changed.put(sender, connections(heldSides, sender).with(held, connections));
    }
    changed.values().removeIf(HeldConnections.NONE::equals);
    heldSides = changed;
    lock.notifyAll();
  }

  /** Ends every wait: the owner is closed, or about to be. */
  void close(Object owner) {
    synchronized (lock) {
      closedOwner = owner;
      lock.notifyAll();
    }
  }

  private void checkOpen() {
    if (closedOwner != null) {
      throw new IllegalStateException(
          closedOwner + " is closed, so nothing of it can be held; do that before close()");
    }
  }

  Bytes step(Side sender, int... connections) {
    HeldChunk chunk;
    synchronized (lock) {
      chunk = awaitOldest(sender, STEP_TIMEOUT, connections);
      chunk.state = HeldChunk.State.STEPPED;
    }
    notifyListeners();
    synchronized (lock) {
      await(() -> !chunk.isOnItsWay(), STEP_TIMEOUT);
      if (chunk.isOnItsWay() || chunk.state == HeldChunk.State.DROPPED) {
        throw new AssertionError(
            chunk
                + " was not passed on: "
                + (chunk.isOnItsWay()
                    ? "the peer has not read what was before it"
                    : closedOwner == null
                        ? "the connection has ended"
                        : closedOwner + " was closed meanwhile"));
      }
    }
    return chunk.bytes;
  }

  void awaitHeld(Side sender, Duration timeout, int... connections) {
    Objects.requireNonNull(timeout, "timeout (null) must be a time to wait");
    synchronized (lock) {
      var unused = awaitOldest(sender, timeout, connections);
    }
  }

  private HeldChunk awaitOldest(Side sender, Duration timeout, int... connections) {
    checkSender(sender);
    checkOpen();
    if (!connections(heldSides, sender).isAnyHeld(connections)) {
      throw new IllegalStateException(
          "the "
              + sender
              + " is not held on "
              + HeldConnections.words(connections)
              + "; call hold(Side."
              + sender.name()
              + ") before");
    }
    await(
        () -> oldest(sender, connections) != null || whyNothingComes(sender, connections) != null,
        timeout);
    HeldChunk oldest = oldest(sender, connections);
    if (oldest == null || closedOwner != null) {
      String reason = whyNothingComes(sender, connections);
      throw new AssertionError(
          "nothing of the "
              + sender
              + " was held "
              + (reason == null ? "within " + DurationText.words(timeout) + " " : "")
              + "on "
              + HeldConnections.words(connections)
              + (reason == null ? "; held: " + heldWords() : ": " + reason)
              + ended.lostWords(sender, connections));
    }
    return oldest;
  }

  /** Returns why nothing that is asked for can come any more, null if it can. */
  private @Nullable String whyNothingComes(Side sender, int[] connections) {
    if (closedOwner != null) {
      return closedOwner + " was closed meanwhile";
    }
    HeldConnections held = connections(heldSides, sender);
    if (!held.isAnyHeld(connections)) {
      return "the " + sender + " was released meanwhile";
    }
    // Without numbers, one that opens later may be what the test waits for.
    int[] heldNumbers = held.numbersAmong(connections);
    boolean allEnded =
        heldNumbers.length > 0 && ended.containAll(sender, IntStream.of(heldNumbers));
    String verb = heldNumbers.length == 1 ? " has" : " have";
    return allEnded ? HeldConnections.words(heldNumbers) + verb + " ended" : null;
  }

  private String heldWords() {
    return heldChunks.isEmpty()
        ? "nothing"
        : heldChunks.stream().map(HeldChunk::toString).collect(Collectors.joining(", "));
  }

  /** Returns words for all that is held now, one for each side of a connection. */
  public List<String> describe() {
    synchronized (lock) {
      return Excerpt.of(
          heldChunks.stream().filter(HeldChunk::isOnItsWay).toList(),
          MAX_SHOWN,
          HeldChunk::totalWords);
    }
  }

  private @Nullable HeldChunk oldest(Side sender, int[] connections) {
    return heldChunks.stream()
        .filter(chunk -> chunk.state == HeldChunk.State.HELD && chunk.isOf(sender, connections))
        .min(Comparator.comparingLong(chunk -> chunk.arrivedAt))
        .orElse(null);
  }

  private void await(BooleanSupplier condition, Duration timeout) {
    long startNanos = System.nanoTime();
    long timeoutNanos = TimeoutFactor.stretch(timeout).toNanos();
    while (!condition.getAsBoolean()) {
      long remainingNanos = timeoutNanos - (System.nanoTime() - startNanos);
      if (remainingNanos <= 0) {
        return;
      }
      try {
        lock.wait(remainingNanos / 1_000_000, (int) (remainingNanos % 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for what is held", e);
      }
    }
  }

  /** Adds what is held of a connection; returns false if its side was released meanwhile. */
  boolean add(HeldChunk chunk) {
    synchronized (lock) {
      boolean held = isHeld(chunk.sender, chunk.connection);
      if (held) {
        heldChunks.add(chunk);
        lock.notifyAll();
      }
      return held;
    }
  }

  /** Removes a chunk that was let go, or is not held any more for another reason. */
  void settle(HeldChunk chunk, HeldChunk.State state) {
    synchronized (lock) {
      if (heldChunks.remove(chunk)) {
        chunk.state = state;
        lock.notifyAll();
      }
    }
  }

  /** Called when what was held is dropped, with words for all of it. */
  void lose(HeldChunk chunk, String text) {
    synchronized (lock) {
      ended.addLost(chunk, text);
      settle(chunk, HeldChunk.State.DROPPED);
    }
  }

  /** Called when a connection has ended, so that nothing of a side comes there any more. */
  void end(Side sender, int connection) {
    synchronized (lock) {
      ended.add(sender, connection);
      lock.notifyAll();
    }
  }

  private void notifyListeners() {
    listeners.forEach(Runnable::run);
  }
}
