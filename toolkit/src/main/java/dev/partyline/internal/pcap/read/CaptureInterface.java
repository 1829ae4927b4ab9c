package dev.partyline.internal.pcap.read;

import java.nio.ByteBuffer;

/**
 * What an interface description block says.
 *
 * @param linkType the LINKTYPE_ of its packets
 * @param snapLength how many bytes of each packet were captured at most; 0 if there is no limit
 * @param timestamps the unit of its times
 */
record CaptureInterface(int linkType, long snapLength, Timestamps timestamps) {
  static final int MIN_BODY_BYTES = 8;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;

  /** Returns what a body of at least 8 bytes says. */
  static CaptureInterface parse(ByteBuffer body) {
    int start = body.position();
    int resolution = Timestamps.MICROSECONDS.resolution();
    long offsetSeconds = 0;
    BlockOptions options = new BlockOptions(body, start + MIN_BODY_BYTES);
    while (options.next()) {
      if (options.code() == OPTION_RESOLUTION && options.length() == 1) {
        resolution = body.get(options.offset()) & 0xff;
      } else if (options.code() == OPTION_OFFSET && options.length() == Long.BYTES) {
        offsetSeconds = body.getLong(options.offset());
      }
    }
    return new CaptureInterface(
        body.getShort(start) & 0xffff,
        Integer.toUnsignedLong(body.getInt(start + 4)),
        new Timestamps(resolution, offsetSeconds));
  }
}
