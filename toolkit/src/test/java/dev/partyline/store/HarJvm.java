package dev.partyline.store;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Another JVM, with less memory than what it writes has bytes. */
final class HarJvm {
  private static final int CHUNK_BYTES = 1 << 16;

  private HarJvm() {}

  /** Writes a response with so many chunks of text and one with as many of bytes. */
  public static void main(String[] arguments) throws IOException {
    int chunks = Integer.parseInt(arguments[1]);
    long[] nanos = {0};
    RecordingPolicy policy = RecordingPolicy.everything().inMemory(1 << 20);
    Recorder recorder = new Recorder(() -> nanos[0]++, policy);
    for (int value : new int[] {'x', 0xff}) {
      ConversationRecorder conversation =
          recorder.open(Transport.TCP, "127.0.0.1:41230", "127.0.0.1:8080");
      send(conversation, Side.CLIENT, "GET / HTTP/1.1\r\nHost: shop\r\n\r\n");
      byte[] chunk = new byte[CHUNK_BYTES];
      Arrays.fill(chunk, (byte) value);
      boolean isText = value == 'x';
      long size = (long) chunks * CHUNK_BYTES;
      String framing = isText ? "Content-Length: " + size : "Transfer-Encoding: chunked";
      send(conversation, Side.SERVER, "HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
      for (int i = 0; i < chunks; i++) {
        send(conversation, Side.SERVER, isText ? "" : "10000\r\n");
        conversation.recordSent(Side.SERVER, Bytes.of(chunk).toBuffer());
        send(conversation, Side.SERVER, isText ? "" : "\r\n");
      }
      send(conversation, Side.SERVER, isText ? "" : "0\r\n\r\n");
      conversation.recordClosed();
    }
    Path file = Path.of(arguments[0]);
    Har.write(recorder.recording().exact(), file);
    System.out.println(Files.size(file));
  }

  private static void send(ConversationRecorder conversation, Side side, String text) {
    if (!text.isEmpty()) {
      conversation.recordSent(side, Bytes.utf8(text).toBuffer());
    }
  }
}
