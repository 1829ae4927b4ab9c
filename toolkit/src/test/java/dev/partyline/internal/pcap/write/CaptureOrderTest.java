package dev.partyline.internal.pcap.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done with which connection, in its order. */
class CaptureOrderTest {
  private long nanos;
  private final Recorder recorder = new Recorder(() -> nanos);
  private final List<String> done = new ArrayList<>();

  @Test
  void eventsComeByTheirTimeAndConnectionsEndWithTheirLastOne() {
    ConversationRecorder first = openAt(0);
    sendAt(10, first);
    ConversationRecorder second = openAt(20);
    sendAt(30, second);
    sendAt(40, first);
    sendAt(50, second);

    visit();
    assertThat(done)
        .containsExactly(
            "open 1", "1 at 10", "open 2", "2 at 30", "1 at 40", "close 1", "2 at 50", "close 2");
  }

  @Test
  void aConnectionWithoutEventsIsOpenedAndClosedAtItsTime() {
    ConversationRecorder first = openAt(0);
    openAt(5);
    sendAt(10, first);

    visit();
    assertThat(done).containsExactly("open 1", "open 2", "close 2", "1 at 10", "close 1");
  }

  @Test
  void atTheSameTimeConnectionsOpenBeforeBytesAndTheFirstIsFirst() {
    ConversationRecorder first = openAt(10);
    sendAt(10, first);
    ConversationRecorder second = openAt(10);
    sendAt(10, second);

    visit();
    assertThat(done)
        .containsExactly("open 1", "open 2", "1 at 10", "close 1", "2 at 10", "close 2");
  }

  private ConversationRecorder openAt(long time) {
    nanos = time;
    return recorder.open(Transport.TCP, "?", "?");
  }

  private void sendAt(long time, ConversationRecorder conversation) {
    nanos = time;
    conversation.recordSent(Side.CLIENT, ByteBuffer.allocate(1));
  }

  private void visit() {
    CaptureOrder.visit(
        recorder.recording().conversations(),
        conversation -> new CaptureOrder.Running(conversation, new Events(conversation), () -> {}));
  }

  private final class Events implements FrameSource {
    private final Conversation conversation;
    private int index;

    Events(Conversation conversation) {
      this.conversation = conversation;
    }

    @Override
    public void open() {
      done.add("open " + conversation.number());
    }

    @Override
    public boolean hasNext() {
      return index < conversation.events().size();
    }

    @Override
    public long nextNanos() {
      return conversation.events().get(index).nanos();
    }

    @Override
    public void writeNext() {
      long time = conversation.openedAtNanos() + nextNanos();
      done.add(conversation.number() + " at " + time);
      index++;
    }

    @Override
    public void close() {
      done.add("close " + conversation.number());
    }
  }
}
