package dev.partyline.internal.har;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a form with files (RFC 7578). */
final class MultipartForm {
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);\\s*boundary\\s*=\\s*(?:\"([^\"]+)\"|([^;\\s]+))");
  private static final Pattern NAME = Pattern.compile("(?i);\\s*name=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern FILE_NAME =
      Pattern.compile("(?i);\\s*filename=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Bytes HEAD_END = Bytes.utf8("\r\n\r\n");

  private MultipartForm() {}

  /**
   * A part.
   *
   * @param value its content; that of a file is left out, because it stands in the text
   */
  record FormPart(
      String name, String value, Optional<String> fileName, Optional<String> contentType) {}

  /** Returns the parts that are complete; a part without a name is none of a form. */
  static List<FormPart> of(String mimeType, Bytes body) {
    Matcher boundary = BOUNDARY.matcher(mimeType);
    List<FormPart> parts = new ArrayList<>();
    if (!boundary.find()) {
      return parts;
    }
    String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    Bytes delimiter = Bytes.utf8("\r\n--" + name);
    Bytes text = Bytes.utf8("\r\n").plus(body);
    int start = text.indexOf(delimiter, 0);
    while (start >= 0) {
      int end = text.indexOf(delimiter, start + delimiter.size());
      if (end >= 0) {
        part(text.slice(start + delimiter.size(), end)).ifPresent(parts::add);
      }
      start = end;
    }
    return parts;
  }

  private static Optional<FormPart> part(Bytes part) {
    int headEnd = part.indexOf(HEAD_END, 0);
    if (headEnd < 0) {
      return Optional.empty();
    }
    String disposition = "";
    Optional<String> contentType = Optional.empty();
    for (String line : WireText.of(part.slice(0, headEnd)).split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
        disposition = line;
      } else if (line.regionMatches(true, 0, "content-type:", 0, 13)) {
        contentType = Optional.of(line.substring(13).strip());
      }
    }
    Optional<String> fileName = find(FILE_NAME, disposition);
    Bytes content = part.slice(headEnd + HEAD_END.size(), part.size());
    String value = fileName.isPresent() ? "" : WireText.of(content);
    Optional<String> type = contentType;
    return find(NAME, disposition).map(name -> new FormPart(name, value, fileName, type));
  }

  private static Optional<String> find(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find()
        ? Optional.of(matcher.group(1).replaceAll("\\\\(.)", "$1"))
        : Optional.empty();
  }
}
