/** What real programs and libraries say to us, and we to them. */
@NullMarked
package dev.partyline.peers;

import org.jspecify.annotations.NullMarked;
