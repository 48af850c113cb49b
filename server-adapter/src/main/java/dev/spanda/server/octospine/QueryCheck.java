package dev.spanda.server.octospine;

import dev.spanda.core.Failure;
import graphql.GraphQLException;
import graphql.language.Argument;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a text of GraphQL that would cost too much, before anything else looks at it. Every
 * fragment is measured once, so that the check itself takes time in proportion to the text.
 *
 * <p>The depth of a text is that of its deepest field. Its cost is the number of its fields, where
 * those below a list count once for each row that the list may have: its {@code limit}, or {@value
 * #USUAL_ROWS} without one. What asks for the schema itself is held to its depth and its number of
 * fields alone.
 */
final class QueryCheck {

  static final int LONGEST_TEXT = 32_768;
  static final int MOST_TOKENS = 4_000;
  static final int DEEPEST = 10;
  static final int DEEPEST_OF_SCHEMA = 16;
  static final long LARGEST_COST = 5_000;
  static final int MOST_FIELDS = 500;
  static final int MOST_ALIASES = 30;
  static final int MOST_ROOTS = 20;
  static final int MOST_DIRECTIVES = 50;
  static final int USUAL_ROWS = 10;

  private static final int MOST_ROWS = 100;
  private static final int DEEPEST_RULE = 200;
  private static final long PLENTY = 1L << 40;

  private static final ParserOptions OPTIONS =
      ParserOptions.newParserOptions()
          .maxCharacters(LONGEST_TEXT)
          .maxTokens(MOST_TOKENS)
          .maxWhitespaceTokens(LONGEST_TEXT)
          .maxRuleDepth(DEEPEST_RULE)
          .captureLineComments(false)
          .captureIgnoredChars(false)
          .build();

  private final GraphQLSchema schema;

  /** What a part of a text comes to; counts stop at a number that is too large for anything. */
  private record Size(int depth, long cost, long fields, long aliases, long directives) {
    static final Size NOTHING = new Size(0, 0, 0, 0, 0);

    Size plus(Size other) {
      return new Size(
          Math.max(depth, other.depth),
          Math.min(PLENTY, cost + other.cost),
          Math.min(PLENTY, fields + other.fields),
          Math.min(PLENTY, aliases + other.aliases),
          Math.min(PLENTY, directives + other.directives));
    }
  }

  /** A check against this schema. */
  QueryCheck(GraphQLSchema schema) {
    this.schema = schema;
  }

  /** How the text is read here and by whatever reads it after this. */
  static ParserOptions options() {
    return OPTIONS;
  }

  /**
   * Reads a text and refuses it when it is no GraphQL or asks for too much.
   *
   * @throws Failure INVALID, subject {@code query}
   */
  Document require(String text, Map<String, @Nullable Object> variables) {
    if (text.length() > LONGEST_TEXT) {
      throw tooMuch("characters", text.length(), LONGEST_TEXT);
    }
    Document document;
    try {
      document =
          Parser.parse(
              ParserEnvironment.newParserEnvironment()
                  .document(text)
                  .parserOptions(OPTIONS)
                  .build());
    } catch (InvalidSyntaxException e) {
      throw Failure.of(Failure.Reason.INVALID, "query", "The query is not read: " + e.getMessage())
          .causedBy(e);
    } catch (GraphQLException e) {
      throw Failure.of(Failure.Reason.INVALID, "query", "The query is not read").causedBy(e);
    }
    new Walk(document, variables).require();
    return document;
  }

  private static Failure tooMuch(String what, long had, long most) {
    return Failure.of(
            Failure.Reason.INVALID,
            "query",
            "A query may have at most "
                + most
                + " "
                + what
                + "; this one had "
                + (had >= PLENTY ? "far more" : had))
        .with("limit", what)
        .with(Failure.PROVIDED_VALUE, had)
        .with(Failure.MAX_VALUE, most);
  }

  private final class Walk {
    private final Document document;
    private final Map<String, @Nullable Object> variables;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Size> measured = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    Walk(Document document, Map<String, @Nullable Object> variables) {
      this.document = document;
      this.variables = variables;
      for (Definition<?> definition : document.getDefinitions()) {
        if (definition instanceof FragmentDefinition fragment) {
          fragments.putIfAbsent(fragment.getName(), fragment);
        }
      }
    }

    void require() {
      // Fragments that nobody uses are measured too: whatever validates a text looks at them.
      fragments.keySet().forEach(this::fragment);
      for (Definition<?> definition : document.getDefinitions()) {
        if (definition instanceof OperationDefinition operation) {
          GraphQLObjectType root = root(operation);
          Size size = set(operation.getSelectionSet(), root);
          long roots = operation.getSelectionSet().getSelections().size();
          most("root fields", roots, MOST_ROOTS);
          most("levels", size.depth(), asksForSchema(operation) ? DEEPEST_OF_SCHEMA : DEEPEST);
          most("fields", size.fields(), MOST_FIELDS);
          most("aliases", size.aliases(), MOST_ALIASES);
          most("directives", size.directives() + operation.getDirectives().size(), MOST_DIRECTIVES);
          most("points of cost", size.cost(), LARGEST_COST);
        }
      }
    }

    private void most(String what, long had, long most) {
      if (had > most) {
        throw tooMuch(what, had, most);
      }
    }

    private @Nullable GraphQLObjectType root(OperationDefinition operation) {
      return switch (operation.getOperation()) {
        case QUERY -> schema.getQueryType();
        case MUTATION -> schema.getMutationType();
        case SUBSCRIPTION -> schema.getSubscriptionType();
      };
    }

    private boolean asksForSchema(OperationDefinition operation) {
      return operation.getSelectionSet().getSelections().stream()
          .allMatch(each -> each instanceof Field field && field.getName().startsWith("__"));
    }

    private Size set(@Nullable SelectionSet set, @Nullable GraphQLType parent) {
      Size size = Size.NOTHING;
      if (set == null) {
        return size;
      }
      for (Selection<?> selection : set.getSelections()) {
        if (selection instanceof Field field) {
          size = size.plus(field(field, parent));
        } else if (selection instanceof InlineFragment inline) {
          GraphQLType on =
              inline.getTypeCondition() == null
                  ? parent
                  : schema.getType(inline.getTypeCondition().getName());
          Size inner = set(inline.getSelectionSet(), on);
          size = size.plus(inner).plus(directives(inline.getDirectives().size()));
        } else if (selection instanceof FragmentSpread spread) {
          size =
              size.plus(fragment(spread.getName())).plus(directives(spread.getDirectives().size()));
        }
      }
      return size;
    }

    private Size directives(int count) {
      return new Size(0, 0, 0, 0, count);
    }

    private Size fragment(String name) {
      Size known = measured.get(name);
      if (known != null) {
        return known;
      }
      FragmentDefinition fragment = fragments.get(name);
      if (fragment == null) {
        return Size.NOTHING;
      }
      if (!open.add(name)) {
        throw Failure.of(Failure.Reason.INVALID, "query", "The fragment " + name + " holds itself")
            .with("limit", "circles")
            .with(Failure.PROVIDED_VALUE, name);
      }
      Size size =
          set(fragment.getSelectionSet(), schema.getType(fragment.getTypeCondition().getName()));
      open.remove(name);
      measured.put(name, size);
      return size;
    }

    private Size field(Field field, @Nullable GraphQLType parent) {
      GraphQLFieldDefinition definition =
          parent instanceof GraphQLObjectType object
              ? object.getFieldDefinition(field.getName())
              : null;
      GraphQLNamedType type =
          definition == null ? null : GraphQLTypeUtil.unwrapAllAs(definition.getType());
      Size inner = set(field.getSelectionSet(), type);
      long rows =
          definition != null
                  && GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()))
              ? rows(field)
              : 1;
      return new Size(
          inner.depth() + 1,
          Math.min(PLENTY, 1 + inner.cost() * rows),
          Math.min(PLENTY, 1 + inner.fields()),
          Math.min(PLENTY, (field.getAlias() == null ? 0 : 1) + inner.aliases()),
          Math.min(PLENTY, field.getDirectives().size() + inner.directives()));
    }

    private long rows(Field field) {
      for (Argument argument : field.getArguments()) {
        Object limit = null;
        if (argument.getName().equals("limit")) {
          limit = number(argument.getValue());
        } else if (argument.getName().equals("filter")) {
          limit = limit(argument.getValue());
        }
        if (limit instanceof Number number) {
          return Math.max(1, Math.min(MOST_ROWS, number.longValue()));
        }
      }
      return USUAL_ROWS;
    }

    private @Nullable Object limit(Value<?> filter) {
      if (filter instanceof ObjectValue object) {
        for (ObjectField each : object.getObjectFields()) {
          if (each.getName().equals("limit")) {
            return number(each.getValue());
          }
        }
      } else if (filter instanceof VariableReference reference
          && variables.get(reference.getName()) instanceof Map<?, ?> map) {
        return map.get("limit");
      }
      return null;
    }

    private @Nullable Object number(Value<?> value) {
      if (value instanceof IntValue number) {
        return number.getValue().min(BigInteger.valueOf(MOST_ROWS));
      }
      return value instanceof VariableReference reference
          ? variables.get(reference.getName())
          : null;
    }
  }
}
