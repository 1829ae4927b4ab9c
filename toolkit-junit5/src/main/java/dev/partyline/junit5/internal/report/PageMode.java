package dev.partyline.junit5.internal.report;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Which tests get a page and captures. */
enum PageMode {
  FAILED,
  ALL,
  OFF;

  static final String PARAMETER = "partyline.report";

  /**
   * Reads the parameter.
   *
   * @throws ExtensionConfigurationException if it has another value
   */
  static PageMode read(Optional<String> parameter) {
    String text = parameter.map(String::strip).orElse("failed");
    return switch (text) {
      case "failed" -> FAILED;
      case "all" -> ALL;
      case "off" -> OFF;
      default ->
          throw new ExtensionConfigurationException(
              PARAMETER + " (" + text + ") must be 'failed', 'all' or 'off'");
    };
  }
}
