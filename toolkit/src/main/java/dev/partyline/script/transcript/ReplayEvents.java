package dev.partyline.script.transcript;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What of the events of a connection a replay has. */
final class ReplayEvents {
  /** A handshake record of TLS, version 3.x, with a ClientHello (RFC 8446, 5.1). */
  private static final int TLS_HANDSHAKE = 22;

  private ReplayEvents() {}

  /**
   * Returns the events that the server has to play, or to expect.
   *
   * @throws IllegalStateException if there was no server, bytes were not kept, or TLS was not
   *     decrypted
   */
  static List<Event> replayed(Conversation conversation) {
    check(conversation);
    List<Event> all = withoutFaults(conversation);
    int last = lastOfServer(all);
    List<Event> result = new ArrayList<>();
    boolean clientEnded = false;
    boolean serverEnded = false;
    for (int i = 0; i < all.size(); i++) {
      Event event = all.get(i);
      boolean isEnd = event instanceof Event.Fin || event instanceof Event.Rst;
      boolean isFirstTls = event instanceof Event.TlsStarted && result.isEmpty();
      if (isFirstTls || (event.side() == Side.SERVER ? serverEnded : clientEnded)) {
        continue;
      }
      if (event.side() == Side.SERVER) {
        serverEnded = isEnd;
        // After the end of the client our end closes by itself.
        if (!isEnd || !clientEnded) {
          result.add(event);
        }
        if (event instanceof Event.Rst) {
          break;
        }
      } else {
        clientEnded = isEnd;
        // Whether it ends by a FIN or an RST, sooner or later, is often chance.
        if (!isEnd || (event instanceof Event.Fin && i < last)) {
          result.add(event);
        }
      }
    }
    return result;
  }

  /** Returns whether the server has seen the connection: a fault may have refused it before. */
  static boolean reachedServer(Conversation conversation) {
    return conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER) > 0
        || conversation.ledger().stream()
            .noneMatch(termination -> termination.kind() == Termination.Kind.FAULT);
  }

  private static void check(Conversation conversation) {
    conversation.ledger().stream()
        .filter(ReplayEvents::isUnreachable)
        .findFirst()
        .ifPresent(
            termination -> {
              throw new IllegalStateException(
                  conversation.name()
                      + " reached no server that could be replayed ("
                      + termination.cause()
                      + "): start the server before the client connects");
            });
    CompleteRecording.check(conversation, "be replayed");
    Bytes start =
        conversation.bytes(Side.CLIENT, 0, Math.min(6, conversation.byteCount(Side.CLIENT)));
    if (conversation.transport().isStream()
        && start.size() == 6
        && start.byteAt(0) == TLS_HANDSHAKE
        && start.byteAt(1) == 3
        && start.byteAt(5) == 1) {
      throw new IllegalStateException(
          conversation.name()
              + " is encrypted by TLS, which cannot be replayed: use TapSpec.decrypting()");
    }
  }

  private static boolean isUnreachable(Termination termination) {
    return termination.side() == Side.SERVER
        && (termination.kind() == Termination.Kind.REFUSED
            || (termination.kind() == Termination.Kind.TIMED_OUT && termination.offset() == 0));
  }

  private static int lastOfServer(List<Event> events) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i) instanceof Event.Sent sent && sent.side() == Side.SERVER) {
        return i;
      }
    }
    return -1;
  }

  /** Leaves out the ends that a fault has made: the sides themselves have not ended there. */
  private static List<Event> withoutFaults(Conversation conversation) {
    Iterator<Termination> terminations = conversation.ledger().iterator();
    List<Event> result = new ArrayList<>();
    for (Event event : conversation.events()) {
      boolean isEnd = event instanceof Event.Fin || event instanceof Event.Rst;
      boolean isFault =
          isEnd && terminations.hasNext() && terminations.next().kind() == Termination.Kind.FAULT;
      if (!isFault) {
        result.add(event);
      }
    }
    return result;
  }

  /**
   * Joins neighbouring chunks of one side, because their boundary means nothing on a stream, but
   * not over a mark; with times the chunks of the server stay.
   */
  static List<ReplayEvent> joined(
      Conversation conversation, List<Event> events, ReplayOrder order, boolean timesKept) {
    List<ReplayEvent> result = new ArrayList<>();
    for (int i = 0; i < events.size(); ) {
      Event event = events.get(i++);
      String awaitedMark = order.awaitedMark(event);
      String mark = order.mark(event);
      if (event instanceof Event.Sent first && conversation.transport().isStream()) {
        List<Bytes> run = new ArrayList<>(List.of(first.bytes()));
        while (mark == null
            && i < events.size()
            && events.get(i) instanceof Event.Sent next
            && next.side() == first.side()
            && order.awaitedMark(next) == null
            && (first.side() == Side.CLIENT || !timesKept)) {
          run.add(next.bytes());
          mark = order.mark(next);
          i++;
        }
        event = new Event.Sent(first.side(), first.nanos(), Bytes.join(run));
      }
      result.add(new ReplayEvent(event, awaitedMark, mark));
    }
    return result;
  }
}
