/** Real programs and libraries as clients and servers of ours. */
@NullMarked
package dev.partyline.peers;

import org.jspecify.annotations.NullMarked;
