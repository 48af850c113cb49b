package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.ProjectsApi;
import dev.spanda.core.Page;
import dev.spanda.core.project.ProjectQuery;
import dev.spanda.core.project.Projects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chapter Projects. */
final class ProjectsEndpoints implements ProjectsApi {

  private final Projects projects;
  private final Organisation organisation;

  ProjectsEndpoints(Projects projects, Organisation organisation) {
    this.projects = projects;
    this.organisation = organisation;
  }

  @Override
  public Listing list(@Nullable Integer limit, @Nullable Long offset) {
    ProjectQuery usual = ProjectQuery.DEFAULT;
    Page<dev.spanda.core.project.Project> page =
        projects.list(
            organisation.owner(),
            new ProjectQuery(
                limit == null ? usual.limit() : limit,
                offset == null ? usual.offset() : offset,
                usual.sort(),
                usual.order(),
                List.of()));
    return new Listing(
        page.items().stream().map(this::wire).toList(), page.total(), page.limit(), page.offset());
  }

  @Override
  public Project create(NewProject project) {
    return wire(
        projects.create(
            organisation.owner(),
            new dev.spanda.core.project.Project.Plan(
                project.name(),
                project.description() == null ? "" : project.description(),
                List.of())));
  }

  @Override
  public Project get(String id) {
    return wire(projects.find(organisation.owner(), id).project());
  }

  private Project wire(dev.spanda.core.project.Project project) {
    return new Project(
        project.id(),
        organisation.id(),
        project.name(),
        project.description(),
        project.createdAt(),
        project.updatedAt());
  }
}
