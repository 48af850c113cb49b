package dev.spanda.core.document;

import java.util.List;

/**
 * What is known of an interface that programs call.
 *
 * @param name as in addresses and files, such as {@code octospine}
 * @param title for people
 * @param version of the interface
 * @param chapters its operations by chapter; copied
 * @param models the records that travel; copied
 */
public record Description(
    String name, String title, String version, List<Chapter> chapters, List<Model> models) {

  /** Copies the lists. */
  public Description {
    chapters = List.copyOf(chapters);
    models = List.copyOf(models);
  }

  /**
   * Operations that belong together.
   *
   * @param title for people
   */
  public record Chapter(String title, List<Operation> operations) {
    /** Copies the list. */
    public Chapter {
      operations = List.copyOf(operations);
    }
  }

  /**
   * One operation.
   *
   * @param verb such as GET
   * @param path with the variables in braces
   * @param summary a sentence
   * @param parameters in path and query
   * @param request the model that is sent; empty for none
   * @param answer the model that comes back; empty for none
   * @param example a request as it may be sent, as JSON; empty for none
   */
  public record Operation(
      String verb,
      String path,
      String summary,
      List<Field> parameters,
      String request,
      String answer,
      String example) {
    /** Copies the list. */
    public Operation {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * A record that travels.
   *
   * @param example one as it may be, as JSON; empty for none
   */
  public record Model(String name, List<Field> fields, String example) {
    /** Copies the list. */
    public Model {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field or parameter.
   *
   * @param type for people, such as {@code list of text}
   */
  public record Field(String name, String type, boolean required) {}
}
