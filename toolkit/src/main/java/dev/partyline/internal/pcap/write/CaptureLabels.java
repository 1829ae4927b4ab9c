package dev.partyline.internal.pcap.write;

import java.util.Map;

/**
 * What a file says beside what was recorded.
 *
 * @param testName the name of the test; empty if there is none
 * @param hosts names by the address that a conversation has, such as {@code 127.0.0.1:80}
 * @param keyLog the lines of a key log; empty if there is none
 */
public record CaptureLabels(String testName, Map<String, String> hosts, String keyLog) {}
