package dev.spanda.server.http;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Gives each request to the mount whose port and base path it came to. */
final class PortHandler extends Handler.Abstract {

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Map<Connector, List<Mount>> mounts;
  private final Exchange.Upgrader upgrader;
  private final Path folder;
  // Names of requests need not be secret, only different.
  private final Ids ids = new Ids(() -> ThreadLocalRandom.current().nextLong());

  /**
   * Answers for these mounts.
   *
   * @param mounts by connector, those with the longest base path first; kept, not copied
   */
  PortHandler(Map<Connector, List<Mount>> mounts, Exchange.Upgrader upgrader, Path folder) {
    this.mounts = mounts;
    this.upgrader = upgrader;
    this.folder = folder;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    exchange(request, response, callback).run(upgrader, folder);
    return true;
  }

  /** Answers what Jetty refuses by itself; takes the place of its pages. */
  boolean handleError(Request request, Response response, Callback callback) {
    Object status = request.getAttribute(ErrorHandler.ERROR_STATUS);
    Object exception = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    Failure failure =
        Refusals.ofStatus(status instanceof Integer code ? code : response.getStatus());
    Exchange exchange = exchange(request, response, callback);
    if (exception instanceof Throwable problem && Refusals.within(problem) == null) {
      exchange.fail(problem);
    } else {
      exchange.failUnrouted(failure);
    }
    return true;
  }

  private Exchange exchange(Request request, Response response, Callback callback) {
    String given = request.getHeaders().get("X-Request-Id");
    String requestId =
        given != null && REQUEST_ID.matcher(given).matches() ? given : ids.next("req");
    return new Exchange(request, response, callback, mount(request), requestId);
  }

  private Mount mount(Request request) {
    List<Mount> here =
        mounts.getOrDefault(request.getConnectionMetaData().getConnector(), List.of());
    if (here.size() == 1) {
      return here.get(0);
    }
    String path = request.getHttpURI().getPath();
    List<Mount> covering = path == null ? List.of() : Mount.covering(here, path);
    for (Mount mount : covering) {
      try {
        if (mount.find(request.getMethod(), path) != null) {
          return mount;
        }
      } catch (Failure failure) {
        break;
      }
    }
    return covering.isEmpty() ? here.get(0) : covering.get(0);
  }
}
