package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Transport;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * A conversation as tcpdump prints it: a line for each chunk, FIN and RST, and below it the bytes.
 *
 * <p>Sequence and acknowledgement numbers are relative, as tcpdump has them: the first byte of a
 * side is number 1. Only what was said is printed, no headers of IP or TCP, which nobody saw. What
 * is no text is a dot; remarks and what was dropped are lines that begin with {@code #}.
 */
public final class Dump {
  private final StringBuilder text = new StringBuilder();
  private final BiConsumer<Bytes, StringBuilder> payload;

  private Dump(BiConsumer<Bytes, StringBuilder> payload) {
    this.payload = payload;
  }

  /** Returns the conversation as {@code tcpdump -A} prints it, times from its opening on. */
  public static String ascii(Conversation conversation) {
    return new Dump(HexDump::ascii).with(conversation, 0);
  }

  /** Returns the conversation as {@code tcpdump -X} prints it, times from its opening on. */
  public static String hex(Conversation conversation) {
    return new Dump(HexDump::hex).with(conversation, 0);
  }

  /**
   * Returns the conversations of a recording as {@code tcpdump -A} prints them, one after the
   * other, times from the beginning of the recording on.
   */
  public static String ascii(Recording recording) {
    return new Dump(HexDump::ascii).with(recording);
  }

  /**
   * Returns the conversations of a recording as {@code tcpdump -X} prints them, one after the
   * other, times from the beginning of the recording on.
   */
  public static String hex(Recording recording) {
    return new Dump(HexDump::hex).with(recording);
  }

  private String with(Recording recording) {
    for (Conversation conversation : recording.conversations()) {
      with(conversation, conversation.opened());
    }
    return text.toString();
  }

  private String with(Conversation conversation, long start) {
    PacketLine header = new PacketLine(conversation, start);
    int[] read = new int[2];
    var notes = conversation.notes();
    conversation.forEachEvent(
        event -> {
          for (; read[1] < notes.size() && notes.get(read[1]).events() <= read[0]; read[1]++) {
            note(notes.get(read[1]));
          }
          read[0]++;
          event(header, event, conversation.transport());
        });
    notes.subList(read[1], notes.size()).forEach(this::note);
    return text.toString();
  }

  private void event(PacketLine header, Event event, Transport transport) {
    if (event instanceof Event.Dropped dropped) {
      text.append(
          String.format(
              Locale.ROOT, "# %,d bytes dropped here (%s)\n", dropped.bytes(), dropped.side()));
    } else if (event instanceof Event.StartTls) {
      text.append("# TLS starts here\n");
    } else {
      text.append(header.line(event, transport)).append('\n');
    }
    header.count(event);
    if (event instanceof Event.Sent sent) {
      payload.accept(sent.bytes(), text);
    }
  }

  private void note(Note note) {
    text.append("# ").append(Bytes.utf8(note.text()).escaped()).append('\n');
  }
}
