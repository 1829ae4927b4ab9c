package dev.partyline.samples.taps;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs a test that fails, and has its failure. */
final class FailingTests {
  private static final LauncherConfig QUIET =
      LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();

  private FailingTests() {}

  /** Returns the message of the only test in the class. */
  static String messageOf(Class<?> testClass) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(testClass)).build();
    LauncherFactory.create(QUIET).execute(request, summary);
    Throwable failure = summary.getSummary().getFailures().get(0).getException();
    return String.valueOf(failure.getMessage());
  }
}
