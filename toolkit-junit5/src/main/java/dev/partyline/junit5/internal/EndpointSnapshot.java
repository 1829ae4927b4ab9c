package dev.partyline.junit5.internal;

import dev.partyline.hunt.RecordedPeer;
import dev.partyline.junit5.internal.report.RecordingSnapshot;
import dev.partyline.report.ReportSection;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a listener, client or tap had recorded at one moment. What is recorded later, such as that
 * it is closed after the test, is not in it.
 *
 * @param name the name of its files; a test and a class around it may have the same names, so it
 *     may have a number
 * @param section what a page shows of it; empty if there are no pages
 */
record EndpointSnapshot(
    ManagedResource resource,
    String name,
    boolean isUnused,
    RecordingSnapshot recording,
    List<String> remarks,
    Optional<ReportSection> section) {

  /** Takes them of all listeners, clients and taps of a test and of the classes around it. */
  static List<EndpointSnapshot> of(TestEndpoints endpoints) {
    Set<String> usedNames = new HashSet<>();
    List<EndpointSnapshot> all = new ArrayList<>();
    for (ManagedResource resource : endpoints.withParents()) {
      boolean isUnused = resource.isUnused();
      String name = isUnused ? resource.name() : unused(resource.name(), usedNames);
      Optional<ReportSection> section =
          endpoints.files().hasPages()
              ? Optional.of(ReportSection.of(name + resource.place(), resource.endpoint()))
              : Optional.empty();
      Recording recording = resource.endpoint().recording();
      all.add(
          new EndpointSnapshot(
              resource,
              name,
              isUnused,
              RecordingSnapshot.of(recording),
              resource.remarks(),
              section));
    }
    return all;
  }

  private static String unused(String baseName, Set<String> usedNames) {
    String name = baseName;
    for (int i = 2; !usedNames.add(name); i++) {
      name = baseName + "-" + i;
    }
    return name;
  }

  List<Conversation> conversations() {
    return recording.conversations();
  }

  /** Returns what it has recorded since then. */
  RecordedPeer since(long nanos) {
    return new RecordedPeer(
            name + resource.place(),
            recording.conversations(),
            recording.connections(),
            recording.startedAtNanos().orElse(nanos),
            resource.redaction())
        .since(nanos);
  }
}
