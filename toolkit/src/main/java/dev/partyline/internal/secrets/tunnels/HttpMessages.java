package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.ChunkedBody;
import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Dialogue.Missing;
import dev.partyline.internal.secrets.stream.FrameReader;
import dev.partyline.internal.secrets.stream.FrameReader.FramePayload;
import dev.partyline.internal.secrets.stream.TextScan;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The messages of a side in HTTP/1.1 (RFC 9112), one after the other. Where it cannot be told how
 * one ends, or bytes are missing, the next line that may begin another is taken for its beginning,
 * and all from there on are not sure.
 */
final class HttpMessages {
  private static final String VERSION = "HTTP/1.";

  private static final Pattern REQUEST_LINE =
      Pattern.compile("[A-Z][A-Z-]{1,24} [^\\r\\n]*+(?<= HTTP/1\\.[01])(?=\\r?\\n)");

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] [1-5]\\d\\d(?!\\w)[^\\r\\n]*+");

  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final TextScan scan;
  private final List<Missing> missing;
  private final Matcher startLine;
  private final List<HttpMessage> messages = new ArrayList<>();
  private FrameReader reader;
  private boolean isSure = true;

  private HttpMessages(Dialogue dialogue, Side side, Pattern startLine) {
    String text = dialogue.layer(side).text();
    this.scan = new TextScan(text);
    this.missing = dialogue.missing(side);
    this.startLine = startLine.matcher(text);
    this.reader = new FrameReader(0, text.length(), missing);
  }

  static List<HttpMessage> requests(Dialogue dialogue) {
    HttpMessages client = new HttpMessages(dialogue, Side.CLIENT, REQUEST_LINE);
    while (client.goToNext()) {
      client.add("", true);
    }
    return client.messages;
  }

  /**
   * Returns the responses but for interim ones.
   *
   * @param requests what they answer, which tells whether they have a body
   */
  static List<HttpMessage> responses(Dialogue dialogue, List<HttpMessage> requests) {
    HttpMessages server = new HttpMessages(dialogue, Side.SERVER, STATUS_LINE);
    while (server.goToNext()) {
      int number = server.messages.size();
      boolean isKnown = number < requests.size() && requests.get(number).isSure();
      server.add(isKnown ? requests.get(number).method() : "", isKnown);
      if (server.messages.get(number).isInterim()) {
        server.messages.remove(number);
      }
    }
    return server.messages;
  }

  /** Goes to the first line of the next message. */
  private boolean goToNext() {
    int offset = reader.offset();
    int next = offset;
    while (next < scan.length() && (scan.charAt(next) == '\r' || scan.charAt(next) == '\n')) {
      next++;
    }
    // A message may follow a body that ends within a line.
    if (!findStartLine(next)) {
      return false;
    }
    next = startLine.start();
    boolean isNext = reader.has(next - offset) && scan.skipWhitespace(offset) == next;
    if (isNext) {
      reader.skip(next - offset);
    } else {
      goTo(next);
    }
    return true;
  }

  /** Looks at the lines with a version alone, because a body may be long. */
  private boolean findStartLine(int offset) {
    int lineStart = offset;
    int version = scan.indexOf(VERSION, lineStart);
    while (version < scan.length()) {
      lineStart = Math.max(lineStart, scan.lineStart(version));
      if (startLine.region(lineStart, scan.length()).lookingAt()) {
        return true;
      }
      lineStart = scan.lineEnd(version) + 1;
      version = scan.indexOf(VERSION, lineStart);
    }
    return false;
  }

  private void goTo(int offset) {
    isSure = false;
    reader = new FrameReader(offset, scan.length(), missing);
  }

  private void add(String method, boolean isKnown) {
    int start = startLine.start();
    int headEnd = scan.headEnd(startLine.end());
    Map<String, String> headers = headers(startLine.end(), headEnd);
    if (reader.has(headEnd - start)) {
      reader.skip(headEnd - start);
    } else {
      goTo(headEnd);
    }
    isSure &= isKnown;
    boolean isMessageSure = isSure;
    List<FramePayload> body = new ArrayList<>();
    String line = startLine.group();
    if (!hasBody(line, method, headers) || readBody(headers, body)) {
      isSure &= !reader.isLost();
    } else {
      body.clear();
      goTo(headEnd);
    }
    messages.add(
        new HttpMessage(start, line, headers, headEnd, body, reader.offset(), isMessageSure));
  }

  private static boolean hasBody(String line, String method, Map<String, String> headers) {
    if (!line.startsWith("HTTP/")) {
      return headers.containsKey("content-length") || headers.containsKey("transfer-encoding");
    }
    int status = HttpMessage.status(line);
    return status / 100 != 1
        && status != NO_CONTENT
        && status != NOT_MODIFIED
        && !method.equals("HEAD")
        && !(method.equals("CONNECT") && status / 100 == 2);
  }

  /** Reads a body, and returns whether its end is known. */
  private boolean readBody(Map<String, String> headers, List<FramePayload> body) {
    String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    String length = headers.getOrDefault("content-length", "");
    if (coding.endsWith("chunked")) {
      boolean hasEnd = ChunkedBody.read(scan, reader, body);
      int trailersEnd = scan.headEnd(reader.offset());
      hasEnd = hasEnd && reader.has(trailersEnd - reader.offset());
      reader.skip(hasEnd ? trailersEnd - reader.offset() : 0);
      return hasEnd;
    }
    if (!coding.isEmpty() || !LENGTH.matcher(length).matches()) {
      return false;
    }
    body.add(reader.payload(Long.parseLong(length)));
    return true;
  }

  private Map<String, String> headers(int offset, int endOffset) {
    Map<String, String> headers = new HashMap<>();
    int start = scan.lineEnd(offset) + 1;
    while (start < endOffset) {
      int end = Math.min(endOffset, scan.foldedLineEnd(start, 0));
      String line = scan.text(start, end);
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        headers.putIfAbsent(name, line.substring(colon + 1).strip());
      }
      start = end + 1;
    }
    return headers;
  }
}
