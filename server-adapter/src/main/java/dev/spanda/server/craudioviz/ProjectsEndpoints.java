package dev.spanda.server.craudioviz;

import dev.spanda.contract.craudioviz.ProjectsApi;
import dev.spanda.core.Page;
import dev.spanda.core.project.ProjectQuery;
import dev.spanda.core.project.Projects;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Projects. */
final class ProjectsEndpoints implements ProjectsApi {

  private final Projects projects;
  private final Links links;
  private final Tenant tenant;

  ProjectsEndpoints(Projects projects, Links links, Tenant tenant) {
    this.projects = projects;
    this.links = links;
    this.tenant = tenant;
  }

  @Override
  public Created create(NewProject project) {
    dev.spanda.core.project.Project made =
        projects.create(
            tenant.owner(),
            new dev.spanda.core.project.Project.Plan(
                project.name(),
                project.description() == null ? "" : project.description(),
                project.tags() == null ? List.of() : project.tags()));
    return new Created(made.id(), made.name(), made.createdAt(), status(made));
  }

  @Override
  public Listing list(
      @Nullable Integer limit,
      @Nullable Long offset,
      @Nullable String sort,
      @Nullable String order,
      @Nullable List<String> tags) {
    ProjectQuery usual = ProjectQuery.DEFAULT;
    Page<dev.spanda.core.project.Project> page =
        projects.list(
            tenant.owner(),
            new ProjectQuery(
                limit == null ? usual.limit() : limit,
                offset == null ? usual.offset() : offset,
                sort == null ? usual.sort() : ProjectQuery.Sort.parse(sort),
                order == null ? usual.order() : ProjectQuery.Order.parse(order),
                tags == null ? List.of() : split(tags)));
    return new Listing(
        page.items().stream()
            .map(
                project ->
                    new Row(
                        project.id(),
                        project.name(),
                        project.itemsCount(),
                        project.createdAt(),
                        project.tags()))
            .toList(),
        page.total(),
        page.hasMore());
  }

  /** Lists arrive repeated or with commas between. */
  private static List<String> split(List<String> tags) {
    return tags.stream()
        .flatMap(tag -> Arrays.stream(tag.split(",", -1)))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .toList();
  }

  @Override
  public Project get(String projectId) {
    return wire(projects.find(tenant.owner(), projectId));
  }

  @Override
  public Project update(String projectId, Changes changes) {
    projects.patch(
        tenant.owner(),
        projectId,
        new dev.spanda.core.project.Project.Patch(
            Optional.ofNullable(changes.name()),
            Optional.ofNullable(changes.description()),
            Optional.ofNullable(changes.tags())));
    return get(projectId);
  }

  @Override
  public Deleted delete(String projectId) {
    return new Deleted(true, projects.delete(tenant.owner(), projectId).id());
  }

  private Project wire(dev.spanda.core.project.Project.Content content) {
    dev.spanda.core.project.Project project = content.project();
    return new Project(
        project.id(),
        project.name(),
        project.description(),
        content.items().stream()
            .map(
                item ->
                    new Item(
                        item.id(),
                        item.type(),
                        item.name(),
                        item.links().isEmpty()
                            ? null
                            : links.to(
                                tenant.base(), tenant.owner(), item.links().get(0).fileId())))
            .toList(),
        project.tags(),
        project.createdAt(),
        project.updatedAt(),
        status(project));
  }

  private static String status(dev.spanda.core.project.Project project) {
    return project.status().name().toLowerCase(Locale.ROOT);
  }
}
