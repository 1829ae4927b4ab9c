/**
 * The packets of a capture file, whatever of it can be read: pcap and pcapng.
 *
 * <p>Begin with {@link dev.partyline.internal.pcap.read.CaptureReader}.
 */
@NullMarked
package dev.partyline.internal.pcap.read;

import org.jspecify.annotations.NullMarked;
