package dev.partyline.tls;

import org.jspecify.annotations.Nullable;

/** Something that is made when it is first asked for; what fails is tried again the next time. */
final class Lazy<T> {
  /** Makes it. */
  @FunctionalInterface
  interface Initializer<T> {
    T initialize();
  }

  private final Initializer<T> initializer;
  private volatile @Nullable T value;

  Lazy(Initializer<T> initializer) {
    this.initializer = initializer;
  }

  T get() {
    T current = value;
    if (current != null) {
      return current;
    }
    synchronized (this) {
      current = value;
      if (current == null) {
        current = initializer.initialize();
        value = current;
      }
      return current;
    }
  }
}
