package dev.partyline.internal.secrets.stream;

import dev.partyline.internal.secrets.stream.FrameReader.FramePayload;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body that HTTP/1.1 sends in chunks (RFC 9112, 7.1). */
public final class ChunkedBody {
  private static final int MAX_SIZE_LINE = 1024;

  private static final Pattern SIZE_LINE =
      Pattern.compile("\\s*+(?=[0-9A-Fa-f])0*+([0-9A-Fa-f]{0,8})\\s*+(?:;.*)?", Pattern.DOTALL);

  private ChunkedBody() {}

  /**
   * Reads chunks up to the last, whose trailers stay.
   *
   * @param reader stands at the first of them, and goes to the end of what can be read
   * @param parts takes the content of each
   * @return whether the last chunk was found, or nothing more was sent
   */
  public static boolean read(TextScan scan, FrameReader reader, List<FramePayload> parts) {
    while (reader.offset() < scan.length()) {
      int lineEnd = scan.lineEnd(reader.offset());
      int lineSize = lineEnd - reader.offset();
      if (lineSize > MAX_SIZE_LINE || !reader.has(lineSize)) {
        return false;
      }
      Matcher line = SIZE_LINE.matcher(scan.text(reader.offset(), lineEnd));
      if (!line.matches()) {
        return false;
      }
      if (line.group(1).isEmpty()) {
        return true;
      }
      reader.skip(Math.min(lineSize + 1, scan.length() - reader.offset()));
      parts.add(reader.payload(Long.parseLong(line.group(1), 16)));
      int end = reader.offset();
      reader.skip(scan.startsWith(end, "\r\n") ? 2 : scan.startsWith(end, "\n") ? 1 : 0);
    }
    return true;
  }
}
