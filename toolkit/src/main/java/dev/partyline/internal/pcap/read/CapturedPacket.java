package dev.partyline.internal.pcap.read;

import java.util.ArrayList;
import java.util.List;

/** The packet that a {@link CaptureReader} is at; the next one takes its place. */
public final class CapturedPacket {
  private byte[] array = {};
  private int offset;
  private int length;
  private long originalLength;
  private int linkType;
  private boolean hasTime;
  private long nanos;
  private final List<String> comments = new ArrayList<>();

  CapturedPacket() {}

  void set(byte[] newArray, int newOffset, int newLength, long newOriginalLength) {
    array = newArray;
    offset = newOffset;
    length = newLength;
    originalLength = Math.max(newLength, newOriginalLength);
    hasTime = false;
    comments.clear();
  }

  void setLink(int newLinkType) {
    linkType = newLinkType;
  }

  void setTime(long newNanos) {
    hasTime = true;
    nanos = newNanos;
  }

  void addComment(String text) {
    comments.add(text);
  }

  /** Returns the array that has the bytes, and others around them; it is used again. */
  public byte[] array() {
    return array;
  }

  /** Returns where in the array the packet begins. */
  public int offset() {
    return offset;
  }

  /** Returns how many bytes were captured. */
  public int length() {
    return length;
  }

  /** Returns how many bytes the packet had on the wire, at least as many as were captured. */
  public long originalLength() {
    return originalLength;
  }

  /** Returns the LINKTYPE_ of the registry of tcpdump.org. */
  public int linkType() {
    return linkType;
  }

  /** Returns whether the file says when it was captured. */
  public boolean hasTime() {
    return hasTime;
  }

  /** Returns when it was captured, in nanoseconds since 1970; it must have a time. */
  public long nanos() {
    return nanos;
  }

  /** Returns the comments that the file has on it; the list is used again. */
  public List<String> comments() {
    return comments;
  }
}
