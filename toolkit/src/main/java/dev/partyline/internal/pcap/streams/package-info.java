/**
 * The conversations in the packets of a capture: addresses, fragments and TCP put together again.
 *
 * <p>Begin with {@link dev.partyline.internal.pcap.streams.CaptureRecording}.
 */
@NullMarked
package dev.partyline.internal.pcap.streams;

import org.jspecify.annotations.NullMarked;
