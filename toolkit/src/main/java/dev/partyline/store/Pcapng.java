package dev.partyline.store;

import dev.partyline.filter.Filter;
import dev.partyline.internal.pcap.streams.CaptureRecording;
import dev.partyline.internal.pcap.write.PcapngWriter;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import dev.partyline.wire.RecordingPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A recording as a capture file that Wireshark, tshark and tcpdump read: pcapng
 * (draft-ietf-opsawg-pcapng), of Ethernet, with times in nanoseconds.
 *
 * <p>What was recorded is written as the packets that would have carried it: each chunk as segments
 * of TCP (RFC 9293) or as a datagram, with right checksums, between the recorded addresses, in the
 * order of all events of the recording. Handshakes, sequence numbers and acknowledgements are made
 * up; FIN and RST stand where they were seen. Packets are inbound or outbound as the server sees
 * them. Comments on packets have notes, such as what a fault did, why a side ended, and how many
 * bytes were not kept, for which the sequence number jumps. What was recorded in plain under TLS is
 * written in plain. A Unix domain socket is written as TCP between addresses for documentation (RFC
 * 5737), and so is a side whose address is not known.
 *
 * <p>Secrets are masked by {@link Redaction#of}, as in all files, and lengths stay; the file says
 * so. Of a connection with more than 8 MiB only the first and the last 4 MiB are written then. A
 * recording that is {@link Recording#exact()} is written with every byte, whatever its size.
 */
public final class Pcapng {
  private static final long MIN_MEMORY_BYTES = 64L << 20;

  /** In what of each conversation a secret is found that another one has too. */
  private static final long MAX_SEARCHED_BYTES = 8 << 20;

  private Pcapng() {}

  /**
   * Writes the conversations so far into a file.
   *
   * @param recorded a listener, client or tap, whose own rules say what is masked, or a recording,
   *     which has none; {@link Recording#exact()} to write its secrets too
   * @param file where to write; a file that is there is overwritten
   * @throws IOException if the file cannot be written, or the recording not be read; what was
   *     written by then stays
   */
  public static void write(Recorded recorded, Path file) throws IOException {
    write(recorded, file, PcapngOptions.standard());
  }

  /**
   * Writes the conversations so far into a file.
   *
   * @param recorded a listener, client or tap, whose own rules say what is masked, or a recording,
   *     which has none; {@link Recording#exact()} to write its secrets too
   * @param file where to write; a file that is there is overwritten
   * @param options what else the file has, and what is masked
   * @throws IOException if the file cannot be written, or the recording not be read; what was
   *     written by then stays
   */
  public static void write(Recorded recorded, Path file, PcapngOptions options) throws IOException {
    Redaction rules = options.redaction(recorded);
    Recording recording = recorded.recording();
    Recording written = rules.equals(Redaction.none()) ? recording.exact() : recording;
    List<Conversation> searched =
        written.conversations().stream()
            .filter(each -> !each.isExact())
            .map(each -> each.truncatedTo(MAX_SEARCHED_BYTES))
            .toList();
    Redaction redaction = rules.across(searched);
    PcapngWriter.write(written, file, options.labels(), redaction::apply);
  }

  /**
   * Reads the TCP and UDP conversations of a capture file, in the order of their first packets.
   *
   * <p>The file may be pcapng or pcap. Packets over Ethernet (also in VLANs), Linux cooked captures
   * ({@code tcpdump -i any}), BSD loopback and raw IP are read, of IPv4 and IPv6; fragments are put
   * together. A segment of TCP is a chunk, in the order of the sequence numbers and with the time
   * at which it fitted; of bytes that were sent twice the first copy counts. A datagram is a chunk;
   * one that was captured twice is there twice. The client is who sent the SYN, or, if the capture
   * begins later, who has the higher port; over UDP, who sent first. A SYN with another number, or
   * after the end of a connection, begins another conversation; {@code tshark} may count the latter
   * to the same stream. If there are more than 32,768 at a time, that which was silent for the
   * longest time is taken to be over. Comments of packets, and names that the file has for
   * addresses, are notes.
   *
   * <p>What the capture has missed, or cut off, is in {@link
   * dev.partyline.wire.Conversation#gaps()}. A damaged file is read up to there, and {@link
   * Recording#problems()} says where it ends; it also says how many packets were left out. A
   * connection that neither a FIN of both sides nor an RST has ended is open. An eighth of the
   * heap, at least 64 MiB, is kept in memory, the rest in a temporary file; see {@link
   * RecordingPolicy}.
   *
   * @throws IllegalArgumentException if the file is no capture file, or cannot be read
   */
  public static Recording read(Path file) {
    return read(file, "");
  }

  /**
   * Reads those conversations of a capture file of which {@code tcpdump -r} with the same filter
   * would print a packet.
   *
   * @param filter in the language of {@link Filter}, such as {@code tcp port 6379}
   * @throws IllegalArgumentException if the file is no capture file, or cannot be read
   * @throws dev.partyline.filter.FilterException if it is not a filter
   */
  public static Recording read(Path file, String filter) {
    long memoryBytes = Math.max(MIN_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / 8);
    RecordingPolicy policy = RecordingPolicy.everything().inMemory(memoryBytes);
    return CaptureRecording.read(file, Filter.parse(filter), policy);
  }
}
