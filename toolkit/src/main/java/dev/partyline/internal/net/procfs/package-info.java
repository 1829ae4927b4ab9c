/** What Linux tells of sockets in /proc/net, beside the bytes that are read and written. */
@NullMarked
package dev.partyline.internal.net.procfs;

import org.jspecify.annotations.NullMarked;
