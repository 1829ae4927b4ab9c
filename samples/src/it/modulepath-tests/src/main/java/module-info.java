/** Knows nothing of tests. */
module com.example.mail {
  exports com.example.mail;
}
