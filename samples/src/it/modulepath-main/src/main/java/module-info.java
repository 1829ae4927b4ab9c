/** Needs a listener and a client, and no JUnit. */
module com.example.greeting {
  requires dev.partyline.toolkit;
}
