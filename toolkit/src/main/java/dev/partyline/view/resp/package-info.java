/**
 * The protocol of Redis, versions 2 and 3.
 *
 * <p>Begin with {@link dev.partyline.view.resp.Resp}.
 */
@NullMarked
package dev.partyline.view.resp;

import org.jspecify.annotations.NullMarked;
