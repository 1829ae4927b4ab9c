package dev.partyline.netstat;

import org.jspecify.annotations.Nullable;

/** Knows, or finds out when asked, which process has a socket open. */
interface OwnerLookup {
  /** Returns the owner, null if it is not known or cannot be seen. */
  @Nullable Owner of(long inode);

  /** Returns this JVM if it is the owner, and does not search further than that. */
  @Nullable Owner ifThisJvm(long inode);

  /** Returns what knows one owner, whatever the inode. */
  static OwnerLookup fixed(@Nullable Owner owner) {
    return new OwnerLookup() {
      @Override
      public @Nullable Owner of(long inode) {
        return owner;
      }

      @Override
      public @Nullable Owner ifThisJvm(long inode) {
        return owner != null && owner.isThisJvm() ? owner : null;
      }
    };
  }
}
