/**
 * What the system knows of the sockets of this machine, whoever opened them.
 *
 * <p>Begin with {@link dev.partyline.netstat.ConnectionTable}, which prints as netstat does.
 */
@NullMarked
package dev.partyline.netstat;

import org.jspecify.annotations.NullMarked;
