/**
 * Recordings in files.
 *
 * <p>Begin with {@link dev.partyline.store.Pcapng}, which writes what Wireshark and tcpdump read,
 * and reads what they have captured. {@link dev.partyline.store.Har} writes HTTP for the network
 * panels of browsers. {@link dev.partyline.store.TranscriptFiles} has recordings as wire scripts, a
 * file for each connection.
 */
@NullMarked
package dev.partyline.store;

import org.jspecify.annotations.NullMarked;
