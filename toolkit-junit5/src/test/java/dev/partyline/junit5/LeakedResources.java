package dev.partyline.junit5;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test leaves open on purpose; closed after it, when the leak was reported. */
final class LeakedResources implements AfterEachCallback {
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  /** What the garbage collector must not find yet. */
  private final List<AutoCloseable> held = new ArrayList<>();

  /** Adds something that is left open. */
  synchronized <T extends AutoCloseable> T add(T resource) {
    resources.push(resource);
    return resource;
  }

  /** Leaves a server socket open. */
  ServerSocket server() throws IOException {
    return add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
  }

  /**
   * Adds something that is left open, and that the garbage collector may find after {@link #letGo}:
   * what it finds while the test runs is closed before the check can look.
   */
  synchronized void addWeakly(AutoCloseable resource) {
    held.add(resource);
    WeakReference<AutoCloseable> reference = new WeakReference<>(resource);
    add(
        () -> {
          AutoCloseable uncollected = reference.get();
          if (uncollected != null) {
            uncollected.close();
          }
        });
  }

  /** Leaves what was added weakly to the garbage collector. */
  synchronized void letGo() {
    held.clear();
  }

  /** Closes all that is left, the last one first. */
  @Override
  public synchronized void afterEach(ExtensionContext context) throws Exception {
    letGo();
    while (!resources.isEmpty()) {
      resources.pop().close();
    }
  }
}
