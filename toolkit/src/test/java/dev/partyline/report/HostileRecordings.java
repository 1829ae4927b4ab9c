package dev.partyline.report;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.SplittableRandom;

/** Recordings whose bytes, addresses, notes and causes try to become a part of a page. */
final class HostileRecordings {
  private static final String[] PIECES = {
    "<script>hacked()</script>",
    "</script><script>hacked()</script>",
    "<!--<script>",
    "]]>",
    "<img src=x onerror=hacked()>",
    "<svg onload=hacked()>",
    "\"><iframe src=javascript:hacked()>",
    "' onmouseover='hacked()",
    "<b>bold</b>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0>",
    "<base href=//a>",
    "javascript:hacked()",
    "${hacked()}",
    "`${hacked()}`",
    "&lt;&amp;&#60;",
    "\\u003cscript\\u003e",
    "\u2028hacked()\u2029",
    "\u202eevil\u202c",
    "\u2066\u2067\u2068\u2069\u200f\u200e\u061c",
    "\0\u0001\u001b[31m\u007f\u0085",
    "\ufeff\u00ad\u200b",
    "\r\n\t",
    "__proto__",
    "e\u0301\u0489\u0489\u0489",
    "שלום",
    "😀",
  };
  private static final String[] STARTS = {
    "GET /%s HTTP/1.1\r\nX: %s\r\n\r\n",
    "*2\r\n$3\r\nGET\r\n$4\r\n%s%s\r\n",
    "+%s%s\r\n",
    "HTTP/1.1 200 %s\r\n%s: a\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n%s%s",
    "\u0016\u0003\u0001%s%s",
    "%s%s",
  };

  private final SplittableRandom random;

  HostileRecordings(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Returns a text of a few pieces. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private Bytes bytes() {
    String start = STARTS[random.nextInt(STARTS.length)];
    byte[] bytes = Bytes.utf8(start.formatted(text(), text())).toArray();
    if (random.nextInt(3) == 0) {
      // Half a character, or none.
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return Bytes.of(bytes);
  }

  /** Returns a recording of so many connections. */
  Recording recording(int connections) {
    Recorder recorder = new Recorder(() -> 0);
    for (int i = 0; i < connections; i++) {
      Transport transport = random.nextInt(8) == 0 ? Transport.UDP : Transport.TCP;
      ConversationRecorder conversation = recorder.open(transport, text(), text());
      for (int chunk = random.nextInt(3); chunk >= 0; chunk--) {
        conversation.recordSent(Side.values()[random.nextInt(2)], bytes().toBuffer());
      }
      conversation.recordNote(text());
      conversation.recordRst(Side.SERVER, dev.partyline.wire.Termination.Kind.FAULT, text());
    }
    return recorder.recording();
  }

  /** Returns a report all of whose texts are hostile. */
  TestReport report(int connections) {
    return TestReport.of(text(), TestResult.FAILED)
        .failure(text() + "\n" + text())
        .threads(text())
        .sockets(text())
        .link(text(), java.nio.file.Path.of("target", "javascript:hacked()"))
        .with(ReportSection.of(text(), recording(connections)));
  }
}
