package dev.partyline.junit5.internal;

import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The listeners, clients and taps that were started for one test, by annotations and in code. */
public final class TestRecordings {
  private TestRecordings() {}

  /** Returns those of a test, without those of its class. */
  public static List<Recorded> of(ExtensionContext test) {
    return TestEndpoints.nearest(test).stream()
        .flatMap(
            endpoints ->
                Stream.concat(
                    endpoints.resources().stream(), endpoints.openedEndpoints().all().stream()))
        .map(ManagedResource::endpoint)
        .toList();
  }
}
