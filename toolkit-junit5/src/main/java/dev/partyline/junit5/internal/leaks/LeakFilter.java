package dev.partyline.junit5.internal.leaks;

import dev.partyline.filter.Filter;
import dev.partyline.filter.FilterException;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.OpenSocket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What may stay open: a filter for sockets, of which {@code selector} and {@code pipe} can be
 * alternatives, because the filter language is about addresses.
 */
record LeakFilter(Optional<Filter> sockets, Set<OpenSocket.Kind> kinds) {
  /**
   * Parses {@code port 5432 or selector}.
   *
   * @param source where the expression stands, for an error
   */
  static LeakFilter parse(String source, String expression) {
    Set<OpenSocket.Kind> kinds = EnumSet.noneOf(OpenSocket.Kind.class);
    List<String> filterTerms = new ArrayList<>();
    for (String term : expression.split("\\s+or\\s+", -1)) {
      switch (term.strip()) {
        case "selector" -> kinds.addAll(Set.of(OpenSocket.Kind.EPOLL, OpenSocket.Kind.EVENTFD));
        case "pipe" -> kinds.add(OpenSocket.Kind.PIPE);
        default -> filterTerms.add(term);
      }
    }
    String filter = kinds.isEmpty() ? expression : String.join(" or ", filterTerms);
    if (filter.isBlank()) {
      // A blank filter would match everything.
      return new LeakFilter(Optional.empty(), kinds);
    }
    try {
      return new LeakFilter(Optional.of(Filter.parse(filter)), kinds);
    } catch (FilterException e) {
      throw new ExtensionConfigurationException(
          source + " = \"" + expression + "\", but " + e.getMessage(), e);
    }
  }

  boolean matches(OpenSocket socket) {
    ConnectionRow row = socket.row();
    return kinds.contains(socket.kind())
        || row != null && sockets.filter(filter -> filter.matches(row.flow())).isPresent();
  }
}
