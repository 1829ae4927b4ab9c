package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.FrameReader.FramePayload;
import java.util.List;
import java.util.Map;

/**
 * A request or a response of HTTP/1.1.
 *
 * @param offset where it begins
 * @param startLine its first line
 * @param headers the values of its headers by their names in small letters
 * @param headEndOffset where its head ends
 * @param body its body, a part for each chunk; empty if its end is unknown
 * @param endOffset where it ends; the end of its head if that of its body is unknown
 * @param isSure whether it can be nothing else, such as a part of a body
 */
record HttpMessage(
    int offset,
    String startLine,
    Map<String, String> headers,
    int headEndOffset,
    List<FramePayload> body,
    int endOffset,
    boolean isSure) {
  static final int SWITCHED = 101;

  private static final int STATUS_OFFSET = "HTTP/1.1 ".length();

  String method() {
    return startLine.substring(0, startLine.indexOf(' '));
  }

  boolean isConnect() {
    return method().equals("CONNECT");
  }

  int status() {
    return status(startLine);
  }

  /** Returns whether another response to the same request follows. */
  boolean isInterim() {
    return status() / 100 == 1 && status() != SWITCHED;
  }

  static int status(String startLine) {
    return Integer.parseInt(startLine.substring(STATUS_OFFSET, STATUS_OFFSET + 3));
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
