package dev.partyline.script.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.ScriptException;
import dev.partyline.view.ProcessorTime;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptTest {
  private static Conversation one(Bytes chunk) {
    return Conversation.of(List.of(new Event.Sent(Side.CLIENT, 0, chunk)));
  }

  @Test
  void theExactFormHasTimesAndCuts() {
    AtomicLong clock = new AtomicLong();
    ConversationRecorder recorder =
        new Recorder(clock::get).open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:2");
    recorder.recordSent(Side.SERVER, Bytes.utf8("220 hi\r\n").toBuffer());
    clock.set(3_217_000);
    recorder.recordSent(Side.CLIENT, Bytes.utf8("EHLO").toBuffer());
    recorder.recordSent(Side.CLIENT, Bytes.utf8(" me\r\nNOOP\r\n").toBuffer());
    clock.set(12_000_000_005L);
    recorder.recordFin(Side.CLIENT);
    recorder.recordRst(Side.SERVER);
    assertThat(Transcript.exact(recorder.snapshot()))
        .isEqualTo(
            """
            # connection 1 over TCP: 127.0.0.1:1 > 127.0.0.1:2
            [+0.000000000] S: 220 hi
            [+0.003217000] C| EHLO
            cut
            [+0.003217000] C:  me
            C: NOOP
            [+12.000000005] C! finish
            [+12.000000005] S! reset
            """);
    assertThat(Transcript.plain(recorder.snapshot()))
        .isEqualTo("S: 220 hi\nC: EHLO me\nC: NOOP\nC! finish\nS! reset\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "61 0d 0a                ~ C: a",
        "61                      ~ C| a",
        "0d 0a ~ C:",
        "61 0a                   ~ eol lf|C: a",
        "''                ~ C|",
        "61 20 0d 0a             ~ C: a\\s",
        "2e 2e 2e 0d 0a     ~ C: \\...",
        "24 7b 78 7d             ~ C| \\${x}",
        "00 01 02           ~ C# 00 01 02",
        "61 62 63 64 65 66 67 68 69 6a 00 ~ C| abcdefghij\\0",
        "61 62 63 64 65 66 67 68 00       ~ C# \"abcdefgh\" 00",
        "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10"
            + " ~ C# 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f|C# 10",
        "e2 82 ac 0d 0a          ~ C: \u20ac",
        "e2 80 ae 61 61 61 61 61 61 61 61 ~ C# e2 80 ae \"aaaaaaaa\"",
        "61 0d 0a 00 00 0d 0a 62 ~ C: a|C# 00 00 0d 0a|C| b",
      })
  void printableUtf8IsTextAndOtherBytesAreHex(String hex, String printed) {
    String plain = Transcript.plain(one(Bytes.hex(hex)));
    assertThat(plain.strip().replace("\n", "|")).isEqualTo(printed);
    assertThat(Transcript.conversation(plain).bytes(Side.CLIENT)).isEqualTo(Bytes.hex(hex));
  }

  @Test
  void theLineEndThatMostLinesHaveIsPrintedOnce() {
    assertThat(Transcript.plain(one(Bytes.utf8("a\nb\nc\r\nd\n"))))
        .isEqualTo("eol lf\nC: a\nC: b\nC# 63 0d 0a\nC: d\n");
  }

  @Test
  void aRecordingIsBlocksAndASilentConnectionStaysOne() {
    Recording recording =
        Recording.of(
            one(Bytes.utf8("a\r\n")), Conversation.of(List.of()), one(Bytes.utf8("b\nc\n")));
    String exact = Transcript.exact(recording);
    assertThat(exact)
        .isEqualTo(
            """
            connection
              [+0.000000000] C: a
            connection
              cut
            eol lf
            connection
              [+0.000000000] C: b
              C: c
            """);
    assertThat(Transcript.recording(exact).conversations()).isEqualTo(recording.conversations());
  }

  @Test
  void aRecordingNamesTheAddressesInComments() {
    Recorder recorder = new Recorder(() -> 0);
    recorder.open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:9");
    recorder.open(Transport.TCP, "127.0.0.1:2", "127.0.0.1:9");
    String exact = Transcript.exact(recorder.recording());
    assertThat(exact)
        .isEqualTo(
            """
            # connection 1 over TCP: 127.0.0.1:1 > 127.0.0.1:9
            connection
              cut
            # connection 2 over TCP: 127.0.0.1:2 > 127.0.0.1:9
            connection
              cut
            """);
    assertThat(Transcript.recording(exact).connections()).isEqualTo(2);
  }

  @Test
  void whatIsNotComparedIsInComments() {
    AtomicLong clock = new AtomicLong();
    ConversationRecorder recorder =
        new Recorder(clock::get, RecordingPolicy.headAndTail(3, 2))
            .open(Transport.TCP, "a:1", "b:2");
    recorder.recordNote("slice hit at byte 2");
    recorder.recordSent(Side.CLIENT, Bytes.utf8("one\r\n").toBuffer());
    clock.set(5);
    recorder.recordSent(Side.CLIENT, Bytes.utf8("1234567890").toBuffer());
    recorder.recordFin(Side.CLIENT, Termination.Kind.FAULT, "cutAfter(15)");
    recorder.recordRst(Side.SERVER, Termination.Kind.REFUSED, "");
    recorder.recordNote("over");
    assertThat(Transcript.exact(recorder.snapshot()))
        .isEqualTo(
            """
            # connection 1 over TCP: a:1 > b:2
            # [+0.000000000] slice hit at byte 2
            [+0.000000000] C| one
            # 10 bytes dropped here (client)
            cut
            [+0.000000005] C| 90
            # by a fault: cutAfter(15)
            [+0.000000005] C! finish
            # refused
            [+0.000000005] S! reset
            # [+0.000000005] over
            """);
    assertThat(Transcript.plain(recorder.snapshot()))
        .startsWith("# slice hit at byte 2\nC| one\n#");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "C: ${x}             ~ a placeholder in a transcript",
            "C: ...   ~ not a part of a transcript",
        "pause 1s            ~ not a part of a transcript", "S! stall   ~ a stall cannot be seen",
        "C# ??               ~ a placeholder in a transcript",
      })
  void aScriptThatIsNotATranscriptIsRefused(String script, String problem) {
    assertThatThrownBy(() -> Transcript.conversation("C: a\n" + script))
        .isInstanceOf(ScriptException.class)
        .hasMessageStartingWith("script:2:1: ")
        .hasMessageContaining(problem);
  }

  @Test
  void aScriptThatIsNotARecordingIsRefused() {
    assertThatThrownBy(() -> Transcript.recording("C: a"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("expected connection blocks");
    assertThatThrownBy(() -> Transcript.recording("every connection\n  C: a"))
        .isInstanceOf(ScriptException.class);
  }

  @Test
  @ResourceLock(Resources.LOCALE)
  void timesAreWrittenInAsciiDigitsInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      Conversation conversation = one(Bytes.utf8("a\u0000bcdefghijklmn\r\n"));
      assertThat(Transcript.exact(conversation)).startsWith("[+0.000000000] C: a\\0b");
      assertThat(Transcript.conversation(Transcript.exact(conversation))).isEqualTo(conversation);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aMegabyteOfBytesPrintsAndReadsBackAtOnce() {
    byte[] bytes = new byte[1 << 20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 >> 3);
    }
    Conversation conversation = one(Bytes.of(bytes));
    Duration start = ProcessorTime.now();
    assertThat(Transcript.conversation(Transcript.exact(conversation))).isEqualTo(conversation);
    assertThat(ProcessorTime.now().minus(start)).isLessThan(Duration.ofSeconds(10));
  }
}
