package dev.partyline.internal.har;

import java.util.ArrayList;
import java.util.List;

/**
 * What requests and responses have in common.
 *
 * @param version such as {@code HTTP/1.1}; empty if it is not known
 * @param headers the headers in the order in which they were sent
 * @param trailers those after the body
 * @param headSize how many bytes it has up to its body; -1 if that is not known
 * @param remarks what is malformed or missing, and what has no place of its own in an entry
 */
record HarMessage(
    String version,
    List<HarField> headers,
    List<HarField> trailers,
    long headSize,
    HarBody body,
    List<String> remarks) {
  /** What was not sent. */
  static final HarMessage NONE =
      new HarMessage("", List.of(), List.of(), -1, HarBody.EMPTY, List.of());

  /** Returns how many bytes of its body were sent; -1 if it was not sent. */
  long bodySize() {
    // What was sent and has no version cannot be read, which is remarked.
    boolean isSent = !version.isEmpty() || !remarks.isEmpty();
    return isSent ? body.size() : -1;
  }

  HarMessage plusRemark(String remark) {
    List<String> all = new ArrayList<>(remarks);
    all.add(remark);
    return new HarMessage(version, headers, trailers, headSize, body, List.copyOf(all));
  }

  /** Returns the value of the first header of a name; empty if there is none. */
  String header(String name) {
    return HarField.first(headers, name).orElse("");
  }
}
