package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.tunnels.SocksNegotiation;
import dev.partyline.wire.Side;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.function.Consumer;

/** The logins of binary protocols, which have the secret in a fixed place. */
public final class BinaryLogins {
  private static final List<Consumer<Dialogue>> PROTOCOLS =
      List.of(
          PostgresLogin::apply,
          MysqlLogin::apply,
          LdapBind::apply,
          MqttConnect::apply,
          SocksNegotiation::maskPassword,
          RadiusRequest::apply,
          AmqpLogin::apply);

  private BinaryLogins() {}

  /** Masks what the client sent, if it speaks one of the protocols. */
  public static void apply(Dialogue dialogue) {
    if (dialogue.layer(Side.CLIENT).size() == 0) {
      return;
    }
    for (Consumer<Dialogue> protocol : PROTOCOLS) {
      try {
        protocol.accept(dialogue);
      } catch (BufferUnderflowException e) {
        // It is another protocol, or the client has not sent more.
      }
    }
  }
}
