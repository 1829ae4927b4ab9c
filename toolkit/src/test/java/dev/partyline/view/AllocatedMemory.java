package dev.partyline.view;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory this thread has allocated so far, whether it is still in use or not. */
public final class AllocatedMemory {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedMemory() {}

  public static long bytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
