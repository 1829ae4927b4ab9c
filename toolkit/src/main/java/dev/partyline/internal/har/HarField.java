package dev.partyline.internal.har;

import java.util.List;
import java.util.Optional;

/** A header, or a field of a query or a form. */
record HarField(String name, String value) {
  /** Returns the value of the first field of a name, in any case, if there is one. */
  static Optional<String> first(List<HarField> fields, String name) {
    return all(fields, name).stream().findFirst();
  }

  /** Returns the values of all fields of a name, in any case. */
  static List<String> all(List<HarField> fields, String name) {
    return fields.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .map(HarField::value)
        .toList();
  }
}
