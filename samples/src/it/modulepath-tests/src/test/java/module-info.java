// tag::module-of-tests[]
/** Reaches the main code as any other module does. */
module com.example.mailtest {
  requires com.example.mail;
  requires dev.partyline.junit5;

  // JUnit makes the tests, and the toolkit reads a script that lies beside them.
  opens com.example.mailtest to
      dev.partyline.toolkit,
      org.junit.platform.commons;
}
// end::module-of-tests[]
