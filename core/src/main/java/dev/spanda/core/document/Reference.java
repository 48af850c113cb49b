package dev.spanda.core.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What stands in the documents. */
final class Reference {

  private Reference() {}

  /** The documents of a target, each written when it is asked for. */
  static List<Supplier<Documents.Draft>> drafts(
      String target, DocumentPlan plan, List<Description> all) {
    List<Supplier<Documents.Draft>> drafts = new ArrayList<>();
    switch (target) {
      case "services" -> {
        for (Description description : all) {
          for (Description.Chapter chapter : description.chapters()) {
            drafts.add(api(target, () -> services(plan, description, chapter)));
          }
        }
      }
      case "components" ->
          all.forEach(description -> drafts.add(api(target, () -> components(plan, description))));
      case "frameworks" ->
          all.forEach(description -> drafts.add(api(target, () -> framework(plan, description))));
      default ->
          plan.sources()
              .forEach(
                  source ->
                      drafts.add(
                          () ->
                              new Documents.Draft(
                                  Documents.SOURCE_REFERENCE, target, source(plan, source))));
    }
    return drafts;
  }

  private static Supplier<Documents.Draft> api(String target, Supplier<Writer> writer) {
    return () -> new Documents.Draft(Documents.API_REFERENCE, target, writer.get());
  }

  private static Writer services(
      DocumentPlan plan, Description description, Description.Chapter chapter) {
    Writer writer =
        new Writer(plan.format(), chapter.title() + " API Reference (" + description.title() + ")");
    writer.paragraph(
        "Operations of the chapter "
            + chapter.title()
            + " of "
            + description.title()
            + ", version "
            + description.version()
            + ".");
    for (Description.Operation operation : chapter.operations()) {
      writer.heading(2, operation.verb() + " " + operation.path()).paragraph(operation.summary());
      writer.table(
          List.of("Parameter", "Type", "Required"),
          operation.parameters().stream().map(Reference::row).toList());
      if (!operation.request().isEmpty()) {
        writer.paragraph("Sends: " + operation.request());
      }
      if (!operation.answer().isEmpty()) {
        writer.paragraph("Answers: " + operation.answer());
      }
      if (plan.examples() && !operation.example().isEmpty()) {
        writer.paragraph("A request of this shape:").code("json", operation.example());
      }
    }
    return writer;
  }

  private static List<String> row(Description.Field field) {
    return List.of(field.name(), field.type(), field.required() ? "yes" : "no");
  }

  private static Writer components(DocumentPlan plan, Description description) {
    Writer writer = new Writer(plan.format(), "Data models (" + description.title() + ")");
    writer.paragraph(
        "The "
            + description.models().size()
            + " records that travel to and from "
            + description.title()
            + ".");
    for (Description.Model model : description.models()) {
      writer.heading(2, model.name());
      writer.table(
          List.of("Field", "Type", "Required"),
          model.fields().stream().map(Reference::row).toList());
      if (plan.examples() && !model.example().isEmpty()) {
        writer.code("json", model.example());
      }
    }
    return writer;
  }

  private static Writer framework(DocumentPlan plan, Description description) {
    Writer writer = new Writer(plan.format(), description.title() + " overview");
    int operations = description.chapters().stream().mapToInt(one -> one.operations().size()).sum();
    writer.paragraph(
        String.format(
            Locale.ROOT,
            "%s, version %s: %d operations in %d chapters, %d data models.",
            description.title(),
            description.version(),
            operations,
            description.chapters().size(),
            description.models().size()));
    for (Description.Chapter chapter : description.chapters()) {
      writer.heading(2, chapter.title());
      writer.table(
          List.of("Operation", "What it does"),
          chapter.operations().stream()
              .map(one -> List.of(one.verb() + " " + one.path(), one.summary()))
              .toList());
    }
    return writer;
  }

  private static Writer source(DocumentPlan plan, DocumentPlan.Source source) {
    Writer writer = new Writer(plan.format(), source.name());
    String packageName = JavaScanner.packageName(source.text());
    List<JavaScanner.Member> members = JavaScanner.members(source.text());
    writer.paragraph(
        (packageName.isEmpty() ? "" : "Package " + packageName + ". ")
            + members.size()
            + (members.size() == 1 ? " documented declaration." : " documented declarations."));
    for (JavaScanner.Member member : members) {
      writer.code("java", member.declaration());
      writer.paragraph(member.comment());
    }
    return writer;
  }
}
