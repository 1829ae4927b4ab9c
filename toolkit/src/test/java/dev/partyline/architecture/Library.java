package dev.partyline.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of our libraries, as it lies in the tree. */
record Library(Path root) {

  /** Returns the library that a test class belongs to, wherever the test is started from. */
  static Library of(Class<?> test) {
    try {
      var testClasses = Path.of(test.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Library(testClasses.getParent().getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Path classes() {
    return root.resolve("target/classes");
  }

  Path apiFile() {
    return root.resolve("api/partyline-" + root.getFileName() + ".api");
  }

  /** Returns the names of the top-level classes that its sources promise, package-info included. */
  SortedSet<String> sources() {
    return names(root.resolve("src/main/java"), ".java");
  }

  /** Returns the packages that everybody may import. */
  SortedSet<String> exports() {
    try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).exports().stream()
          .filter(export -> !export.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the classes of a package, nested ones too, by name. */
  Stream<Class<?>> classesOf(String packageName) {
    return names(classes(), ".class").stream()
        .filter(name -> name.substring(0, name.lastIndexOf('.')).equals(packageName))
        .map(Library::load);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Library.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SortedSet<String> names(Path directory, String suffix) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> directory.relativize(file).toString())
          .filter(file -> file.endsWith(suffix) && !file.equals("module-info" + suffix))
          .map(file -> file.substring(0, file.length() - suffix.length()))
          .map(file -> file.replace(directory.getFileSystem().getSeparator(), "."))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
