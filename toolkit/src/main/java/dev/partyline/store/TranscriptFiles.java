package dev.partyline.store;

import dev.partyline.internal.files.TextFile;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Saves a recording as wire scripts, with the time of each chunk, and reads it again: {@code
 * connection-1.wire} and so on, a file for each connection.
 *
 * <p>Secrets are masked by {@link Redaction#of(Recorded)}, each of their bytes by an asterisk, and
 * a file in which there was one says so. {@code redacting(Redaction.none())} writes all bytes: then
 * each conversation that is read equals the one that was saved: it has the same events at the same
 * times. Addresses, notes and why a side ended are comments, which are not read; when a connection
 * opened is not kept, and all are read as connections over TCP. An immutable value; each method
 * returns a changed copy.
 */
public final class TranscriptFiles {
  private static final Pattern NAME = Pattern.compile("connection-([1-9][0-9]{0,8})\\.wire");
  private static final String MASKED = "# Masked: an asterisk stands for each byte of a secret.\n";

  private final Path folder;

  /** What is masked; null for the rules of what is written. */
  private final @Nullable Redaction redaction;

  private TranscriptFiles(Path folder, @Nullable Redaction redaction) {
    this.folder = folder;
    this.redaction = redaction;
  }

  /** Returns the files in a folder, which need not exist yet. */
  public static TranscriptFiles in(Path folder) {
    return new TranscriptFiles(folder, null);
  }

  /** Returns the same with other rules for what is masked. */
  public TranscriptFiles redacting(Redaction newRedaction) {
    return new TranscriptFiles(folder, newRedaction);
  }

  /**
   * Writes a file for each connection, and deletes those of other connections that an earlier
   * recording has left; without connections the folder has none.
   *
   * @return the files, in the order of the connections
   * @throws IllegalStateException if bytes or connections were not kept, or the recording has
   *     {@link Recording#problems() problems}
   * @throws UncheckedIOException if a file cannot be written
   */
  public List<Path> write(Recorded recorded) {
    Recording recording = recorded.recording();
    if (recording.droppedConnections() > 0) {
      throw new IllegalStateException(
          recording.droppedConnections()
              + " connections were dropped: only a complete recording can be saved, as"
              + " RecordingPolicy.everything() keeps it");
    }
    List<Conversation> conversations = recording.conversations();
    if (!recording.problems().isEmpty()) {
      throw new IllegalStateException(
          "the recording lacks something: "
              + String.join("; ", recording.problems())
              + ": only a complete recording can be saved; Recording.of(conversation) has one"
              + " alone");
    }
    Redaction rules =
        (redaction == null ? Redaction.of(recorded) : redaction).across(conversations);
    List<String> texts = new ArrayList<>();
    for (Conversation conversation : conversations) {
      texts.add(text(conversation, rules));
    }
    TextFile.createFolder(folder);
    List<Path> files = new ArrayList<>();
    for (String text : texts) {
      Path file = folder.resolve("connection-" + (files.size() + 1) + ".wire");
      TextFile.write(file, text);
      files.add(file);
    }
    existing().tailMap(files.size(), false).values().forEach(TextFile::delete);
    return files;
  }

  private static String text(Conversation conversation, Redaction rules) {
    if (!conversation.gaps().isEmpty()) {
      throw new IllegalStateException(
          conversation.name()
              + " lacks bytes that were not kept: only a complete recording can be saved, as"
              + " RecordingPolicy.everything() keeps it, and tcpdump -s 0 captures it");
    }
    Conversation masked = rules.apply(conversation);
    return (masked.equals(conversation) ? "" : MASKED) + Transcript.exact(masked);
  }

  /**
   * Reads the files of all connections.
   *
   * @throws dev.partyline.script.ScriptException if a file is not the transcript of a connection
   * @throws IllegalArgumentException if there is no such folder, or a file is missing between two
   *     others
   * @throws UncheckedIOException if a file cannot be read
   */
  public Recording read() {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "folder (" + folder + ") must exist, with a recording that was written to it");
    }
    NavigableMap<Integer, Path> files = existing();
    if (!files.isEmpty() && files.lastKey() != files.size()) {
      throw new IllegalArgumentException(
          "folder ("
              + folder
              + ") must have connection-1.wire and so on, without a gap, but has "
              + files.values().stream().map(Path::getFileName).toList());
    }
    return Recording.of(
        files.values().stream()
            .map(file -> Transcript.conversation(TextFile.read(file)))
            .toArray(Conversation[]::new));
  }

  private NavigableMap<Integer, Path> existing() {
    NavigableMap<Integer, Path> files = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && Files.isRegularFile(file)) {
          files.put(Integer.parseInt(name.group(1)), file);
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("folder (" + folder + ") cannot be read: " + e, e);
    }
  }
}
