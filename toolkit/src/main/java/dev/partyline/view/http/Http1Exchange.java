package dev.partyline.view.http;

import java.util.List;
import java.util.Optional;

/**
 * A request and what answers it.
 *
 * @param request the request; none if a response came that answers none that could be read
 * @param interim the responses 1xx ahead of the final one, without 101
 * @param response the final response, or a 101, if it has come
 */
public record Http1Exchange(
    Optional<Http1Request> request,
    List<Http1Response> interim,
    Optional<Http1Response> response) {}
