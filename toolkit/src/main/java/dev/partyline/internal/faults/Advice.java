package dev.partyline.internal.faults;

/**
 * Why a fault cannot be, and what to use instead.
 *
 * @param reason the rule that it breaks
 * @param text what to use, as text
 * @param java the same in Java
 */
public record Advice(String reason, String text, String java) {
  /** Returns it for one who has written the fault like this. */
  public String in(FaultNotation notation) {
    return reason + "; use " + (notation == FaultNotation.TEXT ? "'" + text + "'" : java);
  }
}
