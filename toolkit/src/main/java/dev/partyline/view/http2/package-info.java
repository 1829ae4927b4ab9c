/**
 * HTTP/2 frames and header lists (RFC 9113, RFC 7541).
 *
 * <p>Begin with {@link dev.partyline.view.http2.Http2}.
 */
@NullMarked
package dev.partyline.view.http2;

import org.jspecify.annotations.NullMarked;
