package dev.partyline.junit5.internal.suite;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.engine.UniqueId;

/** Where a test is among those of Jupiter, whichever run it is. */
record TestPath(List<UniqueId.Segment> segments) {
  private static final Set<String> METHODS = Set.of("method", "test-template", "test-factory");

  TestPath {
    segments = List.copyOf(segments);
  }

  /** Returns the path of an id, from below the engine of Jupiter on; empty if it is none. */
  static TestPath of(UniqueId id) {
    List<UniqueId.Segment> all = id.getSegments();
    for (int i = 0; i < all.size(); i++) {
      UniqueId.Segment each = all.get(i);
      if (each.getType().equals("engine") && each.getValue().equals(JupiterEngine.ID)) {
        return new TestPath(all.subList(i + 1, all.size()));
      }
    }
    return new TestPath(List.of());
  }

  /** Returns the id of this below that of a run of Jupiter. */
  UniqueId below(UniqueId run) {
    UniqueId id = run;
    for (UniqueId.Segment each : segments) {
      id = id.append(each);
    }
    return id;
  }

  /** Returns that of the method of a test; of a class, its own. */
  TestPath method() {
    for (int i = 0; i < segments.size(); i++) {
      if (METHODS.contains(segments.get(i).getType())) {
        return new TestPath(segments.subList(0, i + 1));
      }
    }
    return this;
  }

  boolean isWithin(TestPath other) {
    return segments.size() >= other.segments.size()
        && segments.subList(0, other.segments.size()).equals(other.segments);
  }

  /** Returns this and what is around it, the innermost first. */
  Stream<TestPath> chain() {
    return Stream.iterate(segments.size(), size -> size > 0, size -> size - 1)
        .map(size -> new TestPath(segments.subList(0, size)));
  }
}
