package dev.partyline.internal.har;

import dev.partyline.wire.Side;

/**
 * A message of WebSocket, or a control frame, as Chrome writes it.
 *
 * @param nanos when its last byte was seen, in nanoseconds after the connection opened
 * @param opcode the opcode of its first frame
 * @param data the text; bytes are in Base64
 */
record WebSocketMessage(Side side, long nanos, int opcode, String data) {}
