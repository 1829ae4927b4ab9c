package dev.partyline.internal.pcap.read;

/** A place in a capture file from which on it cannot be read. */
final class DamagedCaptureException extends Exception {
  private static final long serialVersionUID = 1;

  DamagedCaptureException(String problem) {
    super(problem);
  }
}
