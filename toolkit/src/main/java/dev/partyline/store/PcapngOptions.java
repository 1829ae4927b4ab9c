package dev.partyline.store;

import dev.partyline.internal.pcap.write.CaptureLabels;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.HostAndPort;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Recorded;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a file of {@link Pcapng} has beside the recording: an immutable value. */
public final class PcapngOptions {
  private static final PcapngOptions STANDARD =
      new PcapngOptions(new CaptureLabels("", Map.of(), ""), null);

  private static final int MAX_NAME_LENGTH = 1_000;
  private static final int MAX_KEY_LOG_LENGTH = 4 << 20;
  private static final Pattern KEY_LOG_LINE =
      Pattern.compile("[A-Z0-9_]+ [0-9a-fA-F]+ [0-9a-fA-F]+|#.*|\\s*");

  private final CaptureLabels labels;

  /** What is masked; null for the rules of what is written. */
  private final @Nullable Redaction redaction;

  private PcapngOptions(CaptureLabels labels, @Nullable Redaction redaction) {
    this.labels = labels;
    this.redaction = redaction;
  }

  /** Returns the default: no names, no keys, and secrets masked by {@link Redaction#of}. */
  public static PcapngOptions standard() {
    return STANDARD;
  }

  /**
   * Returns these options with the name of a test, which is a comment of the whole file.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public PcapngOptions testName(String name) {
    return new PcapngOptions(
        new CaptureLabels(
            ArgumentChecks.notBlank("testName", name), labels.hosts(), labels.keyLog()),
        redaction);
  }

  /**
   * Returns these options with one more name of an address, such as of a listener: the packet that
   * opens a connection to it has the name as a comment, and its IP address, whatever the port, gets
   * that name, which {@code tshark -N n} prints.
   *
   * @param address the address of a listener or of a server; it is not looked up
   * @param name the name, of 1,000 characters at most
   * @throws IllegalArgumentException if the name is blank or too long
   */
  public PcapngOptions host(SocketAddress address, String name) {
    ArgumentChecks.inRange("the length of a name", name.length(), 1, MAX_NAME_LENGTH);
    Map<String, String> hosts = new LinkedHashMap<>(labels.hosts());
    String text =
        address instanceof InetSocketAddress inet ? HostAndPort.print(inet) : address.toString();
    hosts.put(text, ArgumentChecks.notBlank("name", name));
    return new PcapngOptions(
        new CaptureLabels(labels.testName(), Collections.unmodifiableMap(hosts), labels.keyLog()),
        redaction);
  }

  /**
   * Returns these options with the keys of TLS sessions that were recorded encrypted, as through a
   * tap that does not decrypt: Wireshark and tshark decrypt them with the file alone. What they
   * decrypt is not masked.
   *
   * @param keyLog the text that a program writes into the file named by {@code SSLKEYLOGFILE} (RFC
   *     9850), of 4 Mi characters at most
   * @throws IllegalArgumentException if a line is no such line, or the text is too long
   */
  public PcapngOptions keyLog(String keyLog) {
    ArgumentChecks.inRange("the length of a key log", keyLog.length(), 0, MAX_KEY_LOG_LENGTH);
    long lineNumber = 0;
    for (String line : keyLog.split("\\R", -1)) {
      lineNumber++;
      if (!KEY_LOG_LINE.matcher(line).matches()) {
        // The line itself may have a secret.
        throw new IllegalArgumentException(
            "line "
                + lineNumber
                + " of the key log must have a label and two hexadecimal numbers, such as"
                + " CLIENT_RANDOM 52a0… 97c1…");
      }
    }
    return new PcapngOptions(
        new CaptureLabels(labels.testName(), labels.hosts(), keyLog), redaction);
  }

  /** Returns these options that mask other secrets; {@link Redaction#none()} masks nothing. */
  public PcapngOptions redacting(Redaction redaction) {
    return new PcapngOptions(labels, redaction);
  }

  CaptureLabels labels() {
    return labels;
  }

  /** Returns what is masked in a file of this. */
  Redaction redaction(Recorded recorded) {
    return redaction == null ? Redaction.of(recorded) : redaction;
  }
}
