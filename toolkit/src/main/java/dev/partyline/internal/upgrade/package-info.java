/** Where a connection leaves HTTP/1 for the protocol that another view reads. */
@NullMarked
package dev.partyline.internal.upgrade;

import org.jspecify.annotations.NullMarked;
