package dev.partyline.internal.text;

/** Describes threads in failures. */
public final class ThreadText {
  private static final int MAX_FRAMES = 8;

  private ThreadText() {}

  /** Returns the name of a thread, its state, and the top of its stack. */
  public static String describe(Thread thread) {
    StringBuilder text = new StringBuilder();
    text.append("thread ").append(thread.getName()).append(", ").append(thread.getState());
    StackTraceElement[] stack = thread.getStackTrace();
    for (int i = 0; i < Math.min(MAX_FRAMES, stack.length); i++) {
      text.append("\n    at ").append(stack[i]);
    }
    return text.toString();
  }
}
