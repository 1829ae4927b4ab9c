package dev.partyline.wire;

/**
 * A remark on a conversation, such as what a fault did. It prints as a comment and is not compared.
 *
 * @param nanos when it was made, in nanoseconds after the connection opened
 * @param precedingEventCount how many of {@link Conversation#events()} precede it
 * @param text what it says; it may have any characters, so escape it when you print it
 */
public record Note(long nanos, int precedingEventCount, String text) {}
