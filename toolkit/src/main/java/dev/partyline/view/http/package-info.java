/**
 * HTTP/1, as RFC 9112 frames it, and as curl prints it.
 *
 * <p>Begin with {@link dev.partyline.view.http.Http1}; {@link dev.partyline.view.http.Curl} prints
 * a conversation as curl does.
 */
@NullMarked
package dev.partyline.view.http;

import org.jspecify.annotations.NullMarked;
