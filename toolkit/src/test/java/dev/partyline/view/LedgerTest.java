package dev.partyline.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void hasALineForEachOpeningAndEndInTheirOrder() {
    AtomicLong clock = new AtomicLong(500);
    Recorder recorder = new Recorder(clock::get);
    clock.addAndGet(5);
    ConversationRecorder first = recorder.open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:9");
    clock.addAndGet(1_000_000_000);
    ConversationRecorder second = recorder.open(Transport.UNIX, "", "/run/x\ny");
    first.recordSent(Side.SERVER, Bytes.utf8("hello").toBuffer());
    first.recordRst(Side.SERVER, Termination.Kind.FAULT, "cutAfter(5)\nas RST");
    clock.addAndGet(1);
    second.recordFin(Side.CLIENT);
    second.recordRst(Side.SERVER, Termination.Kind.REFUSED, "nobody listens");
    first.recordFin(Side.CLIENT, Termination.Kind.TIMED_OUT, "");
    assertThat(Ledger.text(recorder.recording()))
        .isEqualTo(
            """
            +0.000000005 #1 opened by 127.0.0.1:1 to 127.0.0.1:9 over TCP
            +1.000000005 #1 server ended by a fault after 5 bytes: cutAfter(5)\\nas RST
            +1.000000005 #2 opened by  to /run/x\\ny over UNIX
            +1.000000006 #1 client timed out after 0 bytes
            +1.000000006 #2 client FIN after 0 bytes
            +1.000000006 #2 server refused after 0 bytes: nobody listens
            """);
  }
}
