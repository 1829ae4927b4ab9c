package dev.partyline.store;

import dev.partyline.internal.pcap.write.PcapngWriter;
import dev.partyline.wire.Recording;
import java.io.IOException;
import java.nio.file.Path;

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
 * <p>Secrets are masked, as in all files, and lengths stay; the file says so. Of a connection with
 * more than 8 MiB only the first and the last 4 MiB are written then. A recording that is {@link
 * Recording#exact()} is written with every byte, whatever its size.
 */
public final class Pcapng {
  private Pcapng() {}

  /**
   * Writes the conversations so far into a file.
   *
   * @param recording the recording; {@link Recording#exact()} to write its secrets too
   * @param file where to write; a file that is there is overwritten
   * @throws IOException if the file cannot be written, or the recording not be read; what was
   *     written by then stays
   */
  public static void write(Recording recording, Path file) throws IOException {
    write(recording, file, PcapngOptions.standard());
  }

  /**
   * Writes the conversations so far into a file.
   *
   * @param recording the recording; {@link Recording#exact()} to write its secrets too
   * @param file where to write; a file that is there is overwritten
   * @param options what else the file has, and what is masked
   * @throws IOException if the file cannot be written, or the recording not be read; what was
   *     written by then stays
   */
  public static void write(Recording recording, Path file, PcapngOptions options)
      throws IOException {
    Recording written = options.isMasking() ? recording : recording.exact();
    PcapngWriter.write(written, file, options.labels(), options.redaction()::apply);
  }
}
