package dev.partyline.junit5.internal;

import static java.util.stream.Collectors.toSet;

import dev.partyline.junit5.internal.report.TestFiles;
import dev.partyline.junit5.internal.report.ThreadStacks;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.report.TestReport;
import dev.partyline.report.TestResult;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A test that has not ended: where its threads are, whose connections are open, how far the scripts
 * are, what was said, and the sockets. Making one writes it to a file beside JUnit's reports.
 */
final class TestDump {
  private static final String FILE_NAME = "dump.txt";
  private static final int MAX_SHOWN_CONNECTIONS = 5;

  /** An exit does not wait for a page with more. */
  private static final long MAX_PAGE_BYTES_AT_EXIT = 4 << 20;

  private TestDump() {}

  /** Returns the text of a test that JUnit is about to interrupt. */
  static String ofInterrupt(RunningTest test) {
    return of(
        test,
        TestResult.INTERRUPTED,
        " was interrupted by its time-out, and our ends of its connections were then closed;"
            + " what it was doing");
  }

  /** Returns the text of a test that has been running for a time, and goes on. */
  static String ofLongRunning(RunningTest test, String dumpAfter) {
    return of(
        test,
        TestResult.RUNNING,
        " has been running for " + dumpAfter + " (partyline.dumpAfter); what it is doing");
  }

  /** Returns the text of a test that runs while the JVM exits. */
  static String ofExit(RunningTest test) {
    return of(
        test,
        TestResult.RUNNING,
        " was running when the JVM began to exit; what it was doing",
        MAX_PAGE_BYTES_AT_EXIT);
  }

  private static String of(RunningTest test, TestResult result, String occasion) {
    return of(test, result, occasion, Long.MAX_VALUE);
  }

  private static String of(
      RunningTest test, TestResult result, String occasion, long maxPageBytes) {
    List<ManagedResource> resources = test.endpoints().withParents();
    String name = test.endpoints().testName() + occasion;
    String threads = ThreadStacks.of(test.context(), test.thread());
    TestReport report =
        TestReport.of(test.endpoints().testName(), result).failure(name).threads(threads);
    TestSnapshot snapshot = test.endpoints().failures().newSnapshot(null);
    TestFiles files = TestFiles.of(test.context(), test.endpoints().files());
    boolean hasFailed = result == TestResult.INTERRUPTED;
    String text =
        (hasFailed ? ConversationReport.comparison(test.context(), snapshot) : "")
            + threads
            + openConnections(resources)
            + scripts(resources)
            + ConversationReport.text(files, snapshot);
    String page =
        snapshot.byteCount() > maxPageBytes
            ? "the page of this test was not written (the JVM exits, and there is much to show)\n"
            : ConversationReport.page(
                files,
                snapshot,
                hasFailed ? ConversationReport.compared(test.context(), snapshot, report) : report);
    String location = files.text(FILE_NAME, name + ":\n" + text + page);
    return name + location + ":\n" + text + page;
  }

  private static String openConnections(List<ManagedResource> resources) {
    StringBuilder lines = new StringBuilder();
    for (ManagedResource resource : resources) {
      resource.endpoint().recording().conversations().stream()
          .filter(Conversation::isOpen)
          .forEach(each -> lines.append("  ").append(describe(resource, each)).append('\n'));
    }
    return lines.isEmpty() ? "no connection is open\n" : "open connections\n" + lines;
  }

  private static String describe(ManagedResource resource, Conversation conversation) {
    return peer(resource.endpoint())
        + " of your "
        + resource.label()
        + ", connection "
        + conversation.number()
        + ": client "
        + FailureText.state(conversation, Side.CLIENT)
        + "; server "
        + FailureText.state(conversation, Side.SERVER);
  }

  private static String peer(Recorded endpoint) {
    if (endpoint instanceof Client) {
      return "the server";
    }
    return endpoint instanceof Listener ? "the client" : "the client and the server";
  }

  private static String scripts(List<ManagedResource> resources) {
    StringBuilder text = new StringBuilder();
    for (ManagedResource resource : resources) {
      if (resource.endpoint() instanceof ScriptedPeer peer) {
        List<String> texts = scripts(peer);
        if (!texts.isEmpty()) {
          text.append("the script of ").append(resource).append('\n');
          texts.forEach(text::append);
        }
      }
    }
    return text.toString();
  }

  /** Returns the scripts of the last connections that are open, or whose script is not done. */
  private static List<String> scripts(ScriptedPeer peer) {
    List<String> texts = new ArrayList<>();
    List<Conversation> conversations = peer.recording().conversations();
    Set<Integer> openNumbers =
        conversations.stream()
            .filter(Conversation::isOpen)
            .map(Conversation::number)
            .collect(toSet());
    int count = peer.recording().connections();
    peer.runs().stream()
        .filter(run -> run.connection() <= count)
        .filter(run -> !run.done() || openNumbers.contains(run.connection()))
        .forEach(run -> texts.add(FailureText.of(peer, run.connection())));
    return texts.subList(Math.max(0, texts.size() - MAX_SHOWN_CONNECTIONS), texts.size());
  }
}
