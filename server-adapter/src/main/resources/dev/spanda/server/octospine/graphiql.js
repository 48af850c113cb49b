"use strict";

// GraphiQL with a fetcher that knows callers as this server does: by the key in the field above or
// a header of the editor's own, else by the session's cookie. A key is kept in this page alone.

const path = "/api/graphql";
const field = document.getElementById("key");
const state = document.getElementById("state");
const root = ReactDOM.createRoot(document.getElementById("graphiql"));

const example = `query GetSystemStatus {
  system {
    status
    metrics {
      cpuUsage
      memoryUsage
      diskUsage
    }
    applications {
      total
      running
      stopped
    }
  }
}
`;

let csrfToken = null;

const tell = (text) => {
  state.textContent = text;
};

/** The session of this browser's cookie, if there is one: changes must show its token. */
const findSession = async () => {
  const answer = await fetch("/api/auth/session");
  csrfToken = answer.ok ? (await answer.json()).data.csrf_token : null;
};

const headersOf = (key, given) => {
  const headers = new Headers(given || {});
  if (key && !headers.has("Authorization")) {
    headers.set("Authorization", "Bearer " + key);
  }
  if (!headers.has("Authorization") && csrfToken) {
    headers.set("X-CSRF-Token", csrfToken);
  }
  return headers;
};

const request = async (parameters, headers) => {
  headers.set("Content-Type", "application/json");
  const answer = await fetch(path, {
    method: "POST",
    headers,
    body: JSON.stringify(parameters),
  });
  return answer.json();
};

/** One subscription on a socket of its own, in the protocol graphql-transport-ws. */
const subscribe = (parameters, headers) => ({
  subscribe: (observer) => {
    const url = new URL(path, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const bearer = /^bearer +(.+)$/i.exec(headers.get("Authorization") || "");
    if (bearer) {
      // A browser sends no headers of ours with a socket.
      url.searchParams.set("token", bearer[1].trim());
    }
    const socket = new WebSocket(url, "graphql-transport-ws");
    let ended = false;
    const end = (how, what) => {
      if (!ended) {
        ended = true;
        how.call(observer, what);
      }
    };
    const send = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () => send({ type: "connection_init" });
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.type === "connection_ack") {
        send({ id: "1", type: "subscribe", payload: parameters });
      } else if (message.type === "ping") {
        send({ type: "pong" });
      } else if (message.type === "next" && !ended) {
        observer.next(message.payload);
      } else if (message.type === "error") {
        observer.next({ errors: message.payload });
        end(observer.complete);
        socket.close(1000);
      } else if (message.type === "complete") {
        end(observer.complete);
        socket.close(1000);
      }
    };
    socket.onclose = (event) =>
      end(observer.error, new Error("The socket closed: " + event.code + " " + event.reason));
    return {
      unsubscribe: () => {
        ended = true;
        socket.close(1000);
      },
    };
  },
});

const isSubscription = (parameters, options) => {
  const operations = ((options && options.documentAST) || { definitions: [] }).definitions.filter(
    (each) => each.kind === "OperationDefinition"
  );
  const chosen =
    operations.find((each) => each.name && each.name.value === parameters.operationName) ||
    operations[0];
  return chosen
    ? chosen.operation === "subscription"
    : /^\s*subscription\b/.test(parameters.query);
};

/** The schema; what stands in its way is told above, and queries run without it. */
const introspect = async (parameters, headers) => {
  if (!headers.has("Authorization") && !csrfToken) {
    tell("Give an API key or a token to see the schema and to run queries");
    return { errors: [{ message: "Give an API key or a token" }] };
  }
  const answer = await request(parameters, headers);
  if (answer.data && answer.data.__schema) {
    tell("");
  } else {
    const problem = answer.error || (answer.errors || [])[0] || {};
    tell("No schema: " + (problem.message || "the server gave none"));
  }
  return answer;
};

/** A new one for each key, at which GraphiQL asks for the schema again. */
const fetcher = (key) => (parameters, options) => {
  const headers = headersOf(key, options && options.headers);
  if (parameters.operationName === "IntrospectionQuery") {
    return introspect(parameters, headers);
  }
  return isSubscription(parameters, options)
    ? subscribe(parameters, headers)
    : request(parameters, headers);
};

const show = () =>
  root.render(
    React.createElement(GraphiQL, {
      fetcher: fetcher(field.value.trim()),
      defaultQuery: example,
      showPersistHeadersSettings: false,
    })
  );

document.getElementById("who").addEventListener("submit", (event) => {
  event.preventDefault();
  field.blur();
});
field.addEventListener("change", show);
findSession().catch(() => {}).then(show);
