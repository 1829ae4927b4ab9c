/** Ports that stay reserved, the table of sockets, and sockets left open. */
@NullMarked
package dev.partyline.samples.ports;

import org.jspecify.annotations.NullMarked;
