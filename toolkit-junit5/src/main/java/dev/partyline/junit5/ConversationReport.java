package dev.partyline.junit5;

import dev.partyline.script.FailureText;
import dev.partyline.script.Redaction;
import dev.partyline.script.Transcript;
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

/** What was said up to a failure, and on which sockets, for the failure to carry along. */
final class ConversationReport extends Throwable {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 5;

  /** Of each conversation; a script of more takes longer to read than to record again. */
  private static final long MOST_BYTES = 1 << 20;

  private ConversationReport(String message) {
    super(message, null, false, false);
  }

  /**
   * Writes all that was said and the sockets beside JUnit's reports, and returns that in short, if
   * there is any of it.
   */
  static Optional<ConversationReport> of(
      ExtensionContext context, @Nullable TestEndpoints cast, SocketReport sockets) {
    List<String> texts = new ArrayList<>();
    publish(context, cast).forEach((role, where) -> texts.add(text(role, where)));
    String said =
        texts.isEmpty() ? "" : "what was said\n" + String.join("\n", texts).stripTrailing() + "\n";
    String all = (said + sockets.publish(context)).stripTrailing();
    return all.isEmpty() ? Optional.empty() : Optional.of(new ConversationReport(all));
  }

  /** Writes all that was said beside JUnit's reports; returns where, in words that go on a name. */
  static Map<ManagedResource, String> publish(
      ExtensionContext context, @Nullable TestEndpoints cast) {
    Map<ManagedResource, String> written = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (TestEndpoints at = cast; at != null; at = at.around()) {
      for (ManagedResource role : at.roles()) {
        written.put(role, role.isUnused() ? "" : publish(context, role, names));
      }
    }
    return written;
  }

  private static String publish(ExtensionContext context, ManagedResource role, Set<String> names) {
    Redaction redaction = role.redaction();
    List<Conversation> all = role.owner().recording().conversations();
    Conversation[] masked =
        all.stream()
            .map(each -> redaction.apply(each.shortened(2L * MOST_BYTES)).shortened(MOST_BYTES))
            .toArray(Conversation[]::new);
    // A single one needs no connection block, and can be read back as what it is.
    String exact =
        masked.length == 1 ? Transcript.exact(masked[0]) : Transcript.exact(Recording.of(masked));
    long left = left(all, masked);
    if (left > 0) {
      exact = "# " + left + " bytes in the middle are left out\n" + exact;
    }
    String text = comments(role, all) + exact;
    return ReportFiles.publish(context, name(role.element().name(), names), text);
  }

  /** Returns what a transcript has no lines for. */
  private static String comments(ManagedResource role, List<Conversation> all) {
    StringBuilder text = new StringBuilder(lines("# ", role.remarks()));
    for (Conversation each : all) {
      text.append(lines("# connection " + each.number() + " ", role.remarks(each)));
    }
    return text.toString();
  }

  private static String text(ManagedResource role, String where) {
    List<Conversation> all = role.owner().recording().conversations();
    if (all.isEmpty()) {
      return role.element() + ": no connection\n" + lines("  ", role.remarks());
    }
    StringBuilder text = new StringBuilder(role.element() + where + ":\n");
    int earlier = Math.max(0, all.size() - SHOWN);
    if (earlier > 0) {
      text.append("… ").append(earlier).append(" earlier connections\n");
    }
    Redaction redaction = role.redaction();
    for (Conversation each : all.subList(earlier, all.size())) {
      text.append(FailureText.of(each, redaction)).append(lines("  ", role.remarks(each)));
    }
    text.append(lines("  ", role.remarks()));
    return text.toString();
  }

  private static String lines(String start, List<String> remarks) {
    return remarks.stream()
        .map(remark -> start + Bytes.utf8(remark).escaped() + "\n")
        .collect(Collectors.joining());
  }

  private static long left(List<Conversation> all, Conversation[] shortened) {
    return sum(all) - sum(List.of(shortened));
  }

  private static long sum(List<Conversation> all) {
    return all.stream().mapToLong(each -> each.count(Side.CLIENT) + each.count(Side.SERVER)).sum();
  }

  /** Returns a file's name that was not used before: a test and a class around it may agree. */
  private static String name(String element, Set<String> names) {
    String name = element + ".wire";
    for (int i = 2; !names.add(name); i++) {
      name = element + "-" + i + ".wire";
    }
    return name;
  }
}
