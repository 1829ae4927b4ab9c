package dev.partyline.loopback;

import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The guests of a door whom one loop serves. */
final class AcceptedConnections implements EventHandler {
  private final EventLoop loop;
  private final BackgroundFailures problems;
  private final Set<AcceptedConnection> guests = new HashSet<>();
  private final AtomicInteger size = new AtomicInteger();

  AcceptedConnections(EventLoop loop, BackgroundFailures problems) {
    this.loop = loop;
    this.problems = problems;
  }

  EventLoop loop() {
    return loop;
  }

  /** Returns how many are here, or on their way; any thread may ask. */
  int size() {
    return size.get();
  }

  /** Has a guest served from now on. */
  void take(AcceptedConnection guest) {
    size.incrementAndGet();
    if (loop.isHere()) {
      open(guest);
    } else {
      loop.execute(this, () -> open(guest));
    }
  }

  private void open(AcceptedConnection guest) {
    guests.add(guest);
    guest.open();
  }

  /** Is told that a guest has left. */
  void closed(AcceptedConnection guest) {
    if (guests.remove(guest)) {
      size.decrementAndGet();
    }
  }

  void settle() {
    loop.call(this, () -> List.copyOf(guests).forEach(AcceptedConnection::settle));
  }

  void nudge() {
    loop.execute(this, () -> List.copyOf(guests).forEach(AcceptedConnection::nudge));
  }

  void addChannels(List<NetworkChannel> open) {
    loop.call(this, () -> guests.forEach(guest -> guest.addChannels(open)));
  }

  /** Has everybody leave, and then leaves the loop. */
  void close() {
    loop.call(
        this,
        () -> {
          try {
            settle();
          } finally {
            List.copyOf(guests).forEach(AcceptedConnection::stop);
            loop.sweep();
            loop.leave();
          }
        });
  }

  @Override
  public void ready(SelectionKey key) {}

  @Override
  public void timeUp(long now) {}

  @Override
  public void failed(Throwable problem) {
    problems.add("connections could not be served", problem);
  }
}
