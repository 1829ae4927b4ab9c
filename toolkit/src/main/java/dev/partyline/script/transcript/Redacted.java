package dev.partyline.script.transcript;

/** Something with its own rules for what to mask in failures and files. */
@FunctionalInterface
public interface Redacted {
  /** Returns the rules. */
  Redaction redaction();
}
