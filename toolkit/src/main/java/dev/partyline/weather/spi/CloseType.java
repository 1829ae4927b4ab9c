package dev.partyline.weather.spi;

/** How a fault ends a connection. */
public enum CloseType {
  /** In order: both sides get a FIN (RFC 9293, 3.6). */
  FIN,
  /**
   * Both sides get an RST (RFC 9293, 3.5.3), as soon as the side that receives has taken what
   * passed before it. Over a Unix domain socket there is none.
   */
  RST
}
