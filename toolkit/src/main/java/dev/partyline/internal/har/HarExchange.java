package dev.partyline.internal.har;

import java.util.ArrayList;
import java.util.List;

/**
 * A request with its responses.
 *
 * @param interim the responses 1xx before the final one
 * @param messages the messages of WebSocket after it; empty for most
 * @param remarks what is to be said of it as a whole
 */
record HarExchange(
    HarRequest request,
    List<HarResponse> interim,
    HarResponse response,
    ExchangeTimes times,
    List<WebSocketMessage> messages,
    List<String> remarks) {

  HarExchange plusRemarks(List<String> more) {
    List<String> all = new ArrayList<>(remarks);
    all.addAll(more);
    return new HarExchange(request, interim, response, times, messages, List.copyOf(all));
  }

  /** Returns the exchange that became WebSocket. */
  HarExchange withMessages(List<WebSocketMessage> newMessages) {
    String url = request.url().replaceFirst("^http", "ws");
    HarRequest opening = new HarRequest(request.method(), url, request.message());
    return new HarExchange(opening, interim, response, times, newMessages, remarks);
  }
}
