package dev.partyline.internal.net;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Failures that happened on a thread of ours, kept until the listener, client or tap is closed. */
public final class BackgroundFailures {
  private final List<AssertionError> failures = new ArrayList<>();

  public synchronized void add(String message, Throwable cause) {
    failures.add(new AssertionError(message + ": " + cause, cause));
  }

  public synchronized void add(AssertionError failure) {
    failures.add(failure);
  }

  /** Closes what an owner has open; if that fails, it is a failure of the owner. */
  public void close(Closeable resource, Object owner) {
    try {
      resource.close();
    } catch (IOException e) {
      add(owner + " could not be closed", e);
    }
  }

  /** Returns those that were not thrown yet. */
  public synchronized List<AssertionError> all() {
    return List.copyOf(failures);
  }

  /** Throws the first one, the others suppressed in it; they are not among these failures then. */
  public synchronized void throwIfAny() {
    if (failures.isEmpty()) {
      return;
    }
    AssertionError first = failures.get(0);
    failures.stream().skip(1).forEach(first::addSuppressed);
    failures.clear();
    throw first;
  }
}
