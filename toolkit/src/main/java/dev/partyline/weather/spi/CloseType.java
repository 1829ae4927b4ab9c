package dev.partyline.weather.spi;

/** How a fault ends a connection. */
public enum CloseType {
  /** In order: both sides get a FIN (RFC 9293, 3.6). */
  FIN,
  /** At once: both sides get an RST (RFC 9293, 3.5.3). */
  RST
}
