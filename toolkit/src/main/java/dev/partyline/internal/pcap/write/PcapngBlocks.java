package dev.partyline.internal.pcap.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The blocks of pcapng before the packets (draft-ietf-opsawg-pcapng), in little-endian order. */
final class PcapngBlocks {
  static final int COMMENT = 1;

  private static final int SECTION_HEADER = 0x0a0d_0d0a;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int NAME_RESOLUTION = 4;
  private static final int DECRYPTION_SECRETS = 10;
  private static final int TLS_KEY_LOG = 0x544c_534b;
  private static final int ETHERNET = 1;

  /** The longest that libpcap takes for Ethernet. */
  private static final int SNAP_LENGTH = 262_144;

  private static final int MAX_COMMENT_BYTES = 4_000;
  private static final int BLOCK_BYTES = 12;

  private PcapngBlocks() {}

  static Bytes sectionHeader(List<String> comments) {
    Options options = new Options();
    comments.forEach(options::comment);
    options.add(4, "Partyline".getBytes(UTF_8));
    Bytes encoded = options.end();
    ByteBuffer body = buffer(16 + encoded.size());
    body.putInt(0x1a2b_3c4d).putShort((short) 1).putShort((short) 0).putLong(-1);
    return block(SECTION_HEADER, put(body, encoded));
  }

  /** The only interface; its times are in nanoseconds. */
  static Bytes interfaceDescription() {
    Options options = new Options();
    options.add(2, "partyline".getBytes(UTF_8));
    options.add(9, new byte[] {9});
    Bytes encoded = options.end();
    ByteBuffer body = buffer(8 + encoded.size());
    body.putShort((short) ETHERNET).putShort((short) 0).putInt(SNAP_LENGTH);
    return block(INTERFACE_DESCRIPTION, put(body, encoded));
  }

  /** The names of IP addresses, which have 4 or 16 bytes. */
  static Bytes nameResolution(Map<Bytes, Set<String>> names) {
    Options records = new Options();
    names.forEach(
        (ip, namesOfIp) -> {
          for (String name : namesOfIp) {
            records.add(ip.size() == 4 ? 1 : 2, ip.plus(Bytes.utf8(name + "\0")).toArray());
          }
        });
    Bytes encoded = records.end();
    return block(NAME_RESOLUTION, put(buffer(encoded.size()), encoded));
  }

  /** The keys by which TLS is decrypted; they must precede the packets that need them. */
  static Bytes decryptionSecrets(String keyLog) {
    Bytes secrets = Bytes.utf8(keyLog);
    ByteBuffer body = buffer(8 + padded(secrets.size()));
    body.putInt(TLS_KEY_LOG).putInt(secrets.size());
    return block(DECRYPTION_SECRETS, put(body, secrets));
  }

  /** Returns comments as options, with the end of all options; empty if there is none. */
  static Bytes comments(List<String> comments) {
    if (comments.isEmpty()) {
      return Bytes.EMPTY;
    }
    Options options = new Options();
    comments.forEach(options::comment);
    return options.end();
  }

  static int padded(int length) {
    return length + 3 & ~3;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer put(ByteBuffer body, Bytes bytes) {
    bytes.putInto(body);
    return body;
  }

  private static Bytes block(int type, ByteBuffer body) {
    int length = BLOCK_BYTES + body.capacity();
    ByteBuffer block = buffer(length).putInt(type).putInt(length);
    return Bytes.copyOf(block.put(body.rewind()).putInt(length).flip());
  }

  /** A list of options: a code, a length and a value, padded to 32 bits. */
  private static final class Options {
    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();

    void comment(String text) {
      byte[] bytes = text.getBytes(UTF_8);
      if (bytes.length > MAX_COMMENT_BYTES) {
        bytes = (text.substring(0, MAX_COMMENT_BYTES / 4) + "…").getBytes(UTF_8);
      }
      add(COMMENT, bytes);
    }

    void add(int code, byte[] value) {
      byte[] option = new byte[4 + padded(value.length)];
      ByteBuffer header = ByteBuffer.wrap(option).order(ByteOrder.LITTLE_ENDIAN);
      header.putShort((short) code).putShort((short) value.length).put(value);
      encoded.writeBytes(option);
    }

    Bytes end() {
      encoded.writeBytes(new byte[4]);
      return Bytes.of(encoded.toByteArray());
    }
  }
}
