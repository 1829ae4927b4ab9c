package dev.partyline.junit5.internal.report;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Writes files beside JUnit's reports, with any version of Jupiter.
 *
 * <p>{@code publishFile} came with 5.12, and 5.14 gave it another type of media types, so no
 * compiled call works with all versions.
 */
final class ReportFiles {
  /** The last attempt that has written to a folder: JUnit does not tell that a test runs again. */
  private static final Map<Path, Attempt> ATTEMPTS = new ConcurrentHashMap<>();

  private ReportFiles() {}

  /**
   * Writes a file of a test.
   *
   * <p>A test that this JVM runs again has the same folder: its files get names of their own.
   */
  static PublishedFile publish(
      ExtensionContext context, String name, String mediaType, FileContent content) {
    Optional<Method> method = publishFile();
    if (method.isEmpty()) {
      return PublishedFile.unsupported();
    }
    Writer writer = new Writer(context, mediaType, content);
    PublishedFile file = writer.publish(method.get(), name);
    // Only the action that JUnit calls with the path learns which attempt this is.
    return writer.attempt == 1 || file.path().isPresent()
        ? file
        : writer.publish(method.get(), name(name, writer.attempt));
  }

  /** Writes a file of the whole run, which has the same name whenever tests run again. */
  static PublishedFile publishOfRun(
      ExtensionContext root, String name, String mediaType, FileContent content) {
    Writer writer = new Writer(root, mediaType, content);
    writer.ofRun = true;
    return publishFile()
        .map(method -> writer.publish(method, name))
        .orElse(PublishedFile.unsupported());
  }

  private static Optional<Method> publishFile() {
    return Arrays.stream(ExtensionContext.class.getMethods())
        .filter(each -> each.getName().equals("publishFile"))
        // The one that is not abstract exists for callers that were compiled before 5.14.
        .filter(each -> Modifier.isAbstract(each.getModifiers()))
        .findFirst();
  }

  /** Returns what went wrong: of a file, its path and the reason, whatever wraps them. */
  static String describe(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    Throwable told = root instanceof FileSystemException ? root : problem;
    String message = told.getMessage();
    // Exceptions about files often have a path alone for a message.
    boolean isClear =
        told instanceof FileSystemException file
            ? file.getReason() != null
            : told.getClass() == IOException.class;
    if (message == null) {
      return told.getClass().getSimpleName();
    }
    return isClear ? message : told.getClass().getSimpleName() + ": " + message;
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
    private final String mediaType;
    private final FileContent content;
    private boolean ofRun;
    private int attempt = 1;
    private @Nullable Path path;
    private @Nullable String failure;

    private Writer(ExtensionContext context, String mediaType, FileContent content) {
      this.context = context;
      this.mediaType = mediaType;
      this.content = content;
    }

    private PublishedFile publish(Method method, String name) {
      ThrowingConsumer<Path> action = file -> write(name, file);
      try {
        Method parser = method.getParameterTypes()[1].getMethod("parse", String.class);
        method.invoke(context, name, parser.invoke(null, mediaType), action);
      } catch (InvocationTargetException e) {
        return PublishedFile.failed(failure == null ? describe(e.getTargetException()) : failure);
      } catch (ReflectiveOperationException e) {
        return PublishedFile.failed(e.toString());
      }
      return path == null
          ? PublishedFile.failed("JUnit did not ask for it")
          : PublishedFile.at(path);
    }

    private void write(String name, Path file) throws IOException {
      if (!ofRun) {
        attempt =
            ATTEMPTS.compute(file.resolveSibling(""), (folder, last) -> Attempt.of(context, last))
                .number;
        if (attempt > 1 && !name.contains("-attempt-" + attempt + ".")) {
          throw new FileAlreadyExistsException(file.toString());
        }
      }
      try {
        content.write(file);
        path = file;
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        // What JUnit throws for it does not tell what it was.
        // The folder is the same for all files of a test, so its problem is told once.
        failure = describe(e).replace(file.toString(), String.valueOf(file.getParent()));
        throw new IOException(e);
      }
    }
  }
}
