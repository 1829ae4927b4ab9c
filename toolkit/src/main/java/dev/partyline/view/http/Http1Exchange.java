package dev.partyline.view.http;

import java.util.List;
import java.util.Optional;

/**
 * A request and its responses.
 *
 * @param request the request; none if it could not be read, or the responses answer none
 * @param interim the responses 1xx before the final one, without 101
 * @param response the final response, or a 101, if it was sent
 */
public record Http1Exchange(
    Optional<Http1Request> request,
    List<Http1Response> interim,
    Optional<Http1Response> response) {}
