package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InnerTests.InnerTest;
import dev.partyline.junit5.internal.report.RunFiles;
import dev.partyline.junit5.internal.report.TestFiles;
import dev.partyline.junit5.internal.report.ThreadStacks;
import dev.partyline.report.TestReport;
import dev.partyline.report.TestResult;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The conversations and sockets at the time of a failure, which is attached to the failure. */
public final class ConversationReport extends Throwable {
  private static final long serialVersionUID = 1;
  private static final int MAX_SHOWN_CONVERSATIONS = 5;
  private static final int MAX_CAUSES = 5;

  /** For each conversation; a longer script takes longer to read than to record again. */
  private static final long MAX_CONVERSATION_BYTES = 1 << 20;

  ConversationReport(String message) {
    super(message, null, false, false);
  }

  /**
   * Writes the conversations, the sockets and the page of a test that has failed beside JUnit's
   * reports, and returns a short form of them, if there are any.
   */
  static Optional<ConversationReport> of(
      ExtensionContext context, TestEndpoints endpoints, TestSnapshot snapshot, Throwable failure) {
    return of(context, endpoints, snapshot, endpoints.testName(), failure);
  }

  /** Does the same for a dynamic test, which has the endpoints of its method. */
  static Optional<ConversationReport> ofDynamicTest(
      ExtensionContext context,
      TestEndpoints endpoints,
      TestSnapshot snapshot,
      InnerTest test,
      Throwable failure) {
    return of(context, endpoints, snapshot, test.toString(), failure);
  }

  private static Optional<ConversationReport> of(
      ExtensionContext context,
      TestEndpoints endpoints,
      TestSnapshot snapshot,
      String name,
      Throwable failure) {
    TestReport report =
        TestReport.of(name, TestResult.FAILED)
            .failure(describe(failure))
            .threads(ThreadStacks.of(context, failure));
    TestFiles files = TestFiles.of(context, endpoints.files());
    String text =
        (comparison(context, snapshot)
                + text(files, snapshot)
                + page(files, snapshot, compared(context, snapshot, report)))
            .stripTrailing();
    return text.isEmpty() ? Optional.empty() : Optional.of(new ConversationReport(text));
  }

  /** Returns what a test did that none of its earlier runs did, if it is run until it fails. */
  static String comparison(ExtensionContext context, TestSnapshot snapshot) {
    return EarlierRuns.of(context).map(runs -> runs.compare(snapshot.run())).orElse("");
  }

  /** Returns a report with an earlier run of the test, if it is run until it fails. */
  static TestReport compared(ExtensionContext context, TestSnapshot snapshot, TestReport report) {
    return EarlierRuns.of(context).map(runs -> runs.addTo(report, snapshot.run())).orElse(report);
  }

  /** Writes the conversations and the sockets, and returns a short form of them. */
  static String text(TestFiles files, TestSnapshot snapshot) {
    List<String> texts = new ArrayList<>();
    for (EndpointSnapshot each : snapshot.endpoints()) {
      texts.add(text(each, each.isUnused() ? "" : publish(files, each)));
    }
    String conversationText =
        texts.isEmpty() ? "" : "conversations\n" + String.join("\n", texts).stripTrailing() + "\n";
    return conversationText + snapshot.sockets().publish(files);
  }

  /**
   * Writes the page of a test that has a listener, client or tap, if pages are written, and returns
   * a line about it.
   */
  static String page(TestFiles files, TestSnapshot snapshot, TestReport report) {
    return snapshot.endpoints().isEmpty() || !files.hasPages()
        ? ""
        : files.page(snapshot.addTo(report), snapshot.captures(report.name()));
  }

  /** Writes what is asked for of a test that has passed, unless it will be run again and again. */
  static void publishPassed(ExtensionContext context, TestEndpoints endpoints) {
    TestSnapshot snapshot = endpoints.failures().snapshotOfPassed();
    Optional<EarlierRuns> runs = EarlierRuns.of(context);
    if (runs.isPresent()) {
      runs.get().onPassed(snapshot.run(), snapshot.sections());
      return;
    }
    TestFiles files = TestFiles.ofPassed(context, endpoints.files());
    if (RunFiles.isAlwaysEnabled(context)) {
      snapshot.endpoints().stream()
          .filter(each -> !each.isUnused())
          .forEach(each -> publish(files, each));
    }
    if (endpoints.files().hasPagesOfPassedTests() && endpoints.isTest()) {
      page(files, snapshot, TestReport.of(endpoints.testName(), TestResult.PASSED));
    }
    if (endpoints.isTest()) {
      FailedAttempts.publish(context, files);
    }
    // There is no failure that could tell it.
    files.problems().forEach(each -> context.publishReportEntry("partyline", "no file: " + each));
  }

  /** Returns what a failure says, and its causes. */
  private static String describe(Throwable failure) {
    List<String> lines = new ArrayList<>(List.of(failure.toString()));
    for (Throwable each : failure.getSuppressed()) {
      if (each instanceof AssertionError) {
        lines.add("also: " + each.getMessage());
      }
    }
    Throwable cause = failure.getCause();
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      lines.add("caused by: " + cause);
      cause = cause.getCause();
    }
    return String.join("\n", lines);
  }

  private static String publish(TestFiles files, EndpointSnapshot endpoint) {
    ManagedResource resource = endpoint.resource();
    List<Conversation> all = endpoint.conversations();
    List<Conversation> searched = searched(all);
    Redaction redaction = resource.redaction().across(searched);
    Conversation[] redacted =
        searched.stream()
            .map(each -> redaction.apply(each).truncatedTo(MAX_CONVERSATION_BYTES))
            .toArray(Conversation[]::new);
    // A single conversation needs no connection block, and can be read back.
    String transcript =
        redacted.length == 1
            ? Transcript.exact(redacted[0])
            : Transcript.exact(Recording.of(redacted));
    long omittedBytes = droppedBytes(List.of(redacted)) - droppedBytes(all);
    if (omittedBytes > 0) {
      transcript = "# " + omittedBytes + " bytes in the middle are left out\n" + transcript;
    }
    int dropped = endpoint.recording().droppedConnections();
    if (dropped > 0) {
      transcript = "# " + dropped + " earlier connections dropped\n" + transcript;
    }
    return files.text(endpoint.name() + ".wire", comments(endpoint) + transcript);
  }

  /** What is a secret depends on what is around it, so more is looked at than is written. */
  private static List<Conversation> searched(List<Conversation> all) {
    return all.stream().map(each -> each.truncatedTo(2L * MAX_CONVERSATION_BYTES)).toList();
  }

  /** Returns comments for what has no lines in a transcript. */
  private static String comments(EndpointSnapshot endpoint) {
    StringBuilder text = new StringBuilder(lines("# ", endpoint.remarks()));
    for (Conversation each : endpoint.conversations()) {
      text.append(lines("# connection " + each.number() + " ", endpoint.resource().remarks(each)));
    }
    return text.toString();
  }

  private static String text(EndpointSnapshot endpoint, String location) {
    ManagedResource resource = endpoint.resource();
    List<Conversation> all = endpoint.conversations();
    if (all.isEmpty()) {
      return resource + ": no connection\n" + lines("  ", endpoint.remarks());
    }
    StringBuilder text = new StringBuilder(resource + location + ":\n");
    int omitted = Math.max(0, all.size() - MAX_SHOWN_CONVERSATIONS);
    int earlier = omitted + endpoint.recording().droppedConnections();
    if (earlier > 0) {
      text.append("… ").append(earlier).append(" earlier connections\n");
    }
    Redaction redaction = resource.redaction().across(searched(all));
    for (Conversation each : all.subList(omitted, all.size())) {
      text.append(FailureText.of(each, redaction)).append(lines("  ", resource.remarks(each)));
    }
    text.append(lines("  ", endpoint.remarks()));
    return text.toString();
  }

  private static String lines(String prefix, List<String> remarks) {
    return remarks.stream()
        .map(remark -> prefix + Bytes.utf8(remark).escaped() + "\n")
        .collect(Collectors.joining());
  }

  private static long droppedBytes(List<Conversation> all) {
    return all.stream()
        .mapToLong(each -> each.droppedBytes(Side.CLIENT) + each.droppedBytes(Side.SERVER))
        .sum();
  }
}
