package dev.partyline.junit5.internal.jupiter;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A context of JUnit with all the contexts around it. */
public final class ContextChain {
  private ContextChain() {}

  /** Returns a context and those around it, the innermost first. */
  public static Stream<ExtensionContext> of(ExtensionContext innermost) {
    return Stream.iterate(
            Optional.of(innermost),
            Optional::isPresent,
            each -> each.flatMap(ExtensionContext::getParent))
        .flatMap(Optional::stream);
  }

  /**
   * Returns what the innermost of these contexts has in its store.
   *
   * <p>Values are stored under the unique id of their context, because a store also returns what
   * the stores around it have.
   */
  public static <T> Optional<T> nearest(
      ExtensionContext innermost, Namespace namespace, Class<T> type) {
    return of(innermost)
        .flatMap(
            each ->
                Optional.ofNullable(each.getStore(namespace).get(each.getUniqueId(), type))
                    .stream())
        .findFirst();
  }
}
