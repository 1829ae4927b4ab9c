/**
 * Network impairments as pure decisions: what happens to each byte, not how it is carried.
 *
 * <p>Begin with {@link dev.partyline.weather.Fault} and {@link dev.partyline.weather.Weather};
 * faults of datagrams are in {@link dev.partyline.weather.DatagramFaults}. A tap has a {@link
 * dev.partyline.weather.FaultInjector}, which injects and removes faults while traffic runs. For a
 * fault of your own, implement {@link dev.partyline.weather.spi.Impairment}. Nothing here has a
 * thread, a socket or a clock.
 *
 * <h2>Faults as text</h2>
 *
 * A fault is what it does, and then what it applies to:
 *
 * <pre>
 * delay 50ms | delay 50ms jitter 10ms [uniform | normal | pareto] | rate 100KB/s
 * slice 100 bytes [pause 5ms] | slice at 10,20 [pause 5ms]
 * slice randomly 1 to 100 bytes [pause 5ms] | coalesce 20ms
 * stall | stall 2s [on all connections] | cut after 512 bytes | cut after 5s | cut after "QUIT\r\n" | reset after ...
 * limit 512 bytes | corrupt 0.1% | slow close 5s | slow read 50ms | lost segment 1% [rto 300ms]
 * packet loss 1% | connect delay 2s | reset first 2 | refuse [2s]
 * loss 1% | loss every 5 | loss of 2,5 | loss gemodel 1% 10% [100% [0%]]
 * duplicate 1% | duplicate of 2,5 | corrupt of 2,5
 * reorder 5% [by 3] [within 50ms] | reorder of 2,5 [by 3] [within 50ms]
 *
 * from client | from server | both ways | on connections 1,3 | on every 3
 * from address 127.0.0.1 | from byte 512 | from datagram 5
 * after "text" [from client | from server] | must fire
 * named "name"
 * </pre>
 *
 * <p>{@code cut} ends the connection by FIN, {@code reset} by RST. Times are in ns, us, ms, s or m,
 * sizes in B, KB and so on, powers of 1000, or KiB and so on, powers of 1024; text in quotation
 * marks has the escapes of a wire script.
 */
@NullMarked
package dev.partyline.weather;

import org.jspecify.annotations.NullMarked;
