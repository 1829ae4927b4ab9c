/**
 * What the system knows of all sockets of this machine.
 *
 * <p>Begin with {@link dev.partyline.netstat.ConnectionTable}, which prints as netstat does.
 */
@NullMarked
package dev.partyline.netstat;

import org.jspecify.annotations.NullMarked;
