package dev.partyline.contract;

/**
 * Why what a side sent, as it was recorded, may differ from what a capture has of it: what no
 * recorder at the end of a connection can know.
 */
enum CaptureDifference {
  /** The kernel received bytes that our end had not read when a reset discarded them. */
  UNREAD_BYTES,
  /** A reset, or a connect that failed, discarded bytes before our kernel sent them. */
  UNSENT_BYTES,
  /** A FIN or RST came when our end had ended the connection, or after the RST of the other end. */
  UNREAD_END,
  /** The connection was over before the recorded FIN or RST could be sent. */
  UNSENT_END,
  /** Our end was closed or reset when the tap was closed, or because the server was unreachable. */
  UNRECORDED_END,
  /** The wire has TLS, and the recording plaintext: only sizes are compared. */
  ENCRYPTED,
  /** The tap has had faults, which may hold back or change all that it passes on. */
  FAULTS
}
