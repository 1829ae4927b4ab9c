package dev.partyline.loopback;

import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/** Somebody who is not there, but wants to know what went wrong. */
final class Nobody implements Target {
  final List<Throwable> problems = new ArrayList<>();

  @Override
  public void ready(SelectionKey key) {}

  @Override
  public void timeUp(long now) {}

  @Override
  public synchronized void failed(Throwable problem) {
    problems.add(problem);
  }
}
