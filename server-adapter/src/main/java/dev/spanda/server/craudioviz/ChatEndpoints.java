package dev.spanda.server.craudioviz;

import dev.spanda.contract.craudioviz.ChatApi;
import dev.spanda.core.Page;
import dev.spanda.core.assistant.Assistant;
import dev.spanda.core.project.Projects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter AI Assistant. */
final class ChatEndpoints implements ChatApi {

  private static final int PAGE = 100;

  private final Assistant assistant;
  private final Projects projects;
  private final Starter starter;
  private final Tenant tenant;

  ChatEndpoints(Assistant assistant, Projects projects, Starter starter, Tenant tenant) {
    this.assistant = assistant;
    this.projects = projects;
    this.starter = starter;
    this.tenant = tenant;
  }

  @Override
  public Reply start(Message message) {
    Context context = message.context();
    String project = context == null ? null : context.projectId();
    if (project != null) {
      projects.require(tenant.owner(), project);
    }
    return starter.speaking(
        tenant, () -> wire(assistant.open(tenant.owner(), message.message(), project)));
  }

  @Override
  public Reply send(String chatId, Message message) {
    return starter.speaking(
        tenant, () -> wire(assistant.say(tenant.owner(), chatId, message.message())));
  }

  @Override
  public History history(String chatId) {
    List<Line> lines = new ArrayList<>();
    while (true) {
      Page<Assistant.Message> page = assistant.history(tenant.owner(), chatId, PAGE, lines.size());
      page.items()
          .forEach(said -> lines.add(new Line(said.role(), said.text(), said.at(), said.model())));
      if (!page.hasMore()) {
        return new History(chatId, lines);
      }
    }
  }

  private static Reply wire(dev.spanda.core.assistant.Reply reply) {
    return new Reply(
        reply.text(),
        reply.suggestions(),
        reply.chatId(),
        reply.model(),
        reply.skill().orElse(null),
        reply.job().orElse(null));
  }

  /** Begins the tools that conversations lead to, for the tenant who speaks on this thread. */
  static final class Starter implements Assistant.Starter {

    private static final ThreadLocal<@Nullable Tenant> SPEAKING = new ThreadLocal<>();

    private final Tools begun;

    Starter(Tools begun) {
      this.begun = begun;
    }

    /** Begins a use of a tool. */
    interface Tools {
      String begin(
          Tenant tenant,
          String tool,
          Optional<String> project,
          Map<String, Object> inputs,
          String key);
    }

    <T> T speaking(Tenant tenant, java.util.function.Supplier<T> words) {
      SPEAKING.set(tenant);
      try {
        return words.get();
      } finally {
        SPEAKING.remove();
      }
    }

    @Override
    public String start(
        String owner,
        String skill,
        Map<String, Object> inputs,
        @Nullable String project,
        String key) {
      Tenant tenant = SPEAKING.get();
      if (tenant == null || !tenant.owner().equals(owner)) {
        throw new IllegalStateException("nobody of that name speaks");
      }
      return begun.begin(tenant, skill, Optional.ofNullable(project), inputs, key);
    }
  }
}
