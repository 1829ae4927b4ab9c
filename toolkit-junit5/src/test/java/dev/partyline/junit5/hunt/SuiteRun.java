package dev.partyline.junit5.hunt;

import dev.partyline.junit5.internal.suite.SuiteEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What came of a suite that was run under conditions, as a build sees it. */
final class SuiteRun implements TestExecutionListener {
  private static final LauncherConfig CONFIG =
      LauncherConfig.builder()
          .enableTestEngineAutoRegistration(false)
          .enablePostDiscoveryFilterAutoRegistration(false)
          .enableTestExecutionListenerAutoRegistration(false)
          .addTestEngines(new SuiteEngine())
          .build();

  private final List<String> passed = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failed = Collections.synchronizedList(new ArrayList<>());
  private final List<String> ids = Collections.synchronizedList(new ArrayList<>());
  private final List<String> entries = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

  private SuiteRun() {}

  static SuiteRun of(Path reports, Map<String, String> parameters, DiscoverySelector... tests) {
    SuiteRun run = new SuiteRun();
    LauncherFactory.create(CONFIG)
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .configurationParameter(
                    "partyline.hunt.file", reports.resolve("failed.txt").toString())
                .configurationParameter(
                    LauncherConstants.OUTPUT_DIR_PROPERTY_NAME, reports.toString())
                .configurationParameters(parameters)
                .build(),
            run);
    return run;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    ids.add(test.getUniqueId());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    result.getThrowable().ifPresent(failures::add);
    if (test.isTest()) {
      switch (result.getStatus()) {
        case SUCCESSFUL -> passed.add(test.getDisplayName());
        case FAILED -> failed.add(test.getDisplayName());
        case ABORTED -> {}
      }
    }
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entries.addAll(entry.getKeyValuePairs().values());
  }

  /** Returns the names of the tests that have passed, in the order in which they ended. */
  List<String> passed() {
    return List.copyOf(passed);
  }

  List<String> failed() {
    return List.copyOf(failed);
  }

  /** Returns the ids of all that was run, in the order in which it began. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  List<String> entries() {
    return List.copyOf(entries);
  }

  List<Throwable> failures() {
    return List.copyOf(failures);
  }
}
