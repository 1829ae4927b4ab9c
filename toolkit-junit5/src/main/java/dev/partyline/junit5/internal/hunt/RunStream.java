package dev.partyline.junit5.internal.hunt;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** Runs of a test of which each is known only when the one before it has ended. */
public final class RunStream {
  private RunStream() {}

  /**
   * Returns them for JUnit, which asks for one after the other.
   *
   * @param onEnd what is done when there is no further run
   */
  public static Stream<TestTemplateInvocationContext> of(
      Iterator<? extends TestTemplateInvocationContext> runs, Runnable onEnd) {
    return StreamSupport.stream(
            Spliterators.<TestTemplateInvocationContext>spliteratorUnknownSize(
                runs, Spliterator.ORDERED),
            false)
        .onClose(onEnd);
  }
}
