package dev.partyline.internal.pcap.read;

/**
 * The unit of an interface's times: {@code if_tsresol} and {@code if_tsoffset}.
 *
 * @param resolution the option as a number: the negative power of 10 that the unit is of a second,
 *     or with the highest bit that of 2
 * @param offsetSeconds what is to be added
 */
record Timestamps(int resolution, long offsetSeconds) {
  static final Timestamps MICROSECONDS = new Timestamps(6, 0);
  static final Timestamps NANOSECONDS = new Timestamps(9, 0);

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** The year 2242: what is later, or before 1970, does not fit in nanoseconds, and is wrong. */
  private static final long MAX_SECONDS = 1L << 33;

  /** Returns the nanoseconds since 1970 of an unsigned number of units. */
  long nanos(long units) {
    int exponent = resolution & 0x7f;
    boolean isBinary = (resolution & 0x80) != 0;
    if (isBinary ? exponent > 62 : exponent > 18) {
      return nanos(0, 0);
    }
    long unitsPerSecond = isBinary ? 1L << exponent : powerOfTen(exponent);
    long seconds = Long.divideUnsigned(units, unitsPerSecond);
    long rest = Long.remainderUnsigned(units, unitsPerSecond);
    return nanos(seconds, isBinary ? binaryNanos(rest, exponent) : decimalNanos(rest, exponent));
  }

  private long nanos(long seconds, long fractionNanos) {
    long sum = seconds + offsetSeconds;
    return Math.max(0, Math.min(MAX_SECONDS, sum)) * NANOS_PER_SECOND + fractionNanos;
  }

  private static long decimalNanos(long rest, int exponent) {
    return exponent <= 9 ? rest * powerOfTen(9 - exponent) : rest / powerOfTen(exponent - 9);
  }

  private static long binaryNanos(long rest, int exponent) {
    return exponent <= 32
        ? rest * NANOS_PER_SECOND >>> exponent
        : (rest >>> exponent - 32) * NANOS_PER_SECOND >>> 32;
  }

  private static long powerOfTen(int exponent) {
    long result = 1;
    for (int i = 0; i < exponent; i++) {
      result *= 10;
    }
    return result;
  }
}
