package dev.partyline.junit5.internal.suite;

import dev.partyline.junit5.internal.hunt.ConditionChoice;
import dev.partyline.junit5.internal.hunt.FailedConditions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.ReportEntry;

/**
 * Runs the tests of a suite in clear weather, and again under each condition that they can have.
 */
final class SuiteHunt {
  private static final String TABLE_NAME = "weather.md";

  private final SuiteDescriptor suite;
  private final ExecutionRequest request;
  private final EngineExecutionListener listener;
  private final ConditionChoice choice;
  private final FailedConditions failedConditions;
  private final Map<TestPath, Set<String>> failedBefore = new HashMap<>();
  private final SensitivityTable table = new SensitivityTable();

  SuiteHunt(SuiteDescriptor suite, ExecutionRequest request) {
    this.suite = suite;
    this.request = request;
    this.listener = request.getEngineExecutionListener();
    ConfigurationParameters parameters = request.getConfigurationParameters();
    this.choice = ConditionChoice.read(parameters::get);
    this.failedConditions =
        FailedConditions.of(parameters.get(FailedConditions.PARAMETER), this::tell);
  }

  private void tell(String text) {
    listener.reportingEntryPublished(suite, ReportEntry.from("partyline", text));
  }

  void run() {
    ClearRun clear = new ClearRun(listener);
    JupiterEngine.load().execute(request, suite.clear(), clear);
    List<TestPath> methods = clear.methods();
    Set<String> names = new LinkedHashSet<>();
    for (TestPath method : methods) {
      names.addAll(clear.conditions(method));
      failedBefore.put(method, failedConditions.of(clear.name(method)));
    }
    for (String condition : inOrder(names)) {
      List<TestPath> chosen =
          methods.stream()
              .filter(each -> clear.conditions(each).contains(condition))
              .filter(each -> suite.includes(each, condition))
              .toList();
      if (!chosen.isEmpty()) {
        runUnder(condition, chosen, clear);
      }
    }
    choice
        .notHad(names)
        .forEach(
            name -> tell("no test can have the condition \"" + name + "\", so none ran under it"));
    if (!table.isEmpty()) {
      writeTable();
    }
  }

  /** Returns the chosen conditions, those first under which a test has failed before. */
  private List<String> inOrder(Set<String> names) {
    return names.stream()
        .filter(choice::includes)
        .sorted(
            Comparator.comparing(
                name -> failedBefore.values().stream().noneMatch(each -> each.contains(name))))
        .toList();
  }

  private void runUnder(String condition, List<TestPath> methods, ClearRun clear) {
    TestDescriptor tests = suite.discover(methods, condition);
    ConditionRun run = new ConditionRun(listener, suite, clear, condition);
    run.register(tests);
    JupiterEngine.load().execute(request, tests, run);
    for (TestPath method : methods) {
      run.result(method)
          .ifPresent(
              result -> {
                table.add(clear.name(method), condition, result.toString());
                note(method, clear.name(method), condition, result);
              });
    }
  }

  private void note(TestPath method, String test, String condition, RunResult result) {
    if (result == RunResult.FAILED) {
      failedConditions.add(test, condition);
    } else if (result == RunResult.PASSED
        && failedBefore.getOrDefault(method, Set.of()).contains(condition)) {
      failedConditions.remove(test, condition);
    }
  }

  private void writeTable() {
    try {
      Path file = JupiterEngine.folder(request, suite).resolve(TABLE_NAME);
      table.writeTo(file);
      tell("which tests are sensitive to which condition: " + file);
    } catch (IOException | JUnitException e) {
      tell("which tests are sensitive to which condition is not written to a file: " + e);
    }
  }
}
