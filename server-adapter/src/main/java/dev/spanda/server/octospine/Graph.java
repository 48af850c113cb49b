package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.OctospineAnswer;
import dev.spanda.contract.octospine.OctospineError;
import dev.spanda.contract.octospine.OctospineSocket;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;
import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.CoercedVariables;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.introspection.Introspection;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.Document;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.parser.ParserOptions;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.TypeRuntimeWiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chapter GraphQL API: a view of the other chapters. Each field of the roots is one line that
 * names the operation it stands for; a field of a record is the one of the same name on the wire,
 * in camel case, and an enum's value the word in upper case. What a list leaves out of a record is
 * fetched with one further question for all rows together.
 */
final class Graph {

  /** The schema as it is committed. */
  static final String SCHEMA = "/dev/spanda/server/octospine/octospine.graphqls";

  private static final Logger LOG = LoggerFactory.getLogger(Graph.class);
  private static final String CALLER = "caller";
  private static final List<String> ENUMS =
      List.of(
          "TaskStatus",
          "TaskPriority",
          "ScheduleType",
          "AgentStatus",
          "TriggerType",
          "DocumentationFormat",
          "MetricType",
          "AlertSeverity");

  private final Operations operations;
  private final EventSocket events;
  private final InstantSource clock;
  private final boolean introspection;
  private final Map<String, Details> details;
  private final Function<String, Optional<String>> newestDocumentation;
  private final GraphQLSchema schema;
  private final QueryCheck check;
  private final GraphQL graphql;

  /** Fetches records of one kind with everything that a list leaves out. */
  @FunctionalInterface
  interface Details {

    /** The records of these ids as on the wire, in their order; null for one that is not there. */
    List<@Nullable Map<String, Object>> of(Caller caller, List<String> ids);
  }

  /**
   * A graph.
   *
   * @param operations of the mount it stands for
   * @param events what subscriptions hear
   * @param details by the type's name: how several records are fetched at once; for every type
   *     whose lists leave something out
   * @param newestDocumentation the id of an account's newest job of documentation
   * @param introspection whether a caller may ask for the schema
   */
  Graph(
      Operations operations,
      EventSocket events,
      InstantSource clock,
      Map<String, Details> details,
      Function<String, Optional<String>> newestDocumentation,
      boolean introspection) {
    this.operations = operations;
    this.events = events;
    this.clock = clock;
    this.newestDocumentation = newestDocumentation;
    this.introspection = introspection;
    this.details = Map.copyOf(details);
    TypeDefinitionRegistry types = new SchemaParser().parse(text());
    schema = new SchemaGenerator().makeExecutableSchema(types, wiring());
    check = new QueryCheck(schema);
    graphql = GraphQL.newGraphQL(schema).defaultDataFetcherExceptionHandler(new Handler()).build();
  }

  /** The schema that is served. */
  GraphQLSchema schema() {
    return schema;
  }

  static String text() {
    try (InputStream in = Objects.requireNonNull(Graph.class.getResourceAsStream(SCHEMA), SCHEMA)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RuntimeWiring wiring() {
    RuntimeWiring.Builder wiring =
        RuntimeWiring.newRuntimeWiring()
            .scalar(scalar("DateTime", "text", String.class))
            .scalar(scalar("Long", "a whole number", Number.class))
            .scalar(scalar("JSON", "a value", Object.class));
    for (String name : ENUMS) {
      wiring.type(
          TypeRuntimeWiring.newTypeWiring(name)
              .enumValues(value -> value.toLowerCase(Locale.ROOT))
              .build());
    }
    wiring.type(
        TypeRuntimeWiring.newTypeWiring("Query")
            .dataFetcher("system", this::system)
            .dataFetcher("health", of("GET /api/health"))
            .dataFetcher("tasks", list("GET /api/tasks", "tasks"))
            .dataFetcher("task", one("GET /api/tasks/{id}"))
            .dataFetcher("agents", list("GET /api/agents", "agents"))
            .dataFetcher("agent", one("GET /api/agents/{id}"))
            .dataFetcher("consciousness", of("GET /api/consciousness/status"))
            .dataFetcher("documentation", this::documentation)
            .dataFetcher("searchDocumentation", list("GET /api/documentation/search", "results"))
            .dataFetcher("automations", list("GET /api/automations", "automations"))
            .dataFetcher("automation", one("GET /api/automations/{id}"))
            .dataFetcher("metrics", this::metrics)
            .dataFetcher("alerts", list("GET /api/alerts", "alerts"))
            .build());
    wiring.type(
        TypeRuntimeWiring.newTypeWiring("Mutation")
            .dataFetcher("createTask", create("POST /api/tasks"))
            .dataFetcher("updateTask", update("PUT /api/tasks/{id}"))
            .dataFetcher("deleteTask", delete("DELETE /api/tasks/{id}"))
            .dataFetcher("createAgent", create("POST /api/agents"))
            .dataFetcher("updateAgent", update("PUT /api/agents/{id}"))
            .dataFetcher("deleteAgent", delete("DELETE /api/agents/{id}"))
            .dataFetcher("createAutomation", create("POST /api/automations"))
            .dataFetcher("updateAutomation", update("PUT /api/automations/{id}"))
            .dataFetcher("deleteAutomation", delete("DELETE /api/automations/{id}"))
            .dataFetcher("triggerLearning", create("POST /api/consciousness/learn"))
            .dataFetcher("generateDocumentation", create("POST /api/documentation/generate"))
            .build());
    wiring.type(
        TypeRuntimeWiring.newTypeWiring("Subscription")
            .dataFetcher("systemStatus", hear(OctospineSocket.SystemStatus.class, true, Map.of()))
            .dataFetcher(
                "taskProgress",
                hear(OctospineSocket.TaskProgress.class, false, Map.of("taskId", "task_id")))
            .dataFetcher(
                "alertNew",
                hear(OctospineSocket.AlertNew.class, false, Map.of("severity", "severity")))
            .dataFetcher(
                "logEntry",
                hear(
                    OctospineSocket.LogEntry.class,
                    false,
                    Map.of("level", "level", "taskId", "task_id", "agentId", "agent_id")))
            .build());
    for (String type : List.of("Task", "Automation")) {
      wiring.type(
          TypeRuntimeWiring.newTypeWiring(type)
              .defaultDataFetcher(environment -> detailed(type, environment))
              .build());
    }
    wiring.type(
        TypeRuntimeWiring.newTypeWiring("Agent")
            .dataFetcher("currentTasks", environment -> currentTasks(environment))
            .dataFetcher("currentTaskCount", Graph::currentTaskCount)
            .defaultDataFetcher(environment -> detailed("Agent", environment))
            .build());
    return wiring
        .codeRegistry(
            GraphQLCodeRegistry.newCodeRegistry().defaultDataFetcher(environment -> Graph::field))
        .build();
  }

  /**
   * Runs a query or a mutation, and answers whatever came of it.
   *
   * @param subscriptions whether a subscription is begun; over HTTP it is refused
   */
  ExecutionResult execute(Caller caller, GraphqlApi.Request request, boolean subscriptions) {
    Map<String, @Nullable Object> variables =
        request.variables() == null ? Map.of() : request.variables();
    Document document = check.require(request.query(), variables);
    if (!subscriptions && isSubscription(document, request.operationName())) {
      throw Failure.of(
          Failure.Reason.INVALID,
          "query",
          "A subscription needs a WebSocket at "
              + GraphqlApi.PATH
              + " that speaks "
              + GraphqlApi.PROTOCOL);
    }
    return graphql.execute(
        ExecutionInput.newExecutionInput()
            .query(request.query())
            .operationName(request.operationName())
            .variables(new LinkedHashMap<>(variables))
            .dataLoaderRegistry(loaders(caller))
            .graphQLContext(
                context -> {
                  context.put(CALLER, caller);
                  context.put(ParserOptions.class, QueryCheck.options());
                  if (!introspection) {
                    context.put(Introspection.INTROSPECTION_DISABLED, true);
                  }
                })
            .build());
  }

  /** Whether the operation that is to be run is a subscription. */
  static boolean isSubscription(Document document, @Nullable String name) {
    return document.getDefinitionsOfType(OperationDefinition.class).stream()
        .filter(each -> name == null || name.equals(each.getName()))
        .anyMatch(each -> each.getOperation() == OperationDefinition.Operation.SUBSCRIPTION);
  }

  /** An answer in the words of GraphQL and of OCTOSPINE. */
  GraphqlApi.Answer answer(ExecutionResult result, String requestId) {
    List<GraphqlApi.Problem> problems = result.getErrors().stream().map(Graph::problem).toList();
    Map<String, @Nullable Object> data = result.getData();
    return new GraphqlApi.Answer(
        problems.isEmpty(),
        data,
        problems.isEmpty() ? null : problems,
        problems.isEmpty() ? OctospineAnswer.DONE : problems.get(0).message(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        requestId);
  }

  /** The answer to a request that was not run. */
  GraphqlApi.Answer answer(Failure failure, String requestId) {
    return new GraphqlApi.Answer(
        false,
        null,
        List.of(problem(failure)),
        failure.getMessage(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        requestId);
  }

  static GraphqlApi.Problem problem(Failure failure) {
    OctospineError.Detail detail = OctospineDialect.detail(failure);
    return new GraphqlApi.Problem(detail.message(), null, null, extensions(detail));
  }

  static GraphqlApi.Problem problem(GraphQLError error) {
    List<GraphqlApi.Location> locations =
        error.getLocations() == null
            ? null
            : error.getLocations().stream()
                .map(at -> new GraphqlApi.Location(at.getLine(), at.getColumn()))
                .toList();
    Map<String, Object> extensions = error.getExtensions();
    if (extensions == null || !extensions.containsKey("code")) {
      extensions = Map.of("code", "INVALID_REQUEST");
    }
    return new GraphqlApi.Problem(error.getMessage(), locations, error.getPath(), extensions);
  }

  private static Map<String, Object> extensions(OctospineError.Detail detail) {
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("code", detail.code());
    extensions.put("details", detail.details());
    return extensions;
  }

  // Fields of the roots.

  private DataFetcher<@Nullable Object> of(String route) {
    return environment -> call(environment, route, List.of(), Map.of(), null);
  }

  private DataFetcher<@Nullable Object> one(String route) {
    return environment -> call(environment, route, List.of(id(environment)), Map.of(), null);
  }

  /** The rows of a list; its arguments, or those of its filter, are the operation's. */
  private DataFetcher<@Nullable Object> list(String route, String rows) {
    return environment -> {
      Map<String, @Nullable Object> query = new LinkedHashMap<>();
      environment
          .getArguments()
          .forEach(
              (name, value) -> {
                if (name.equals("filter")) {
                  if (value instanceof Map<?, ?> filter) {
                    filter.forEach((key, each) -> query.put(snake(key.toString()), each));
                  }
                } else {
                  query.put(snake(name), value);
                }
              });
      Object result = call(environment, route, List.of(), query, null);
      return result instanceof Map<?, ?> map ? map.get(rows) : null;
    };
  }

  private DataFetcher<@Nullable Object> create(String route) {
    return environment -> call(environment, route, List.of(), Map.of(), input(environment));
  }

  private DataFetcher<@Nullable Object> update(String route) {
    return environment ->
        call(environment, route, List.of(id(environment)), Map.of(), input(environment));
  }

  private DataFetcher<@Nullable Object> delete(String route) {
    return environment -> {
      Object unused = call(environment, route, List.of(id(environment)), Map.of(), null);
      return true;
    };
  }

  private Object system(DataFetchingEnvironment environment) {
    Map<?, ?> status =
        (Map<?, ?>)
            Objects.requireNonNull(call(environment, "GET /api/status", List.of(), Map.of(), null));
    Map<?, ?> health =
        (Map<?, ?>)
            Objects.requireNonNull(call(environment, "GET /api/health", List.of(), Map.of(), null));
    Map<?, ?> machine = (Map<?, ?>) Objects.requireNonNull(status.get("system"));
    Map<String, @Nullable Object> system = new LinkedHashMap<>();
    system.put("status", health.get("status"));
    system.put("metrics", machine);
    system.put("network_io", machine.get("network_io"));
    system.put("applications", status.get("applications"));
    system.put("agents", status.get("agents"));
    return system;
  }

  private @Nullable Object documentation(DataFetchingEnvironment environment) {
    String id = environment.getArgument("jobId");
    if (id == null) {
      id = newestDocumentation.apply(caller(environment).account()).orElse(null);
    }
    return id == null
        ? null
        : call(environment, "GET /api/documentation/status/{id}", List.of(id), Map.of(), null);
  }

  private @Nullable Object metrics(DataFetchingEnvironment environment) {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("period", environment.getArgument("period"));
    query.put("interval", environment.getArgument("interval"));
    String type = Objects.requireNonNull(environment.getArgument("type"));
    String application = environment.getArgument("appId");
    query.put("app_id", application);
    String route =
        application == null ? "GET /api/metrics/system" : "GET /api/metrics/applications";
    Object result = call(environment, route, List.of(), query, null);
    Object series = result instanceof Map<?, ?> map ? map.get("metrics") : null;
    if (series instanceof Map<?, ?> byName) {
      if (byName.get(type) instanceof List<?> points) {
        return points;
      }
      throw Failure.notAllowed(
          "type",
          type.toUpperCase(Locale.ROOT),
          byName.keySet().stream().map(name -> name.toString().toUpperCase(Locale.ROOT)).toList());
    }
    return null;
  }

  // Subscriptions.

  private <E extends OctospineSocket.FromServer> DataFetcher<Publisher<Object>> hear(
      Class<E> kind, boolean first, Map<String, String> filters) {
    return environment -> {
      Map<String, String> wanted = new LinkedHashMap<>();
      filters.forEach(
          (argument, field) -> {
            Object value = environment.getArgument(argument);
            if (value != null) {
              wanted.put(field, value.toString());
            }
          });
      return new EventStream(
          events, caller(environment).account(), kind, wanted, first ? events.state() : null);
    };
  }

  // Fields of records.

  private static @Nullable Object field(DataFetchingEnvironment environment) {
    return environment.getSource() instanceof Map<?, ?> map
        ? map.get(snake(environment.getField().getName()))
        : null;
  }

  /** A field that a list may leave out: then it is fetched for all rows at once. */
  @SuppressWarnings("FutureReturnValueIgnored") // GraphQL waits for it.
  private static @Nullable Object detailed(String type, DataFetchingEnvironment environment) {
    Map<?, ?> source = Objects.requireNonNull(environment.getSource());
    String name = snake(environment.getField().getName());
    if (source.containsKey(name)) {
      return source.get(name);
    }
    return load(type, environment, source)
        .thenApply(found -> found == null ? null : found.get(name));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // GraphQL waits for it.
  private static @Nullable Object currentTasks(DataFetchingEnvironment environment) {
    Map<?, ?> source = Objects.requireNonNull(environment.getSource());
    return source.get("current_tasks") instanceof List<?> list
        ? list
        : load("Agent", environment, source)
            .thenApply(
                found ->
                    found != null && found.get("current_tasks") instanceof List<?> list
                        ? list
                        : null);
  }

  private static @Nullable Object currentTaskCount(DataFetchingEnvironment environment) {
    Map<?, ?> source = Objects.requireNonNull(environment.getSource());
    Object current = source.get("current_tasks");
    if (current instanceof List<?> list) {
      return list.size();
    }
    return current instanceof Number ? current : null;
  }

  private static CompletableFuture<@Nullable Map<String, Object>> load(
      String type, DataFetchingEnvironment environment, Map<?, ?> source) {
    DataLoader<String, @Nullable Map<String, Object>> loader =
        Objects.requireNonNull(environment.getDataLoader(type));
    return loader.load(String.valueOf(source.get("id")));
  }

  private DataLoaderRegistry loaders(Caller caller) {
    DataLoaderRegistry.Builder registry = DataLoaderRegistry.newRegistry();
    details.forEach(
        (type, fetch) -> {
          DataLoader<String, @Nullable Map<String, Object>> loader =
              DataLoaderFactory.newDataLoader(
                  (List<String> ids, BatchLoaderEnvironment environment) ->
                      CompletableFuture.completedFuture(fetch.of(caller, ids)));
          registry.register(type, loader);
        });
    return registry.build();
  }

  // Arguments.

  private @Nullable Object call(
      DataFetchingEnvironment environment,
      String route,
      List<String> variables,
      Map<String, @Nullable Object> query,
      @Nullable Object body) {
    return operations.call(caller(environment), route, variables, query, body);
  }

  private static Caller caller(DataFetchingEnvironment environment) {
    return Objects.requireNonNull(environment.getGraphQlContext().get(CALLER));
  }

  private static String id(DataFetchingEnvironment environment) {
    String id = Objects.requireNonNull(environment.getArgument("id"));
    if (id.isEmpty()) {
      throw Failure.invalid("id", id, "id must not be empty");
    }
    return id;
  }

  private static @Nullable Object input(DataFetchingEnvironment environment) {
    GraphQLArgument argument = environment.getFieldDefinition().getArgument("input");
    return onWire(environment.getArgument("input"), argument.getType());
  }

  /** The names of an input's own fields as on the wire; what stands in a JSON value stays. */
  private static @Nullable Object onWire(@Nullable Object value, GraphQLType type) {
    GraphQLType inner = GraphQLTypeUtil.unwrapNonNull(type);
    if (value instanceof List<?> list && GraphQLTypeUtil.isList(inner)) {
      GraphQLType element = GraphQLTypeUtil.unwrapOne(inner);
      List<@Nullable Object> converted = new ArrayList<>();
      list.forEach(each -> converted.add(onWire(each, element)));
      return converted;
    }
    if (value instanceof Map<?, ?> map && inner instanceof GraphQLInputObjectType object) {
      Map<String, @Nullable Object> converted = new LinkedHashMap<>();
      map.forEach(
          (name, each) -> {
            GraphQLInputObjectField field = object.getFieldDefinition(name.toString());
            if (each != null) {
              converted.put(snake(name.toString()), onWire(each, field.getType()));
            }
          });
      return converted;
    }
    return value;
  }

  static String snake(String camel) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        snake.append('_').append((char) (c + ('a' - 'A')));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }

  // Scalars.

  private static GraphQLScalarType scalar(String name, String what, Class<?> kind) {
    return GraphQLScalarType.newScalar()
        .name(name)
        .coercing(
            new Coercing<Object, Object>() {
              @Override
              public Object serialize(Object result, GraphQLContext context, Locale locale) {
                if (!kind.isInstance(result)) {
                  throw new CoercingSerializeException(name + " must be " + what);
                }
                return result;
              }

              @Override
              public Object parseValue(Object input, GraphQLContext context, Locale locale) {
                if (!kind.isInstance(input)) {
                  throw new CoercingParseValueException(name + " must be " + what);
                }
                return input;
              }

              @Override
              public @Nullable Object parseLiteral(
                  Value<?> input,
                  CoercedVariables variables,
                  GraphQLContext context,
                  Locale locale) {
                Object value = plain(input, variables);
                if (value != null && !kind.isInstance(value)) {
                  throw new CoercingParseLiteralException(name + " must be " + what);
                }
                return value;
              }
            })
        .build();
  }

  private static @Nullable Object plain(Value<?> value, CoercedVariables variables) {
    if (value instanceof StringValue text) {
      return text.getValue();
    }
    if (value instanceof IntValue number) {
      return number.getValue().bitLength() < Long.SIZE
          ? (Number) number.getValue().longValue()
          : number.getValue();
    }
    if (value instanceof FloatValue number) {
      return number.getValue().doubleValue();
    }
    if (value instanceof BooleanValue truth) {
      return truth.isValue();
    }
    if (value instanceof ArrayValue list) {
      List<@Nullable Object> plain = new ArrayList<>();
      list.getValues().forEach(each -> plain.add(plain(each, variables)));
      return plain;
    }
    if (value instanceof ObjectValue object) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      for (ObjectField each : object.getObjectFields()) {
        plain.put(each.getName(), plain(each.getValue(), variables));
      }
      return plain;
    }
    if (value instanceof VariableReference reference) {
      return variables.get(reference.getName());
    }
    if (value instanceof NullValue) {
      return null;
    }
    throw new CoercingParseLiteralException("not a value of JSON");
  }

  /** Tells a failure of an endpoint in the words of REST's errors. */
  private static final class Handler implements DataFetcherExceptionHandler {
    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
        DataFetcherExceptionHandlerParameters parameters) {
      Throwable problem = parameters.getException();
      while (problem instanceof CompletionException && problem.getCause() != null) {
        problem = problem.getCause();
      }
      Failure failure;
      if (problem instanceof Failure known) {
        failure = known;
      } else {
        LOG.error("{}: an unforeseen failure", parameters.getPath(), problem);
        failure =
            Failure.of(Failure.Reason.FAILED, "server", "The server could not answer this field");
      }
      OctospineError.Detail detail = OctospineDialect.detail(failure);
      GraphQLError error =
          GraphQLError.newError()
              .errorType(ErrorType.DataFetchingException)
              .message("%s", detail.message())
              .path(parameters.getPath())
              .location(parameters.getSourceLocation())
              .extensions(extensions(detail))
              .build();
      return CompletableFuture.completedFuture(
          DataFetcherExceptionHandlerResult.newResult(error).build());
    }
  }
}
