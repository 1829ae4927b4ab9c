package dev.partyline.internal.net;

import java.nio.channels.NetworkChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What this JVM has open: an entry for each owner of sockets from opening to closing. */
public final class OpenSocketOwner {
  /** Shared by all tests, so that each can find what it has left open. */
  private static final Set<OpenSocketOwner> ALL = ConcurrentHashMap.newKeySet();

  /** What watches the openings of each thread that is watched. */
  private static final ThreadLocal<@Nullable Consumer<OpenSocketOwner>> THREAD_OBSERVER =
      new ThreadLocal<>();

  private final Object owner;
  private final SocketOwner sockets;

  /** Makes its frames readable only when they are asked for. */
  private final Throwable openStack = new Throwable();

  private OpenSocketOwner(Object owner, SocketOwner sockets) {
    this.owner = owner;
    this.sockets = sockets;
  }

  /**
   * Adds an entry that the caller has opened.
   *
   * @param owner the listener, client or tap; of a lease, its text
   */
  public static OpenSocketOwner register(Object owner, SocketOwner sockets) {
    OpenSocketOwner entry = new OpenSocketOwner(owner, sockets);
    ALL.add(entry);
    Consumer<OpenSocketOwner> observer = THREAD_OBSERVER.get();
    if (observer != null) {
      observer.accept(entry);
    }
    return entry;
  }

  /** Adds the entry once more, because what was closed is open again. */
  public void registerAgain() {
    ALL.add(this);
  }

  /**
   * Has an observer called with each entry that this thread adds from now on, or no observer;
   * returns the one before.
   */
  public static @Nullable Consumer<OpenSocketOwner> setThreadObserver(
      @Nullable Consumer<OpenSocketOwner> observer) {
    Consumer<OpenSocketOwner> previous = THREAD_OBSERVER.get();
    if (observer == null) {
      THREAD_OBSERVER.remove();
    } else {
      THREAD_OBSERVER.set(observer);
    }
    return previous;
  }

  /** Removes the entry, because it was closed. */
  public void unregister() {
    ALL.remove(this);
  }

  /** Returns all that are open now, in any order. */
  public static List<OpenSocketOwner> snapshot() {
    return List.copyOf(ALL);
  }

  public boolean isOpen() {
    return ALL.contains(this);
  }

  /** Closes our ends of its open connections; it goes on listening. */
  public void closeConnections() {
    sockets.closeConnections();
  }

  public Object owner() {
    return owner;
  }

  /** Returns its open channels, without those that only hold a port of a lease. */
  public List<NetworkChannel> channels() {
    return sockets.channels();
  }

  /** Returns how many of its sockets hold ports of a lease. */
  public int heldPortCount() {
    return sockets.heldPortCount();
  }

  /** Returns the stack of the thread that opened it, from {@link #register} on. */
  public StackTraceElement[] openStack() {
    return openStack.getStackTrace();
  }
}
