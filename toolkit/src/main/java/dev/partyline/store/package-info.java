/**
 * Recordings in files.
 *
 * <p>Begin with {@link dev.partyline.store.Pcapng}, which Wireshark, tcpdump and others read.
 */
@NullMarked
package dev.partyline.store;

import org.jspecify.annotations.NullMarked;
