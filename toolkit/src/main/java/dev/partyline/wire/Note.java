package dev.partyline.wire;

/**
 * A remark on a conversation, such as what a fault did; it is printed as a comment and never
 * compared.
 *
 * @param nanos when it was made, in nanoseconds after the connection opened
 * @param precedingEventCount how many of {@link Conversation#events()} were ahead of it
 * @param text what it says; it may hold anything, so whoever prints it escapes it
 */
public record Note(long nanos, int precedingEventCount, String text) {}
