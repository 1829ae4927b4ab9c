package dev.partyline.junit5.internal.suite;

import dev.partyline.hunt.Conditions;
import dev.partyline.junit5.internal.hunt.ConditionChoice;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;

/**
 * Runs the tests of Jupiter in Jupiter's place: all of them in clear weather, and then those that
 * had a listener, client or tap under each condition, with their whole life cycle.
 */
// Public, so that the engine that JUnit knows can make one.
public final class SuiteEngine implements TestEngine {
  /** Makes an engine. */
  public SuiteEngine() {}

  @Override
  public String getId() {
    return "partyline-hunt";
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
    ConditionChoice.read(request.getConfigurationParameters()::get)
        .problem(Conditions.namesOfStreams())
        .ifPresent(
            problem -> {
              throw new JUnitException(problem);
            });
    SuiteDescriptor suite = new SuiteDescriptor(uniqueId);
    suite.discover(request);
    return suite;
  }

  @Override
  public void execute(ExecutionRequest request) {
    SuiteDescriptor suite = (SuiteDescriptor) request.getRootTestDescriptor();
    request.getEngineExecutionListener().executionStarted(suite);
    new SuiteHunt(suite, request).run();
    request.getEngineExecutionListener().executionFinished(suite, TestExecutionResult.successful());
  }
}
