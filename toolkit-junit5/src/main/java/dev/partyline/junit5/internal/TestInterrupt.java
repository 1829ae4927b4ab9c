package dev.partyline.junit5.internal;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Ends the connections of a test that JUnit interrupts, because a blocking read does not notice.
 */
public final class TestInterrupt {
  private TestInterrupt() {}

  /**
   * Notes how the test stands, for its failure, and has our ends of its connections closed soon
   * after the interrupt.
   *
   * @param thread the thread that is interrupted next
   */
  public static void begin(ExtensionContext context, TestEndpoints endpoints, Thread thread) {
    try {
      endpoints
          .dumps()
          .run(
              () -> {
                String text = TestDump.ofInterrupt(new RunningTest(context, endpoints, thread));
                endpoints.markInterrupted(new ConversationReport(text.stripTrailing()));
              });
    } finally {
      Watchdog.of(context).closeConnections(endpoints);
    }
  }
}
