package dev.partyline.store;

import dev.partyline.internal.har.HarWriter;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The HTTP of a recording as a file that the network panels of browsers open: HAR 1.2.
 *
 * <p>Each request over HTTP/1 or HTTP/2 is an entry with its response, in the order of the
 * connections and of the requests in each. Times are those of the recording: {@code send} is from
 * the first byte of the request to its last, {@code wait} to the first byte of the final response,
 * {@code receive} to its last. URLs are absolute, by the header Host or the address of the server,
 * and {@code https} if the recording knows of TLS. A request without a response has the status 0.
 *
 * <p>Bodies are without chunks and, up to 8 MiB, without {@code gzip} and {@code deflate}; {@code
 * bodySize} is that of what was sent. A body in UTF-8 or ISO 8859-1 is text, any other is in
 * Base64. What is malformed or missing is a comment; connections that are not HTTP are named in
 * that of the log. Messages of WebSocket are in {@code _webSocketMessages}, as Chrome writes them,
 * responses 1xx in {@code _interimResponses}, headers after a body in {@code _trailers}.
 *
 * <p>Secrets are masked by {@link Redaction#of}, as in all files, and lengths stay; the file says
 * so. A cookie header is masked as a whole, with the names in it, so {@code cookies} is empty then.
 * Of a connection with more than 8 MiB only the first and the last 4 MiB are written then. A
 * recording that is {@link Recording#exact()} is written with every byte, whatever its size.
 *
 * <p>HTTP/2 is read with Netty, as {@link dev.partyline.view.http2.Http2} tells; without it such a
 * connection is named in the comment of the log.
 */
public final class Har {
  private Har() {}

  /**
   * Writes the conversations so far into a file.
   *
   * @param recorded a listener, client or tap, whose own rules say what is masked, or a recording,
   *     which has none; {@link Recording#exact()} to write its secrets too
   * @param file where to write; a file that is there is overwritten
   * @throws IOException if the file cannot be written, or the recording not be read; what was
   *     written by then stays
   */
  public static void write(Recorded recorded, Path file) throws IOException {
    write(recorded, file, HarOptions.standard());
  }

  /**
   * Writes the conversations so far into a file.
   *
   * @param recorded a listener, client or tap, whose own rules say what is masked, or a recording,
   *     which has none; {@link Recording#exact()} to write its secrets too
   * @param file where to write; a file that is there is overwritten
   * @param options what else the file has, and what is masked
   * @throws IOException if the file cannot be written, or the recording not be read; what was
   *     written by then stays
   */
  public static void write(Recorded recorded, Path file, HarOptions options) throws IOException {
    Redaction redaction = options.redaction(recorded);
    HarWriter.write(recorded.recording(), file, options.testName(), redaction);
  }

  /** Returns whether a conversation so far begins as HTTP does, so that a file has entries. */
  public static boolean hasHttp(Recorded recorded) {
    return HarWriter.isHttp(recorded.recording());
  }
}
