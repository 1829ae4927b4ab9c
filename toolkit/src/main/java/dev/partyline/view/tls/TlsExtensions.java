package dev.partyline.view.tls;

import dev.partyline.internal.reading.FlawException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The extensions of a hello, if it has any. */
final class TlsExtensions {
  static final int SERVER_NAME = 0;
  static final int SUPPORTED_VERSIONS = 43;
  private static final int ALPN = 16;

  private final Map<Integer, TlsFieldReader> byType = new LinkedHashMap<>();

  private TlsExtensions() {}

  static TlsExtensions of(TlsFieldReader body) throws FlawException {
    TlsExtensions extensions = new TlsExtensions();
    if (body.hasMore()) {
      TlsFieldReader list = body.readVector("extensions", 2);
      while (list.hasMore()) {
        int type = list.readNumber("extension_type", 2);
        TlsFieldReader data = list.readVector("extension " + type, 2);
        if (extensions.byType.putIfAbsent(type, data) != null) {
          throw data.malformed("extension " + type + " comes twice (RFC 8446, 4.2)");
        }
      }
      body.requireEnd();
    }
    return extensions;
  }

  @Nullable TlsFieldReader find(int type) {
    return byType.get(type);
  }

  List<Integer> types() {
    return List.copyOf(byType.keySet());
  }

  List<String> alpn() throws FlawException {
    TlsFieldReader extension = find(ALPN);
    return extension == null
        ? List.of()
        : extension
            .readVector("protocol_name_list", 2)
            .readAll(each -> each.readVector("protocol_name", 1).readRemaining().escaped());
  }
}
