package dev.partyline.view;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How long this thread has run so far, which does not depend on what else the machine does. */
public final class ProcessorTime {
  private ProcessorTime() {}

  public static Duration now() {
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }
}
