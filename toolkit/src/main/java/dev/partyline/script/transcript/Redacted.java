package dev.partyline.script.transcript;

/** Something with rules of its own for what must not be read in a failure or a file. */
@FunctionalInterface
public interface Redacted {
  /** Returns the rules. */
  Redaction redaction();
}
