package dev.partyline.store;

import dev.partyline.peers.Program;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A folder of a test in which a recording is written as a capture. */
abstract class CaptureFolder {
  static final String CLIENT = "127.0.0.1:41230";

  static final String SERVER = "127.0.0.1:50000";

  static final PcapngOptions STANDARD = PcapngOptions.standard();

  @TempDir Path folder;

  long nanos;

  Recorder recorder = new Recorder(() -> nanos);

  final ConversationRecorder open() {
    return recorder.open(Transport.TCP, CLIENT, SERVER);
  }

  final Path write() throws IOException {
    return write(STANDARD);
  }

  final Path write(PcapngOptions options) throws IOException {
    Path file = folder.resolve("test.pcapng");
    Pcapng.write(recorder.recording(), file, options);
    return file;
  }

  static String sent(Path file) {
    List<Map<Side, Bytes>> streams = Tshark.follow(file, "tcp", 1);
    return streams.get(0).get(Side.CLIENT).utf8();
  }

  static String comments(Path file) {
    return String.join("\n", Tshark.fields(file, "frame.comment", "frame.comment"));
  }

  static String section(Path file) {
    return Program.run("", "capinfos", "-k", file);
  }

  static ByteBuffer bytes(String text) {
    return Bytes.utf8(text).toBuffer();
  }
}
