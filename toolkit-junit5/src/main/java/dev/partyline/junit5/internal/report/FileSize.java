package dev.partyline.junit5.internal.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The size of files, as a parameter sets it.
 *
 * @param text as it was written
 */
record FileSize(long bytes, String text) {
  static final String PARAMETER = "partyline.report.maxSize";
  private static final FileSize DEFAULT = new FileSize(256L << 20, "256MiB");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(KiB|MiB|GiB)");

  /**
   * Reads a text such as {@code 256MiB}.
   *
   * @throws ExtensionConfigurationException if it is not one
   */
  static FileSize read(Optional<String> parameter) {
    if (parameter.isEmpty()) {
      return DEFAULT;
    }
    String text = parameter.get().strip();
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new ExtensionConfigurationException(
          PARAMETER
              + " ("
              + text
              + ") must be a whole number with its unit (KiB, MiB, GiB), such as 256MiB");
    }
    int shift =
        switch (size.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          default -> 30;
        };
    return new FileSize(Long.parseLong(size.group(1)) << shift, text);
  }

  @Override
  public String toString() {
    return text;
  }
}
