package dev.partyline.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One end of a connection without a socket, an event and what comes of it on a line each. */
class StreamEndpointTest {
  @Test
  void bothDirectionsEndOneAfterTheOther() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        peer "hi"    -> received hi | ESTABLISHED, read
        send "ok"    -> write ok | ESTABLISHED, read
        peer FIN     -> fin | CLOSE_WAIT
        send "bye"   -> write bye | CLOSE_WAIT
        shut down    -> shut, FIN | LAST_ACK
        """);
  }

  @Test
  void ourEndCanComeFirst() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        shut down    -> shut, FIN | FIN_WAIT, read
        peer "hi"    -> received hi | FIN_WAIT, read
        peer FIN     -> fin | LAST_ACK
        """);
  }

  @Test
  void whatTheKernelDoesNotTakeIsSentWhenThereIsRoom() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        room 2       -> | ESTABLISHED, read
        send "hello" -> write he | ESTABLISHED, read write, 3 bytes pending
        shut down    -> | ESTABLISHED, read write, 3 bytes pending
        room 1       -> | ESTABLISHED, read write, 3 bytes pending
        writable     -> write l | ESTABLISHED, read write, 2 bytes pending
        room 9       -> | ESTABLISHED, read write, 2 bytes pending
        writable     -> write lo, shut, FIN, writable | FIN_WAIT, read
        """);
  }

  @Test
  void aPausedEndpointReadsNothing() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        pause        -> | ESTABLISHED
        peer "hi"    -> | ESTABLISHED
        resume       -> | ESTABLISHED, read
        readable     -> received hi | ESTABLISHED, read
        """);
  }

  @Test
  void anRstIsReportedByARead() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        peer RST     -> reset RESET | CLOSED
        send "hi"    -> | CLOSED
        shut down    -> | CLOSED
        """);
  }

  @Test
  void aConnectionThatTimedOutIsToldFromAReset() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        peer vanishes -> reset TIMED_OUT | CLOSED
        """);
  }

  @Test
  void anRstThatAWriteFindsComesAfterWhatWasSentBefore() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        unread "a"   -> | ESTABLISHED, read
        writes fail: Connection reset -> | ESTABLISHED, read
        send "hi"    -> reset pending, received a, reset RESET | CLOSED
        """);
  }

  @Test
  void aFinBeforeTheRstIsToldFirst() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        unread "a"   -> | ESTABLISHED, read
        writes fail: Broken pipe -> | ESTABLISHED, read
        send "hi"    -> reset pending, received a, fin, reset RESET | CLOSED
        """);
  }

  @Test
  void anRstAfterAFinIsFoundByAWrite() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        peer FIN     -> fin | CLOSE_WAIT
        writes fail: Broken pipe -> | CLOSE_WAIT
        send "hi"    -> reset RESET | CLOSED
        """);
  }

  @Test
  void aPausedOwnerIsToldOfAnRstThatItHasYetToReadUpTo() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        pause        -> | ESTABLISHED
        unread "a"   -> | ESTABLISHED
        unread RST   -> reset pending | CLOSED
        resume       -> | CLOSED, read
        peer FIN     -> received a, fin, reset RESET | CLOSED
        """);
  }

  @Test
  void aFinThatCannotBeSentFindsAnRst() {
    plays(
        """
        open         -> register | ESTABLISHED, read
        writes fail: Broken pipe -> | ESTABLISHED, read
        shut down    -> shut, reset pending, fin, reset RESET | CLOSED
        """);
  }

  private static void plays(String text) {
    Playbook playbook = new Playbook();
    assertThat(EventLines.play(text, playbook::play)).isEqualTo(text.strip());
  }

  /** An endpoint whose owner writes down what it is told. */
  private static final class Playbook implements StreamOwner {
    private final List<String> log = new ArrayList<>();
    private final FakeStreamChannel channel = new FakeStreamChannel(log::add);
    private final StreamEndpoint endpoint = new StreamEndpoint(channel, this);

    String play(String event) {
      log.clear();
      perform(event);
      channel.runTasks();
      return (String.join(", ", log) + " | " + endpoint + interest() + pending()).strip();
    }

    private String interest() {
      int ops = channel.interestOps();
      String reads = (ops & SelectionKey.OP_READ) != 0 ? " read" : "";
      String text = reads + ((ops & SelectionKey.OP_WRITE) != 0 ? " write" : "");
      return text.isEmpty() ? "" : "," + text;
    }

    private String pending() {
      long bytes = endpoint.pendingBytes();
      return bytes == 0 ? "" : ", " + bytes + " bytes pending";
    }

    private void perform(String event) {
      String argument = event.substring(event.indexOf(' ') + 1);
      switch (event.split(" ", 2)[0]) {
        case "open" -> open();
        case "peer" -> {
          receive(argument);
          ready(SelectionKey.OP_READ);
        }
        case "unread" -> {
          if (argument.equals("RST")) {
            endpoint.onUnreadReset();
          } else {
            receive(argument);
          }
        }
        case "send" -> endpoint.send(quoted(argument).toBuffer());
        case "shut" -> endpoint.shutdownOutput(true);
        case "room" -> channel.setRoom(Integer.parseInt(argument));
        case "pause" -> endpoint.setAutoRead(false);
        case "resume" -> endpoint.setAutoRead(true);
        case "readable" -> ready(SelectionKey.OP_READ);
        case "writable" -> ready(SelectionKey.OP_WRITE);
        case "writes" -> {
          channel.failWrites(event.substring("writes fail: ".length()));
          channel.endInput("FIN");
        }
        default -> throw new IllegalArgumentException("event (" + event + ") is unknown");
      }
    }

    private void open() {
      endpoint.setAutoRead(true);
      try {
        endpoint.register();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private void receive(String what) {
      switch (what) {
        case "FIN" -> channel.endInput("FIN");
        case "RST" -> channel.endInput("Connection reset");
        case "vanishes" -> channel.endInput("Connection timed out");
        default -> channel.receive(quoted(what));
      }
    }

    /** The selector reports only what is watched. */
    private void ready(int op) {
      if ((channel.interestOps() & op) != 0) {
        endpoint.onReady(op);
      }
    }

    private static Bytes quoted(String text) {
      return Bytes.utf8(text.substring(1, text.length() - 1));
    }

    @Override
    public ByteBuffer readBuffer() {
      return ByteBuffer.allocate(64);
    }

    @Override
    public void onReceived(ByteBuffer bytes) {
      log.add("received " + Bytes.copyOf(bytes).escaped());
    }

    @Override
    public void onFin(boolean truncated) {
      log.add("fin");
    }

    @Override
    public void onReset(SocketError error) {
      log.add("reset " + error);
    }

    @Override
    public void onResetPending() {
      log.add("reset pending");
    }

    @Override
    public void onHandshakeDone(TlsSession session) {
      throw new AssertionError("there is no TLS");
    }

    @Override
    public void onTlsFailed(StreamIo io, boolean finReceived) {
      throw new AssertionError("there is no TLS");
    }

    @Override
    public void onOutputShut() {
      log.add("shut");
    }

    @Override
    public void onWritable() {
      log.add("writable");
    }

    @Override
    public void onFailure(Throwable failure) {
      throw new AssertionError(failure);
    }
  }
}
