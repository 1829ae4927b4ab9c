package dev.partyline.tls;

import org.jspecify.annotations.Nullable;

/** Something that is made when it is first asked for; what fails is tried again the next time. */
final class Lazy<T> {
  /** Makes it. */
  @FunctionalInterface
  interface Maker<T> {
    T make();
  }

  private final Maker<T> maker;
  private volatile @Nullable T made;

  Lazy(Maker<T> maker) {
    this.maker = maker;
  }

  T get() {
    T found = made;
    if (found != null) {
      return found;
    }
    synchronized (this) {
      found = made;
      if (found == null) {
        found = maker.make();
        made = found;
      }
      return found;
    }
  }
}
