package dev.partyline.internal.har;

/**
 * A response.
 *
 * @param status the status; 0 if there is no response, or it cannot be read
 * @param reason the text after the status, which may be empty
 */
record HarResponse(int status, String reason, HarMessage message) {
  /** Returns what stands for a response that was not sent. */
  static HarResponse none() {
    return new HarResponse(0, "", HarMessage.NONE);
  }
}
