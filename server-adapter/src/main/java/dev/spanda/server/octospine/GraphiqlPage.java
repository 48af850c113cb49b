package dev.spanda.server.octospine;

import dev.spanda.server.web.Pages;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * GraphiQL, the editor of the GraphQL Foundation, with React from the class path and a fetcher of
 * our own. The parts are these and no others: nothing of a request's path becomes a file's name.
 */
final class GraphiqlPage {

  /** Where the page is. */
  static final String PATH = "/api/graphiql";

  /**
   * What the page may load. Scripts and requests are this server's alone, sockets too; fonts and
   * small pictures stand within the style sheet as {@code data:}. Styles may stand in the page,
   * because GraphiQL's dialogs make one of their own while they are open. It needs no worker.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:;"
          + " font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String OURS = "/dev/spanda/server/octospine/graphiql.";
  private static final String JARS = "/META-INF/resources/webjars/";
  private static final String HTML = "text/html;charset=utf-8";
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String STYLE = "text/css;charset=utf-8";

  private GraphiqlPage() {}

  /** The page and its parts by their paths. */
  static Map<String, Pages.Page> parts() {
    Map<String, Pages.Page> parts = new LinkedHashMap<>();
    parts.put(PATH, Pages.file(HTML, OURS + "html").under(POLICY));
    parts.put(PATH + "/page.css", Pages.file(STYLE, OURS + "css"));
    parts.put(PATH + "/page.js", Pages.file(SCRIPT, OURS + "js"));
    for (String name : new String[] {"graphiql.min.css", "graphiql.min.js"}) {
      parts.put(
          PATH + "/2.4.7/" + name,
          Pages.versioned(name.endsWith(".css") ? STYLE : SCRIPT, JARS + "graphiql/2.4.7/" + name));
    }
    for (String name : new String[] {"react", "react-dom"}) {
      String file = name + ".production.min.js";
      parts.put(
          PATH + "/" + name + "/18.3.1/" + file,
          Pages.versioned(SCRIPT, JARS + name + "/18.3.1/umd/" + file));
    }
    return parts;
  }
}
