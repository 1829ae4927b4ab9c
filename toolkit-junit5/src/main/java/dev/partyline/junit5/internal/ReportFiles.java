package dev.partyline.junit5.internal;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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

  /** The last attempt that has written to a folder: JUnit does not tell that a test runs again. */
  private static final Map<Path, Attempt> ATTEMPTS = new ConcurrentHashMap<>();

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
   *
   * <p>A test that this JVM runs again has the same folder: its files get names of their own.
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
    Writer writer = new Writer(context, text);
    try {
      try {
        writer.publish(method.get(), name);
      } catch (InvocationTargetException e) {
        if (writer.attempt == 1) {
          throw e;
        }
        // Only the action that JUnit calls with the path learns which attempt this is.
        writer.publish(method.get(), name(name, writer.attempt));
      }
      return ", also in " + writer.path;
    } catch (InvocationTargetException e) {
      return ", not written to a file (" + e.getTargetException().getMessage() + ")";
    } catch (ReflectiveOperationException e) {
      return ", not written to a file (" + e + ")";
    }
  }

  /** Returns {@code shop-attempt-2.wire} for {@code shop.wire}. */
  private static String name(String name, int attempt) {
    int dot = name.lastIndexOf('.');
    return name.substring(0, dot) + "-attempt-" + attempt + name.substring(dot);
  }

  /**
   * An attempt of a test that has written files.
   *
   * @param context its context, which is another one for each attempt
   */
  private record Attempt(int number, WeakReference<ExtensionContext> context) {

    /**
     * Returns the attempt of a context in a folder, where the last one was another, or the same.
     */
    static Attempt of(ExtensionContext context, @Nullable Attempt last) {
      return last != null && context.equals(last.context.get())
          ? last
          : new Attempt(last == null ? 1 : last.number + 1, new WeakReference<>(context));
    }
  }

  /** Writes a file at a path that JUnit gives. */
  private static final class Writer {
    private final ExtensionContext context;
    private final String text;
    private int attempt = 1;
    private @Nullable Path path;

    private Writer(ExtensionContext context, String text) {
      this.context = context;
      this.text = text;
    }

    private void publish(Method method, String name) throws ReflectiveOperationException {
      Class<?> mediaType = method.getParameterTypes()[1];
      Object plainText = mediaType.getField("TEXT_PLAIN_UTF_8").get(null);
      ThrowingConsumer<Path> action = file -> write(name, file);
      method.invoke(context, name, plainText, action);
    }

    private void write(String name, Path file) throws IOException {
      attempt =
          ATTEMPTS.compute(file.resolveSibling(""), (folder, last) -> Attempt.of(context, last))
              .number;
      if (attempt > 1 && !name.contains("-attempt-" + attempt + ".")) {
        throw new FileAlreadyExistsException(file.toString());
      }
      path = Files.writeString(file, text);
    }
  }
}
