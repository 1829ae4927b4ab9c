package dev.partyline.samples.docs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A run of a test class, as a build tool makes it.
 *
 * @param failures of its tests, by the names of their methods
 * @param reports where its files are: what build tools call target or build
 */
public record JUnitRun(Map<String, Throwable> failures, Path reports) {
  private static final LauncherConfig WITHOUT_PRINTER =
      LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();

  /** Runs a class with these configuration parameters. */
  public static JUnitRun of(Class<?> test, Path reports, Map<String, String> parameters) {
    String folder = reports.toString();
    Map<String, Throwable> failures =
        run(
            request(test, parameters)
                .configurationParameter(LauncherConstants.OUTPUT_DIR_PROPERTY_NAME, folder));
    return new JUnitRun(failures, reports);
  }

  /** Returns the messages of all failures of a class; empty if there is none. */
  public static String messageOf(Class<?> test, Map<String, String> parameters) {
    return run(request(test, parameters)).values().stream()
        .map(failure -> String.valueOf(failure.getMessage()))
        .collect(Collectors.joining());
  }

  private static LauncherDiscoveryRequestBuilder request(
      Class<?> test, Map<String, String> parameters) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(test))
        // What one run has found must not change the next one.
        .configurationParameter("partyline.hunt.file", "off")
        .configurationParameters(parameters);
  }

  private static Map<String, Throwable> run(LauncherDiscoveryRequestBuilder request) {
    Map<String, Throwable> failures = new LinkedHashMap<>();
    LauncherFactory.create(WITHOUT_PRINTER)
        .execute(
            request.build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
                String name = finished.getDisplayName().replaceAll("\\(.*", "");
                result.getThrowable().ifPresent(failure -> failures.put(name, failure));
              }
            });
    return failures;
  }

  /** Returns the messages of these failures. */
  public String messages(String... methods) {
    return Stream.of(methods)
        .map(method -> failures.get(method).getMessage())
        .collect(Collectors.joining("\n"));
  }

  /** Returns a failure as it is printed, with a short name for the folder of the files. */
  public String printed(String method) {
    StringWriter text = new StringWriter();
    failures.get(method).printStackTrace(new PrintWriter(text, true));
    return text.toString().replace(reports.toString(), "target");
  }
}
