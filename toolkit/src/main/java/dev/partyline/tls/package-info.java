/**
 * Certificates and terms of TLS, as values: no socket, and no file but the one in which Linux says
 * what the machine is called.
 *
 * <p>Begin with {@link dev.partyline.tls.Tls}, which says how an end speaks TLS, {@link
 * dev.partyline.tls.CertificateSpec} for certificates that are wrong on purpose, and {@link
 * dev.partyline.tls.Trust} for what a client under test needs in order to trust an end. All
 * certificates come from a test authority that is made in memory, anew in each JVM: its keys are
 * never written, logged or printed.
 */
@NullMarked
package dev.partyline.tls;

import org.jspecify.annotations.NullMarked;
