package dev.partyline.assertions;

import dev.partyline.internal.files.TestResources;
import dev.partyline.internal.files.TextFile;
import dev.partyline.script.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file with what was approved, and its neighbour with what was received.
 *
 * @param approved the file that is committed with the test
 * @param received the file that is written when it differs
 */
record ApprovedFile(Path approved, Path received) {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  static ApprovedFile in(Path folder, String name) {
    return of(folder.resolve(name));
  }

  private static ApprovedFile of(Path base) {
    return new ApprovedFile(
        base.resolveSibling(base.getFileName() + ".approved.wire"),
        base.resolveSibling(base.getFileName() + ".received.wire"));
  }

  /** Returns the file among the resources of the test that asserts. */
  static ApprovedFile ofCaller(String name) {
    Class<?> caller =
        WALKER.walk(
            frames ->
                frames
                    .<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                    .filter(type -> !isOwn(type))
                    .findFirst()
                    .orElseThrow());
    return of(TestResources.file(caller, name));
  }

  /** Whether a class is of this library: a test of it is elsewhere, in the same package. */
  private static boolean isOwn(Class<?> type) {
    return type.getPackageName().equals(ApprovedFile.class.getPackageName())
        && String.valueOf(type.getProtectionDomain().getCodeSource())
            .equals(String.valueOf(ApprovedFile.class.getProtectionDomain().getCodeSource()));
  }

  @Nullable Script script() {
    return Files.isRegularFile(approved) ? Script.load(approved) : null;
  }

  void write(String text) {
    TextFile.write(received, text);
  }

  void deleteReceived() {
    TextFile.delete(received);
  }
}
