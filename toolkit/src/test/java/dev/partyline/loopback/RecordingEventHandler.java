package dev.partyline.loopback;

import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who is not there, but wants to know what went wrong. */
class RecordingEventHandler implements EventHandler {
  final List<Throwable> problems = new CopyOnWriteArrayList<>();

  @Override
  public void ready(SelectionKey key) {}

  @Override
  public void timeUp(long now) {}

  @Override
  public void failed(Throwable problem) {
    problems.add(problem);
  }
}
