package dev.partyline.internal.har;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes the conversations of a recording into a file, one after the other. */
public final class HarWriter {
  /** Secrets are searched for in memory, so the middle of longer conversations is left out. */
  private static final long MAX_MASKED_BYTES = 8 << 20;

  private static final String PAGE_ID = "page_1";

  private final JsonWriter json;
  private final Recording recording;
  private final String testName;
  private final Redaction redaction;
  private final List<String> remarks = new ArrayList<>();

  private HarWriter(JsonWriter json, Recording recording, String testName, Redaction redaction) {
    this.json = json;
    this.recording = recording;
    this.testName = testName;
    this.redaction =
        redaction.across(
            recording.conversations().stream()
                .filter(each -> !each.isExact())
                .map(each -> each.truncatedTo(MAX_MASKED_BYTES))
                .toList());
  }

  /**
   * Writes a file.
   *
   * @param path where it is; what was there is overwritten
   * @param testName the name of the test, which becomes the page of all entries; may be empty
   * @param redaction what masks a conversation that is not {@link Conversation#isExact() exact}
   */
  public static void write(Recording recording, Path path, String testName, Redaction redaction)
      throws IOException {
    // Other characters are escapes.
    try (Writer out = Files.newBufferedWriter(path, US_ASCII)) {
      new HarWriter(new JsonWriter(out), recording, testName, redaction).write();
    } catch (FileSystemException e) {
      // It has the path.
      throw e;
    } catch (IOException e) {
      throw new IOException(path + " cannot be written: " + e, e);
    } catch (UncheckedIOException e) {
      throw new IOException(path + " cannot be written: " + e.getCause(), e.getCause());
    }
  }

  /** Returns whether a conversation of a recording is HTTP. */
  public static boolean isHttp(Recording recording) {
    return recording.conversations().stream().anyMatch(HttpConversation::isHttp);
  }

  private void write() throws IOException {
    List<Conversation> conversations = recording.conversations();
    json.beginObject().name("log").beginObject().member("version", "1.2");
    json.name("creator").beginObject().member("name", "Partyline");
    json.member("version", version()).endObject();
    writePages();
    json.name("entries").beginArray();
    remarks.add(
        conversations.stream().allMatch(this::isWrittenExactly)
            ? "secrets are not masked: every byte is as it was recorded"
            : "secrets are masked: an asterisk stands for each byte, so lengths are as recorded");
    remarks.addAll(recording.problems());
    if (recording.droppedConnections() > 0) {
      remarks.add(
          Quantity.of(recording.droppedConnections(), "connection")
              + " were not kept, and are not in this file");
    }
    for (Conversation conversation : conversations) {
      write(conversation);
    }
    json.endArray().member("comment", String.join("\n", remarks)).endObject().endObject();
  }

  private static String version() {
    return Optional.ofNullable(HarWriter.class.getPackage())
        .map(Package::getImplementationVersion)
        .orElse("unknown");
  }

  private void writePages() {
    json.name("pages").beginArray();
    if (!testName.isEmpty()) {
      json.beginObject().member("startedDateTime", HarTime.print(recording.startedAt()));
      json.member("id", PAGE_ID).member("title", testName);
      json.name("pageTimings").beginObject().member("onContentLoad", -1).member("onLoad", -1);
      json.endObject().endObject();
    }
    json.endArray();
  }

  private boolean isWrittenExactly(Conversation conversation) {
    return conversation.isExact() || redaction.equals(Redaction.none());
  }

  private void write(Conversation conversation) throws IOException {
    String name = conversation.name() + ": ";
    if (!HttpConversation.isHttp(conversation)) {
      remarks.add(name + "it is not HTTP, and not in this file");
      return;
    }
    boolean isExact = isWrittenExactly(conversation);
    Conversation bounded = isExact ? conversation : conversation.truncatedTo(MAX_MASKED_BYTES);
    Conversation written = isExact ? conversation : redaction.apply(bounded);
    DecodedRedaction decodedRedaction =
        new DecodedRedaction(isExact ? Redaction.none() : redaction, bounded);
    List<HarExchange> exchanges;
    try {
      exchanges =
          new HttpConversation(
                  written, decodedRedaction::apply, remark -> remarks.add(name + remark))
              .exchanges();
    } catch (IllegalStateException e) {
      // Such as that Netty is missing, by which HTTP/2 is read.
      remarks.add(name + "it is not in this file: " + e.getMessage());
      return;
    }
    Instant openedAt = recording.startedAt().plusNanos(conversation.openedAtNanos());
    String pageId = testName.isEmpty() ? "" : PAGE_ID;
    EntryWriter entries = new EntryWriter(json, written, openedAt, pageId, decodedRedaction);
    for (HarExchange each : exchanges) {
      entries.write(each);
    }
  }

  /**
   * Masks what was compressed or encoded, with the secrets of its conversation, which are found
   * once.
   */
  private static final class DecodedRedaction implements UnaryOperator<Bytes> {
    private final Redaction redaction;
    private final Conversation conversation;
    private Optional<Redaction> withSecrets = Optional.empty();

    DecodedRedaction(Redaction redaction, Conversation conversation) {
      this.redaction = redaction;
      this.conversation = conversation;
    }

    @Override
    public Bytes apply(Bytes decoded) {
      return withSecrets().apply(decoded);
    }

    Conversation apply(Conversation decoded) {
      return withSecrets().apply(decoded);
    }

    private Redaction withSecrets() {
      Redaction found = withSecrets.orElseGet(() -> redaction.withSecretsOf(conversation));
      withSecrets = Optional.of(found);
      return found;
    }
  }
}
