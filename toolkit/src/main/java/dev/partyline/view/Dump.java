package dev.partyline.view;

import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.internal.text.Quantity;
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
 * side is number 1. Only what was sent is printed, without headers of IP and TCP, because those are
 * not recorded. Bytes that are not text are dots; remarks and dropped bytes are lines that begin
 * with {@code #}. Secrets are masked, unless the conversation is {@linkplain Conversation#exact()
 * exact}.
 */
public final class Dump {
  private final StringBuilder text = new StringBuilder();
  private final BiConsumer<Bytes, StringBuilder> payloadFormat;

  private Dump(BiConsumer<Bytes, StringBuilder> payloadFormat) {
    this.payloadFormat = payloadFormat;
  }

  /** Returns the conversation as {@code tcpdump -A} prints it; times count from its opening. */
  public static String ascii(Conversation conversation) {
    return new Dump(HexDump::ascii).print(conversation, 0);
  }

  /** Returns the conversation as {@code tcpdump -X} prints it; times count from its opening. */
  public static String hex(Conversation conversation) {
    return new Dump(HexDump::hex).print(conversation, 0);
  }

  /**
   * Returns the conversations of a recording as {@code tcpdump -A} prints them, one after the
   * other; times count from the beginning of the recording.
   */
  public static String ascii(Recording recording) {
    return new Dump(HexDump::ascii).print(recording);
  }

  /**
   * Returns the conversations of a recording as {@code tcpdump -X} prints them, one after the
   * other; times count from the beginning of the recording.
   */
  public static String hex(Recording recording) {
    return new Dump(HexDump::hex).print(recording);
  }

  private String print(Recording recording) {
    if (recording.droppedConnections() > 0) {
      text.append("# ")
          .append(Quantity.of(recording.droppedConnections(), "connection"))
          .append(" dropped\n");
    }
    recording.problems().forEach(this::appendComment);
    for (Conversation conversation : recording.conversations()) {
      print(conversation, conversation.openedAtNanos());
    }
    return text.toString();
  }

  private String print(Conversation recorded, long startNanos) {
    Conversation conversation = SecretRules.printed(recorded);
    PacketLine packetLine = new PacketLine(conversation, startNanos);
    conversation.forEach(
        event -> appendEvent(packetLine, event, conversation.transport()), this::appendNote);
    return text.toString();
  }

  private void appendEvent(PacketLine packetLine, Event event, Transport transport) {
    if (event instanceof Event.Dropped dropped) {
      text.append(
          String.format(
              Locale.ROOT, "# %,d bytes dropped here (%s)\n", dropped.byteCount(), dropped.side()));
    } else if (event instanceof Event.TlsStarted) {
      text.append("# TLS starts here\n");
    } else {
      text.append(packetLine.text(event, transport)).append('\n');
    }
    packetLine.advance(event);
    if (event instanceof Event.Sent sent) {
      payloadFormat.accept(sent.bytes(), text);
    }
  }

  private void appendNote(Note note) {
    appendComment(note.text());
  }

  private void appendComment(String comment) {
    text.append("# ").append(Bytes.utf8(comment).escaped()).append('\n');
  }
}
