package dev.partyline.script.transcript;

import dev.partyline.internal.text.DurationText;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The comments of a transcript; they are escaped, so nothing from outside can end one early. */
final class TranscriptComments {
  private TranscriptComments() {}

  static List<String> header(Conversation conversation) {
    return conversation.address(Side.SERVER).equals("?")
        ? List.of()
        : List.of(
            "# connection "
                + conversation.number()
                + " over "
                + conversation.transport()
                + ": "
                + oneLine(conversation.address(Side.CLIENT))
                + " > "
                + oneLine(conversation.address(Side.SERVER)));
  }

  static String note(Note note, boolean withTimestamp) {
    return ("# " + timestamp(note.nanos(), withTimestamp) + oneLine(note.text())).stripTrailing();
  }

  private static String timestamp(long nanos, boolean shown) {
    return shown ? DurationText.timestamp(Duration.ofNanos(nanos)) + " " : "";
  }

  /** Returns the comment on an end that a script cannot have, because the side went on after it. */
  static String superseded(Event event, Termination termination, boolean withTimestamp) {
    return "# "
        + timestamp(event.nanos(), withTimestamp)
        + event.side().letter()
        + (event instanceof Event.Rst ? "! reset" : "! finish")
        + " by a fault: "
        + oneLine(termination.cause());
  }

  static String dropped(Event.Dropped dropped) {
    return String.format(
        Locale.ROOT, "# %,d bytes dropped here (%s)", dropped.byteCount(), dropped.side());
  }

  /** Returns the comment on how a side ended: none if it just sent its FIN or RST. */
  static List<String> termination(Termination termination) {
    String description =
        switch (termination.kind()) {
          case FIN, RST -> "";
          case TIMED_OUT -> "timed out";
          case REFUSED -> "refused";
          case FAULT -> "by a fault";
        };
    String cause = oneLine(termination.cause());
    boolean isPlain =
        termination.kind() == Termination.Kind.FIN || termination.kind() == Termination.Kind.RST;
    return isPlain && cause.isEmpty()
        ? List.of()
        : List.of(
            "# " + description + (description.isEmpty() || cause.isEmpty() ? "" : ": ") + cause);
  }

  private static String oneLine(String text) {
    return Bytes.utf8(text).escaped();
  }
}
