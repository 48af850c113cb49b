package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;

/** The chapter GraphQL API, for one caller. */
final class GraphqlEndpoints implements GraphqlApi {

  private final Graph graph;
  private final Caller caller;

  GraphqlEndpoints(Graph graph, Caller caller) {
    this.graph = graph;
    this.caller = caller;
  }

  /** A text that is refused, or whose fields fail, is an answer all the same: GraphQL has it so. */
  @Override
  public Answer execute(Request request) {
    try {
      return graph.answer(graph.execute(caller, request, false), caller.requestId());
    } catch (Failure failure) {
      return graph.answer(failure, caller.requestId());
    }
  }
}
