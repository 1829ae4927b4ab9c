package dev.partyline.internal.pcap.read;

import java.io.IOException;
import java.util.Map;

/** How the packets stand in a capture file. */
interface CaptureFormat {
  /** More than libpcap and Wireshark take for one packet of these link types. */
  int MAX_PACKET_BYTES = 1 << 18;

  /**
   * Reads the next packet.
   *
   * @return whether there was one
   * @throws DamagedCaptureException if the file cannot be read further
   */
  boolean next(CapturedPacket packet) throws IOException, DamagedCaptureException;

  /** Returns the names that the file has for addresses, read so far; the keys are as IpText's. */
  default Map<String, String> names() {
    return Map.of();
  }
}
