/**
 * Ports that nothing else takes.
 *
 * <p>Begin with {@link dev.partyline.ports.Ports}, which leases ports to servers that must know
 * theirs before they start.
 */
@NullMarked
package dev.partyline.ports;

import org.jspecify.annotations.NullMarked;
