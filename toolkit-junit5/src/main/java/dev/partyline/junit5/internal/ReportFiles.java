package dev.partyline.junit5.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Writes files beside JUnit's reports, with any version of Jupiter.
 *
 * <p>{@code publishFile} came with 5.12, and 5.14 gave it another type of media types, so no
 * compiled call works with all versions.
 */
final class ReportFiles {
  private static final String PUBLISH_PARAMETER = "partyline.publish";

  private ReportFiles() {}

  /**
   * Whether conversations are written after every test, not only after one that failed.
   *
   * @throws ExtensionConfigurationException if the parameter is neither always nor failures
   */
  static boolean isAlwaysEnabled(ExtensionContext context) {
    String mode = context.getConfigurationParameter(PUBLISH_PARAMETER).orElse("failures");
    return switch (mode) {
      case "always" -> true;
      case "failures" -> false;
      default ->
          throw new ExtensionConfigurationException(
              PUBLISH_PARAMETER + " (" + mode + ") must be 'always' or 'failures'");
    };
  }

  /**
   * Writes a file, and returns where it is, or why there is none, as words that continue a
   * sentence.
   */
  static String publish(ExtensionContext context, String name, String text) {
    Optional<Method> method =
        Arrays.stream(ExtensionContext.class.getMethods())
            .filter(each -> each.getName().equals("publishFile"))
            // The one that is not abstract exists for callers that were compiled before 5.14.
            .filter(each -> Modifier.isAbstract(each.getModifiers()))
            .findFirst();
    if (method.isEmpty()) {
      return "";
    }
    AtomicReference<Path> writtenPath = new AtomicReference<>();
    ThrowingConsumer<Path> writer = file -> writtenPath.set(Files.writeString(file, text));
    try {
      Class<?> mediaType = method.get().getParameterTypes()[1];
      Object plainText = mediaType.getField("TEXT_PLAIN_UTF_8").get(null);
      method.get().invoke(context, name, plainText, writer);
      return ", also in " + writtenPath.get();
    } catch (InvocationTargetException e) {
      return ", not written to a file (" + e.getTargetException().getMessage() + ")";
    } catch (ReflectiveOperationException e) {
      return ", not written to a file (" + e + ")";
    }
  }
}
