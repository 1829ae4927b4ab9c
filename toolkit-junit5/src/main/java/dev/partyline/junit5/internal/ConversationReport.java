package dev.partyline.junit5.internal;

import dev.partyline.script.player.FailureText;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The conversations and sockets at the time of a failure, which is attached to the failure. */
public final class ConversationReport extends Throwable {
  private static final long serialVersionUID = 1;
  private static final int MAX_SHOWN_CONVERSATIONS = 5;

  /** For each conversation; a longer script takes longer to read than to record again. */
  private static final long MAX_CONVERSATION_BYTES = 1 << 20;

  ConversationReport(String message) {
    super(message, null, false, false);
  }

  /**
   * Writes the conversations and sockets beside JUnit's reports, and returns a short form of them,
   * if there are any.
   */
  public static Optional<ConversationReport> of(
      ExtensionContext context, @Nullable TestEndpoints endpoints, SocketReport socketReport) {
    String report = text(context, endpoints, socketReport).stripTrailing();
    return report.isEmpty() ? Optional.empty() : Optional.of(new ConversationReport(report));
  }

  /** Does the same, and returns only the text. */
  static String text(
      ExtensionContext context, @Nullable TestEndpoints endpoints, SocketReport socketReport) {
    List<String> texts = new ArrayList<>();
    publish(context, endpoints)
        .forEach((resource, location) -> texts.add(text(resource, location)));
    String conversationText =
        texts.isEmpty() ? "" : "conversations\n" + String.join("\n", texts).stripTrailing() + "\n";
    return conversationText + socketReport.publish(context);
  }

  /**
   * Writes the conversations beside JUnit's reports; returns for each resource where, as words that
   * follow its name.
   */
  static Map<ManagedResource, String> publish(
      ExtensionContext context, @Nullable TestEndpoints endpoints) {
    Map<ManagedResource, String> locations = new LinkedHashMap<>();
    Set<String> usedNames = new HashSet<>();
    List<ManagedResource> resources = endpoints == null ? List.of() : endpoints.withParents();
    for (ManagedResource resource : resources) {
      locations.put(resource, resource.isUnused() ? "" : publish(context, resource, usedNames));
    }
    return locations;
  }

  private static String publish(
      ExtensionContext context, ManagedResource resource, Set<String> usedNames) {
    Redaction redaction = resource.redaction();
    List<Conversation> all = resource.endpoint().recording().conversations();
    Conversation[] redacted =
        all.stream()
            .map(
                each ->
                    redaction
                        .apply(each.truncatedTo(2L * MAX_CONVERSATION_BYTES))
                        .truncatedTo(MAX_CONVERSATION_BYTES))
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
    int dropped = resource.endpoint().recording().droppedConnections();
    if (dropped > 0) {
      transcript = "# " + dropped + " earlier connections dropped\n" + transcript;
    }
    String text = comments(resource, all) + transcript;
    return ReportFiles.publish(context, name(resource.name(), usedNames), text);
  }

  /** Returns comments for what has no lines in a transcript. */
  private static String comments(ManagedResource resource, List<Conversation> all) {
    StringBuilder text = new StringBuilder(lines("# ", resource.remarks()));
    for (Conversation each : all) {
      text.append(lines("# connection " + each.number() + " ", resource.remarks(each)));
    }
    return text.toString();
  }

  private static String text(ManagedResource resource, String location) {
    List<Conversation> all = resource.endpoint().recording().conversations();
    if (all.isEmpty()) {
      return resource + ": no connection\n" + lines("  ", resource.remarks());
    }
    StringBuilder text = new StringBuilder(resource + location + ":\n");
    int omitted = Math.max(0, all.size() - MAX_SHOWN_CONVERSATIONS);
    int earlier = omitted + resource.endpoint().recording().droppedConnections();
    if (earlier > 0) {
      text.append("… ").append(earlier).append(" earlier connections\n");
    }
    Redaction redaction = resource.redaction();
    for (Conversation each : all.subList(omitted, all.size())) {
      text.append(FailureText.of(each, redaction)).append(lines("  ", resource.remarks(each)));
    }
    text.append(lines("  ", resource.remarks()));
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

  /** Returns an unused name for a file: a test and a class around it may have the same names. */
  private static String name(String baseName, Set<String> usedNames) {
    String name = baseName + ".wire";
    for (int i = 2; !usedNames.add(name); i++) {
      name = baseName + "-" + i + ".wire";
    }
    return name;
  }
}
