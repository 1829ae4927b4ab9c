package dev.partyline.internal.files;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * The source folder of the resources of a test, {@code src/test/resources}: what is written there
 * is committed with the test.
 */
public final class TestResources {
  /** The system property that names another folder. */
  private static final String ROOT_PROPERTY = "partyline.resources";

  private static final Path TESTS = Path.of("src", "test");
  private static final Path STANDARD_ROOT = TESTS.resolve("resources");

  private TestResources() {}

  /**
   * Returns the file of a name beside the test class, or from the root if the name begins with
   * {@code /}.
   *
   * @throws IllegalArgumentException if the name is empty, or leaves the resources
   */
  public static Path file(Class<?> testClass, String name) {
    if (name.isBlank() || name.equals("/")) {
      throw new IllegalArgumentException("name (" + name + ") must be that of a file");
    }
    Path root = root(testClass);
    Path file =
        name.startsWith("/")
            ? root.resolve(name.substring(1))
            : root.resolve(testClass.getPackageName().replace('.', File.separatorChar))
                .resolve(name);
    if (!file.toAbsolutePath().normalize().startsWith(root.toAbsolutePath().normalize())) {
      throw new IllegalArgumentException("name (" + name + ") must be that of a file in " + root);
    }
    return file;
  }

  private static Path root(Class<?> testClass) {
    String root = System.getProperty(ROOT_PROPERTY, "");
    return root.isEmpty() ? module(testClass).resolve(STANDARD_ROOT) : Path.of(root);
  }

  /**
   * Returns the folder of the module that the class is compiled in: an IDE runs tests elsewhere. A
   * module without resources so far has the sources of its tests.
   */
  private static Path module(Class<?> testClass) {
    Path working = Path.of("").toAbsolutePath();
    for (Path folder = classes(testClass); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(TESTS))) {
        return folder;
      }
    }
    return working;
  }

  private static @Nullable Path classes(Class<?> testClass) {
    CodeSource source = testClass.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    try {
      return location == null || !"file".equals(location.getProtocol())
          ? null
          : Path.of(location.toURI());
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
