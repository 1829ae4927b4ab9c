package dev.partyline.hunt;

/**
 * A connection of a failing run, and the one of a passing run that stands for it.
 *
 * @param peer the name of the listener, client or tap that has recorded both
 * @param failing its number in the failing run, from 1; 0 if that had none
 * @param passing its number in the passing run, from 1; 0 if that had none
 */
public record ConnectionPair(String peer, int failing, int passing) {}
