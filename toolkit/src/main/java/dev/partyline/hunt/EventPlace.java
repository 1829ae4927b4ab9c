package dev.partyline.hunt;

/**
 * Where an event of a run is.
 *
 * @param peer the name of the listener, client or tap that has recorded it
 * @param connection the number of the connection in its recording, from 1
 * @param event which of the {@link dev.partyline.wire.Conversation#events()} it is, from 1; 0 for
 *     the opening
 */
public record EventPlace(String peer, int connection, int event) {}
