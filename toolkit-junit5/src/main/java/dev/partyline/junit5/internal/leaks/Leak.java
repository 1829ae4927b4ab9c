package dev.partyline.junit5.internal.leaks;

import dev.partyline.netstat.OpenSocket;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that was left open, of one descriptor or several.
 *
 * @param noun what it is, such as {@code connection}
 * @param sockets its descriptors; of a connection both ends, of a selector what wakes it too
 */
record Leak(String noun, List<OpenSocket> sockets) {
  static final String CONNECTION = "connection";
  static final String SOCKET = "socket";

  Leak(String noun, OpenSocket first, List<OpenSocket> others) {
    this(noun, Stream.concat(Stream.of(first), others.stream()).toList());
  }

  /** Returns {@code tcp6 127.0.0.1:80 LISTEN, descriptor 17}; of a connection, its first end. */
  @Override
  public String toString() {
    if (sockets.get(0).kind() == OpenSocket.Kind.SOCKET) {
      return sockets.get(0).toString();
    }
    String numbers =
        sockets.stream().map(each -> String.valueOf(each.fd())).collect(Collectors.joining(", "));
    String article = "aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ";
    return article + noun + (sockets.size() == 1 ? ", descriptor " : ", descriptors ") + numbers;
  }
}
