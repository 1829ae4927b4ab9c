package dev.partyline.junit5.internal.hunt;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** One of the runs of a test that is run until it fails. */
final class RepeatedRun implements TestTemplateInvocationContext, TestWatcher {
  private final String name;
  private final RepeatedRuns runs;

  RepeatedRun(String name, RepeatedRuns runs) {
    this.name = name;
    this.runs = runs;
  }

  String name() {
    return name;
  }

  @Override
  public String getDisplayName(int invocationIndex) {
    return name;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    runs.onPassed();
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    runs.onAborted();
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    runs.onFailed();
  }
}
