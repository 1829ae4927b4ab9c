package dev.partyline.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kind of an operand: the types of pcap-filter(7), and our own. */
enum OperandKind {
  HOST,
  NET,
  PORT,
  PORTRANGE,
  STATE,
  UID,
  PID,
  PROGRAM,
  PATH;

  /** Returns the words of all kinds, with commas between them. */
  static String words() {
    return Arrays.stream(values()).map(OperandKind::word).collect(Collectors.joining(", "));
  }

  static @Nullable OperandKind named(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElse(null);
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether it is about one end, so that it can have a protocol and a direction. */
  boolean isDirectional() {
    return compareTo(PORTRANGE) <= 0;
  }
}
