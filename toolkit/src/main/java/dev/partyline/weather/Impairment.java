package dev.partyline.weather;

/** What a fault does, apart from whom it concerns. */
public interface Impairment {}
