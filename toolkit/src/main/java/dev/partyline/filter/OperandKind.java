package dev.partyline.filter;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kind of an operand: the types of pcap-filter(7), and our own. */
enum OperandKind {
  HOST,
  NET,
  PORT,
  PORTRANGE,
  STATE,
  PID;

  static @Nullable OperandKind named(String word) {
    return Arrays.stream(values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElse(null);
  }

  /** Returns whether it is about one end, so that it can have a protocol and a direction. */
  boolean isDirectional() {
    return this != STATE && this != PID;
  }
}
