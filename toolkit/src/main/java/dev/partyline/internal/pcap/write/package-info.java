/**
 * Writes a recording as pcapng: what decides on frames does no I/O, {@link
 * dev.partyline.internal.pcap.write.PcapngFile} does all of it.
 */
@NullMarked
package dev.partyline.internal.pcap.write;

import org.jspecify.annotations.NullMarked;
