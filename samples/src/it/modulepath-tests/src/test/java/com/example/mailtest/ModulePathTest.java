package com.example.mailtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.mail.Mailer;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.Test;

class ModulePathTest {
  @Test
  void everythingIsInAModuleOfItsOwn() {
    assertThat(ModulePathTest.class.getModule().getName()).isEqualTo("com.example.mailtest");
    assertThat(Mailer.class.getModule().getName()).isEqualTo("com.example.mail");
    assertThat(ScriptedListener.class.getModule().getName()).isEqualTo("dev.partyline.junit5");
    assertThat(Listener.class.getModule().getName()).isEqualTo("dev.partyline.toolkit");
  }
}
