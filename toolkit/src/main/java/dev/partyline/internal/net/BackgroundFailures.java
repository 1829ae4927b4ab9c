package dev.partyline.internal.net;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Failures that happened on a thread of ours, kept until the listener, client or tap is closed. */
public final class BackgroundFailures {
  private final List<AssertionError> failures = new ArrayList<>();
  private int thrownCount;
  private boolean hasNoDescriptors;

  /** Adds a failure; without a free descriptor everything fails, so only the first time. */
  public synchronized void add(String message, Throwable cause) {
    boolean noDescriptors = SocketError.NO_DESCRIPTORS.matches(cause);
    if (!noDescriptors || !hasNoDescriptors) {
      failures.add(
          new AssertionError(message + ": " + cause + SocketError.advice(cause), cause));
    }
    hasNoDescriptors |= noDescriptors;
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

  public synchronized List<AssertionError> all() {
    return List.copyOf(failures);
  }

  /** Throws the first of those that were not thrown before, the others suppressed in it. */
  public void throwIfAny() {
    List<AssertionError> news = takeNews();
    if (news.isEmpty()) {
      return;
    }
    AssertionError first = news.get(0);
    news.stream().skip(1).forEach(first::addSuppressed);
    throw first;
  }

  private synchronized List<AssertionError> takeNews() {
    List<AssertionError> all = all();
    List<AssertionError> news = all.subList(thrownCount, all.size());
    thrownCount = all.size();
    return news;
  }
}
