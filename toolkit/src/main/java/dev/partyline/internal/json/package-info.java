/** JSON (RFC 8259), as pages and files of recordings have it. */
@NullMarked
package dev.partyline.internal.json;

import org.jspecify.annotations.NullMarked;
