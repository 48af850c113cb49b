package dev.spanda.server.http;

import dev.spanda.contract.http.Operation;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.socket.Hub;
import dev.spanda.server.web.Pages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One API at one place: contracts with the endpoints that keep them, sockets, pages, a gate and a
 * dialect, all below one base path. Building it reads every contract and refuses two operations
 * that clash. Immutable.
 */
public final class Mount {

  /** The largest JSON body that is read unless told otherwise, in bytes. */
  public static final int DEFAULT_LARGEST_BODY = 1 << 20;

  /** The largest form that is read unless told otherwise, in bytes. */
  public static final long DEFAULT_LARGEST_UPLOAD = 64L << 20;

  /** What a path can lead to. */
  sealed interface Place permits Endpoint, PagePlace, SocketPlace {}

  /** A page of the documentation. */
  record PagePlace(Pages.Page page) implements Place {}

  /** A socket. */
  record SocketPlace(String path, Hub hub) implements Place {}

  private final String name;
  private final String basePath;
  private final Dialect dialect;
  private final Gate gate;
  private final Router<Place> router = new Router<>();
  private final Map<Class<?>, Function<Caller, ?>> contracts;
  private final List<Hub> hubs;
  private final int largestBody;
  private final long largestUpload;

  private Mount(Builder builder) {
    name = builder.name;
    basePath = builder.basePath;
    dialect = Objects.requireNonNull(builder.dialect, "a mount needs a dialect");
    gate = builder.gate;
    largestBody = builder.largestBody;
    largestUpload = builder.largestUpload;
    contracts = Collections.unmodifiableMap(new LinkedHashMap<>(builder.contracts));
    hubs = List.copyOf(builder.sockets.values());
    for (Map.Entry<Class<?>, Function<Caller, ?>> entry : builder.contracts.entrySet()) {
      for (Operation operation : Operation.of(entry.getKey())) {
        router.add(
            operation.verb(),
            operation.path(),
            new Endpoint(operation, basePath + operation.path(), entry.getValue()));
      }
    }
    builder.pages.forEach((path, page) -> router.add("GET", path, new PagePlace(page)));
    builder.sockets.forEach(
        (path, hub) -> router.add("GET", path, new SocketPlace(basePath + path, hub)));
    if (builder.openApiResource != null) {
      Pages.of(builder.title, basePath + builder.pagesPath, builder.openApiResource)
          .forEach(
              (path, page) -> router.add("GET", builder.pagesPath + path, new PagePlace(page)));
    }
  }

  /**
   * A mount to be described.
   *
   * @param name as on the command line and in metrics, such as {@code vajra}
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** The name, as on the command line and in metrics. */
  public String name() {
    return name;
  }

  /** Empty, or a path that begins and does not end with a slash. */
  public String basePath() {
    return basePath;
  }

  /** The contracts that are kept here, in the order they were given. */
  public List<Class<?>> contracts() {
    return List.copyOf(contracts.keySet());
  }

  /**
   * What keeps a contract: it makes the object that answers one request of one caller.
   *
   * @throws IllegalArgumentException when the contract is not kept here
   */
  public Function<Caller, ?> endpoints(Class<?> contract) {
    Function<Caller, ?> endpoints = contracts.get(contract);
    if (endpoints == null) {
      throw new IllegalArgumentException(contract + " is not kept here");
    }
    return endpoints;
  }

  Dialect dialect() {
    return dialect;
  }

  Gate gate() {
    return gate;
  }

  List<Hub> hubs() {
    return hubs;
  }

  int largestBody() {
    return largestBody;
  }

  long largestUpload() {
    return largestUpload;
  }

  /** Whether the path lies below the base path. */
  boolean covers(String rawPath) {
    return rawPath.startsWith(basePath)
        && (rawPath.length() == basePath.length() || rawPath.charAt(basePath.length()) == '/');
  }

  /** What a path of the whole server leads to here, or null when it leads nowhere. */
  Router.@Nullable Found<Place> find(String verb, String rawPath) {
    if (!covers(rawPath)) {
      return null;
    }
    return router.find(verb, Target.segments(rawPath.substring(basePath.length())));
  }

  /** Collects the parts of a mount. */
  public static final class Builder {
    private final String name;
    private final Map<Class<?>, Function<Caller, ?>> contracts = new LinkedHashMap<>();
    private final Map<String, Hub> sockets = new LinkedHashMap<>();
    private final Map<String, Pages.Page> pages = new LinkedHashMap<>();
    private String basePath = "";
    private @Nullable Dialect dialect;
    private Gate gate = Gate.open();
    private int largestBody = DEFAULT_LARGEST_BODY;
    private long largestUpload = DEFAULT_LARGEST_UPLOAD;
    private String title = "";
    private String pagesPath = "";
    private @Nullable String openApiResource;

    private Builder(String name) {
      this.name = name;
      this.title = name;
    }

    /**
     * Where the mount's paths begin.
     *
     * @param path empty (as without this call), or one that begins and does not end with a slash
     */
    public Builder basePath(String path) {
      if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
        throw new IllegalArgumentException("a base path begins with a slash only: " + path);
      }
      basePath = path;
      return this;
    }

    /** How errors and successes are written; every mount needs one. */
    public Builder dialect(Dialect words) {
      dialect = words;
      return this;
    }

    /** What stands before the mount; without one everybody may do everything. */
    public Builder gate(Gate before) {
      gate = before;
      return this;
    }

    /**
     * A contract and what keeps it.
     *
     * @param contract a public interface
     * @param endpoint makes the object that answers one request of one caller
     */
    public <T> Builder endpoints(Class<T> contract, Function<Caller, ? extends T> endpoint) {
      if (contracts.putIfAbsent(contract, endpoint) != null) {
        throw new IllegalArgumentException(contract + " is kept already");
      }
      return this;
    }

    /** A socket; the listener sweeps and closes the hub. */
    public Builder socket(String path, Hub hub) {
      if (sockets.putIfAbsent(path, hub) != null) {
        throw new IllegalArgumentException("two sockets for " + path);
      }
      return this;
    }

    /** A page of the mount's own; it needs no credentials. */
    public Builder page(String path, Pages.Page page) {
      if (pages.putIfAbsent(path, page) != null) {
        throw new IllegalArgumentException("two pages for " + path);
      }
      return this;
    }

    /**
     * Serves {@code /docs}, {@code /redoc} and {@code /openapi.json} below the base path.
     *
     * @param titleOfPages what a person calls the API
     * @param resource the description's name on the class path, such as {@code
     *     /dev/spanda/server/openapi/vajra.json}
     */
    public Builder pages(String titleOfPages, String resource) {
      return pages(titleOfPages, resource, "");
    }

    /** The same at another place, for mounts that share a base path: {@code /clipper/docs}. */
    public Builder pages(String titleOfPages, String resource, String prefix) {
      title = titleOfPages;
      openApiResource = resource;
      pagesPath = prefix;
      return this;
    }

    /**
     * The largest JSON body that is read.
     *
     * @param bytes ≥ 0; {@link #DEFAULT_LARGEST_BODY} without this call
     */
    public Builder largestBody(int bytes) {
      largestBody = bytes;
      return this;
    }

    /**
     * The largest form that is read, with its file.
     *
     * @param bytes ≥ 0; {@link #DEFAULT_LARGEST_UPLOAD} without this call
     */
    public Builder largestUpload(long bytes) {
      largestUpload = bytes;
      return this;
    }

    /**
     * The mount.
     *
     * @throws IllegalArgumentException when two of its operations, sockets or pages have the same
     *     verb and path, or an operation has a parameter that cannot be read
     */
    public Mount build() {
      return new Mount(this);
    }
  }

  /**
   * The mounts that a path belongs to: of those whose base path covers it, the ones with the
   * longest base path, so that {@code /v1/biofield/x} is never a matter of {@code /v1}.
   *
   * @param mounts those with the longest base path first
   */
  static List<Mount> covering(List<Mount> mounts, String rawPath) {
    List<Mount> covering = new ArrayList<>(mounts.size());
    for (Mount mount : mounts) {
      if (mount.covers(rawPath)
          && (covering.isEmpty() || covering.get(0).basePath.length() == mount.basePath.length())) {
        covering.add(mount);
      }
    }
    return covering;
  }
}
