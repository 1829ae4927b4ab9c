package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.ChunkedBody;
import dev.partyline.internal.secrets.stream.FrameReader;
import dev.partyline.internal.secrets.stream.FrameReader.FramePayload;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The bodies that HTTP/1.1 sends in chunks (RFC 9112, 7.1), put together again. */
final class Http1Layers {
  private static final String TRANSFER_ENCODING = "transfer-encoding";

  private static final int MAX_HEADER = 1024;

  private final Layer whole;
  private final TextScan scan;
  private final List<Layer> layers = new ArrayList<>();
  private final Layer.Builder rest;

  /** Where the head ends that was looked at last, because it may have this header many times. */
  private int lastHeadEnd;

  private Http1Layers(Layer whole) {
    this.whole = whole;
    this.scan = new TextScan(whole.text());
    this.rest = Layer.in(whole);
  }

  /** Returns a layer for each body, and one for everything else. */
  static List<Layer> of(Layer whole) {
    return new Http1Layers(whole).split();
  }

  private List<Layer> split() {
    int restStart = 0;
    int offset = 0;
    while (offset < scan.length()) {
      int bodyStart = isChunked(offset) ? headEnd(offset) : scan.length();
      offset = scan.lineEnd(offset) + 1;
      if (bodyStart < scan.length()) {
        Layer.Builder body = Layer.in(whole);
        offset = chunks(bodyStart, body);
        if (!body.isEmpty()) {
          layers.add(body.build());
          rest.add(restStart, bodyStart);
          restStart = offset;
        }
      }
    }
    if (layers.isEmpty()) {
      return List.of(whole);
    }
    layers.add(rest.add(restStart, scan.length()).build());
    return layers;
  }

  /** Returns where the head ends, after its empty line, or the length of the text. */
  private int headEnd(int offset) {
    if (lastHeadEnd <= offset) {
      lastHeadEnd = scan.headEnd(offset);
    }
    return lastHeadEnd;
  }

  private boolean isChunked(int offset) {
    if (!scan.startsWithIgnoringCase(offset, TRANSFER_ENCODING)) {
      return false;
    }
    int colon = scan.skipBlanks(offset + TRANSFER_ENCODING.length());
    int end = Math.min(scan.foldedLineEnd(offset, 0), offset + MAX_HEADER);
    return scan.startsWith(colon, ":")
        && scan.text(offset, end).strip().toLowerCase(Locale.ROOT).endsWith("chunked");
  }

  /** Adds the content of chunks to a layer, and returns where they end. */
  private int chunks(int offset, Layer.Builder body) {
    List<FramePayload> chunks = new ArrayList<>();
    FrameReader reader = new FrameReader(offset, scan.length(), List.of());
    ChunkedBody.read(scan, reader, chunks);
    chunks.forEach(chunk -> body.add(chunk.offset(), chunk.endOffset()));
    return reader.offset();
  }
}
