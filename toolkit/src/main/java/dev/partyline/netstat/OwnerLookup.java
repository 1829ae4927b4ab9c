package dev.partyline.netstat;

import org.jspecify.annotations.Nullable;

/** Finds the process that has a socket open. */
interface OwnerLookup {
  /** Returns the owner; null if it is not known or not visible. */
  @Nullable Owner of(long inode);

  /** Returns this JVM if it is the owner, without searching other processes. */
  @Nullable Owner ifThisJvm(long inode);

  /** Returns a lookup that returns this owner for every inode. */
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
