package dev.partyline.internal.har;

/**
 * A request.
 *
 * @param method the method; empty if it is not known
 * @param url the absolute URL
 */
record HarRequest(String method, String url, HarMessage message) {}
