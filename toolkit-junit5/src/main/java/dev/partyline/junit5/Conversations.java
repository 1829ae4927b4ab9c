package dev.partyline.junit5;

import dev.partyline.script.Picture;
import dev.partyline.script.Played;
import dev.partyline.script.Redaction;
import dev.partyline.script.Transcript;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What was said up to a failure, for the failure to carry along. */
final class Conversations extends Throwable {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 5;

  /** Of each conversation; a script of more takes longer to read than to record again. */
  private static final long MOST_BYTES = 1 << 20;

  private Conversations(String message) {
    super(message, null, false, false);
  }

  /**
   * Writes all that was said beside JUnit's reports, and returns it in short, if there is anybody
   * to have said it.
   */
  static Optional<Conversations> of(ExtensionContext context, @Nullable Cast cast) {
    List<String> texts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Cast at = cast; at != null; at = at.around()) {
      for (Role role : at.roles()) {
        texts.add(text(context, role, names));
      }
    }
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Conversations("what was said\n" + String.join("\n", texts).stripTrailing()));
  }

  /** Writes all that was said beside JUnit's reports, though nothing has failed. */
  static void publish(ExtensionContext context, Cast cast) {
    of(context, cast);
  }

  private static String text(ExtensionContext context, Role role, Set<String> names) {
    Played played = role.played();
    Redaction redaction = played.redaction();
    List<Conversation> all = played.recording().conversations();
    if (all.isEmpty()) {
      return role.element() + ": no connection";
    }
    Conversation[] masked =
        all.stream()
            .map(each -> redaction.apply(each).shortened(MOST_BYTES))
            .toArray(Conversation[]::new);
    // A single one needs no connection block, and can be read back as what it is.
    String exact =
        masked.length == 1 ? Transcript.exact(masked[0]) : Transcript.exact(Recording.of(masked));
    String name = name(role.element().name(), names);
    long left = left(all, masked);
    if (left > 0) {
      exact = "# " + left + " bytes in the middle are left out\n" + exact;
    }
    String where = Publishing.publish(context, name, exact);
    StringBuilder text = new StringBuilder(role.element() + where + ":\n");
    int earlier = Math.max(0, all.size() - SHOWN);
    if (earlier > 0) {
      text.append("… ").append(earlier).append(" earlier connections\n");
    }
    all.stream().skip(earlier).forEach(each -> text.append(Picture.of(each, redaction)));
    return text.toString();
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
