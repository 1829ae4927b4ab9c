package dev.partyline.junit5.internal;

import dev.partyline.ports.OpenResource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what a thread opens, beside the test that the thread runs: a thread has one
 * observer, and a test of ours puts its own in the place of any other.
 */
public final class ThreadObserver {
  private static final ThreadLocal<@Nullable Consumer<OpenResource>> CURRENT = new ThreadLocal<>();

  private ThreadObserver() {}

  /**
   * Has an observer told of what this thread opens from now on, in a test of ours too.
   *
   * @return sets the previous one again, on the same thread
   */
  public static Runnable observe(Consumer<OpenResource> observer) {
    Consumer<OpenResource> previous = CURRENT.get();
    Runnable restore = OpenResource.observeThread(observer);
    set(observer);
    return () -> {
      restore.run();
      set(previous);
    };
  }

  private static void set(@Nullable Consumer<OpenResource> observer) {
    if (observer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(observer);
    }
  }

  /** Tells the observer of this thread, if there is one. */
  static void tell(OpenResource resource) {
    Consumer<OpenResource> observer = CURRENT.get();
    if (observer != null) {
      observer.accept(resource);
    }
  }
}
