package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.PacketReader;
import dev.partyline.wire.Side;
import java.nio.BufferUnderflowException;
import java.util.Locale;
import java.util.Set;

/**
 * The password of a bind to LDAP (RFC 4511, 4.2), one that is changed (RFC 3062), and those of an
 * entry that is added or modified.
 */
final class LdapBind {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int BIND_REQUEST = 0x60;
  private static final int MODIFY_REQUEST = 0x66;
  private static final int ADD_REQUEST = 0x68;
  private static final int SET = 0x31;
  private static final int EXTENDED_REQUEST = 0x77;
  private static final int SIMPLE = 0x80;
  private static final int USER_IDENTITY = 0x80;
  private static final int SASL = 0xa3;

  /** Each by its name and its number. */
  private static final Set<String> PASSWORDS =
      Set.of("userpassword", "2.5.4.35", "unicodepwd", "1.2.840.113556.1.4.90");

  private static final String PASSWORD_MODIFY = "1.3.6.1.4.1.4203.1.11.1";

  private final PacketReader reader;

  private LdapBind(PacketReader reader) {
    this.reader = reader;
  }

  static void apply(Dialogue dialogue) {
    LdapBind messages = new LdapBind(new PacketReader(dialogue.layer(Side.CLIENT)));
    while (messages.reader.peek() == SEQUENCE) {
      messages.message();
    }
  }

  private void message() {
    long length = begin(SEQUENCE);
    long end = reader.offset() + length;
    reader.skip(begin(INTEGER));
    int operation = reader.peek();
    if (operation == BIND_REQUEST) {
      begin(operation);
      reader.skip(begin(INTEGER));
      element();
      credentials(reader.u8());
    } else if (operation == ADD_REQUEST || operation == MODIFY_REQUEST) {
      begin(operation);
      element();
      begin(SEQUENCE);
      while (reader.offset() < end && reader.peek() == SEQUENCE) {
        attribute(operation == MODIFY_REQUEST);
      }
    } else if (operation == EXTENDED_REQUEST) {
      begin(operation);
      reader.u8();
      long nameLength = length();
      boolean isPassword = reader.startsWith(PASSWORD_MODIFY);
      reader.skip(nameLength);
      if (isPassword && reader.offset() < end) {
        reader.u8();
        passwords(length());
      }
    }
    reader.goTo(end);
  }

  /** Masks the old password and the new one, each by itself, so that both are known as secrets. */
  private void passwords(long length) {
    if (reader.peek() != SEQUENCE) {
      reader.mask(length);
      return;
    }
    long end = begin(SEQUENCE);
    end += reader.offset();
    while (reader.offset() < end) {
      if (reader.peek() == USER_IDENTITY) {
        element();
      } else {
        reader.u8();
        reader.mask(length());
      }
    }
  }

  /** Masks the values of an attribute, after the operation of a change, if it is a password. */
  private void attribute(boolean isChange) {
    begin(SEQUENCE);
    if (isChange) {
      element();
      begin(SEQUENCE);
    }
    reader.u8();
    String name = reader.text(length()).toLowerCase(Locale.ROOT);
    long end = begin(SET);
    end += reader.offset();
    while (PASSWORDS.contains(name.split(";", 2)[0]) && reader.offset() < end) {
      reader.u8();
      reader.mask(length());
    }
    reader.goTo(end);
  }

  private void credentials(int method) {
    long length = length();
    if (method == SIMPLE) {
      reader.mask(length);
    } else if (method == SASL) {
      long end = reader.offset() + length;
      element();
      if (reader.offset() < end) {
        reader.u8();
        reader.mask(length());
      }
    }
  }

  /** Goes over an element. */
  private void element() {
    reader.u8();
    reader.skip(length());
  }

  private long begin(int tag) {
    if (reader.u8() != tag) {
      throw new BufferUnderflowException();
    }
    return length();
  }

  /** Returns a length in BER: in one byte, or in as many as that says. */
  private long length() {
    int first = reader.u8();
    long length = first < 0x80 ? first : 0;
    for (int i = 0; first > 0x80 && i < (first & 0x7f); i++) {
      length = length << 8 | reader.u8();
      if (length > Integer.MAX_VALUE) {
        throw new BufferUnderflowException();
      }
    }
    return length;
  }
}
