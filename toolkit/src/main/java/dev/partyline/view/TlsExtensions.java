package dev.partyline.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The extensions of a hello, which may have none at all. */
final class TlsExtensions {
  static final int SERVER_NAME = 0;
  static final int SUPPORTED_VERSIONS = 43;
  private static final int ALPN = 16;

  private final Map<Integer, TlsFieldReader> all = new LinkedHashMap<>();

  private TlsExtensions() {}

  static TlsExtensions of(TlsFieldReader body) {
    TlsExtensions extensions = new TlsExtensions();
    if (body.hasMore()) {
      TlsFieldReader list = body.vector("extensions", 2);
      while (list.hasMore()) {
        int type = list.number("extension_type", 2);
        TlsFieldReader data = list.vector("extension " + type, 2);
        if (extensions.all.putIfAbsent(type, data) != null) {
          throw data.broken("extension " + type + " comes twice (RFC 8446, 4.2)");
        }
      }
      body.end();
    }
    return extensions;
  }

  Optional<TlsFieldReader> find(int type) {
    return Optional.ofNullable(all.get(type));
  }

  List<Integer> types() {
    return List.copyOf(all.keySet());
  }

  List<String> alpn() {
    return find(ALPN)
        .map(
            extension ->
                extension
                    .vector("protocol_name_list", 2)
                    .each(each -> each.vector("protocol_name", 1).rest().escaped()))
        .orElse(List.of());
  }
}
