/** Listeners, clients and taps that speak TLS. */
@NullMarked
package dev.partyline.samples.tls;

import org.jspecify.annotations.NullMarked;
