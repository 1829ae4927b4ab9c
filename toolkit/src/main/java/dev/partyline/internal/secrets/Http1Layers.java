package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The bodies that HTTP/1.1 sends in chunks (RFC 9112, 7.1), put together again. */
final class Http1Layers {
  private static final String TRANSFER_ENCODING = "transfer-encoding:";

  private static final String HEAD_END = "\r\n\r\n";

  private static final int MAX_SIZE_LINE = 1024;

  private final Layer whole;
  private final TextScan scan;
  private final String text;
  private final List<Layer> layers = new ArrayList<>();
  private final Layer.Builder rest;

  /** Where the head ends that was looked at last, because it may have this header many times. */
  private int lastHeadEnd;

  private Http1Layers(Layer whole) {
    this.whole = whole;
    this.text = whole.text();
    this.scan = new TextScan(text);
    this.rest = Layer.in(whole);
    this.lastHeadEnd = text.indexOf(HEAD_END);
  }

  /** Returns a layer for each body, and one for everything else. */
  static List<Layer> of(Layer whole) {
    return new Http1Layers(whole).split();
  }

  private List<Layer> split() {
    int restStart = 0;
    int offset = 0;
    while (offset < text.length()) {
      int lineEnd = scan.lineEnd(offset);
      int headEnd = isChunked(offset, lineEnd) ? headEnd(offset) : -1;
      offset = lineEnd + 1;
      if (headEnd >= 0) {
        Layer.Builder body = Layer.in(whole);
        offset = chunks(headEnd + 4, body);
        if (!body.isEmpty()) {
          layers.add(body.build());
          rest.add(restStart, headEnd + 4);
          restStart = offset;
        }
      }
    }
    if (layers.isEmpty()) {
      return List.of(whole);
    }
    layers.add(rest.add(restStart, text.length()).build());
    return layers;
  }

  private int headEnd(int offset) {
    if (lastHeadEnd >= 0 && lastHeadEnd < offset) {
      lastHeadEnd = text.indexOf(HEAD_END, offset);
    }
    return lastHeadEnd;
  }

  private boolean isChunked(int offset, int lineEnd) {
    return text.regionMatches(true, offset, TRANSFER_ENCODING, 0, TRANSFER_ENCODING.length())
        && lineEnd - offset < MAX_SIZE_LINE
        && text.substring(offset, lineEnd).strip().toLowerCase(Locale.ROOT).endsWith("chunked");
  }

  /** Adds the content of chunks to a layer, and returns where they end. */
  private int chunks(int offset, Layer.Builder body) {
    int next = offset;
    while (next < text.length()) {
      int lineEnd = scan.lineEnd(next);
      int size = lineEnd - next > MAX_SIZE_LINE ? -1 : size(text.substring(next, lineEnd));
      if (size <= 0) {
        return next;
      }
      int end = (int) Math.min(text.length(), (long) lineEnd + 1 + size);
      body.add(lineEnd + 1, end);
      next = text.startsWith("\r\n", end) ? end + 2 : end;
    }
    return Math.min(next, text.length());
  }

  private static int size(String line) {
    String digits = line.split(";", 2)[0].strip();
    return digits.matches("[0-9A-Fa-f]{1,7}") ? Integer.parseInt(digits, 16) : -1;
  }
}
