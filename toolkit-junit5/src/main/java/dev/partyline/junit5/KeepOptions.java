package dev.partyline.junit5;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.wire.RecordingPolicy;

/**
 * The attributes of an annotation that say what the recording keeps, each -1 by default.
 *
 * @param injectionPoint the element with the annotation
 */
record KeepOptions(InjectionPoint injectionPoint, long keepHead, long keepTail, long keepInMemory) {
  RecordingPolicy recordingPolicy() {
    boolean headAndTail = keepHead != -1 || keepTail != -1;
    RecordingPolicy policy =
        headAndTail
            ? RecordingPolicy.headAndTail(
                checkedBytes("keepHead", keepHead), checkedBytes("keepTail", keepTail))
            : RecordingPolicy.everything();
    return keepInMemory == -1
        ? policy
        : policy.inMemory(checkedBytes("keepInMemory", keepInMemory));
  }

  private long checkedBytes(String attribute, long bytes) {
    if (bytes < -1) {
      throw injectionPoint.configurationError(
          "has " + attribute + " = " + bytes + ", which must not be negative");
    }
    return Math.max(bytes, 0);
  }
}
