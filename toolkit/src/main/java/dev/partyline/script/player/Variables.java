package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.wire.Bytes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of names; those that a pass or a branch captures end with it. */
final class Variables {
  /** Variables of which none has a value. */
  static final Variables NONE = new Variables(Map.of(), null);

  private final @Nullable Variables outer;
  private Map<String, Bytes> values;

  private Variables(Map<String, Bytes> values, @Nullable Variables outer) {
    this.values = values;
    this.outer = outer;
  }

  static Variables of(Map<String, Bytes> values) {
    return new Variables(new HashMap<>(values), null);
  }

  Variables child() {
    return new Variables(Map.of(), this);
  }

  @Nullable Bytes get(String name) {
    Bytes value = values.get(name);
    return value != null || outer == null ? value : outer.get(name);
  }

  /** Returns the bytes that a part stands for here, or null if that is not known yet. */
  @Nullable Bytes bytes(Part part) {
    return part instanceof Part.Placeholder placeholder ? get(placeholder.name()) : part.content();
  }

  void put(Map<String, Bytes> captures) {
    if (!captures.isEmpty()) {
      values = values.isEmpty() ? new HashMap<>() : values;
      values.putAll(captures);
    }
  }

  Map<String, String> texts() {
    Map<String, String> texts = outer == null ? new LinkedHashMap<>() : outer.texts();
    for (Map.Entry<String, Bytes> value : values.entrySet()) {
      texts.put(value.getKey(), value.getValue().utf8());
    }
    return texts;
  }
}
