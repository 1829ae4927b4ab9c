package dev.partyline.internal.har;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as ISO 8601 has it, in UTC, with milliseconds. */
final class HarTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HarTime() {}

  static String print(Instant time) {
    return FORMAT.format(time);
  }
}
