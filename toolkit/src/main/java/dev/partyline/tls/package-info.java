/**
 * Certificates and the settings of TLS as values, without sockets; the only file that is read has
 * the name of the machine on Linux.
 *
 * <p>Begin with {@link dev.partyline.tls.Tls}, which says how an end uses TLS, {@link
 * dev.partyline.tls.CertificateSpec} for certificates that are wrong on purpose, and {@link
 * dev.partyline.tls.Trust} for what a client under test needs to trust an end. All certificates
 * come from a test authority that each JVM makes in memory: its keys are never written, logged or
 * printed.
 */
@NullMarked
package dev.partyline.tls;

import org.jspecify.annotations.NullMarked;
