package dev.partyline.tls;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first needed; if that fails, it is tried again the next time. */
final class Lazy<T> {
  private final Supplier<T> initializer;
  private volatile @Nullable T value;

  Lazy(Supplier<T> initializer) {
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
        current = initializer.get();
        value = current;
      }
      return current;
    }
  }
}
