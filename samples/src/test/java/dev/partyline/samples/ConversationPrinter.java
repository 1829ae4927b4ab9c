package dev.partyline.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Prints each conversation that a recipe writes beside its report; JUnit finds it by its name. */
public final class ConversationPrinter implements TestExecutionListener {

  @Override
  public void fileEntryPublished(TestIdentifier recipe, FileEntry file) {
    try {
      System.out.printf("%n--- %s%n%s", recipe.getDisplayName(), Files.readString(file.getPath()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.getPath(), e);
    }
  }
}
