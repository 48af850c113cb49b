"use strict";

const element = (id) => document.getElementById(id);
const path = "/api/graphql";
let socket = null;

const show = (value) => {
  element("result").textContent = JSON.stringify(value, null, 2);
};

const request = async (query, variables) => {
  const headers = { "Content-Type": "application/json" };
  const key = element("key").value.trim();
  if (key) {
    headers.Authorization = "Bearer " + key;
  }
  const answer = await fetch(path, {
    method: "POST",
    headers,
    body: JSON.stringify({ query, variables }),
  });
  return answer.json();
};

const stop = () => {
  if (socket) {
    socket.close(1000);
    socket = null;
  }
  element("stop").disabled = true;
};

const subscribe = (query, variables) => {
  stop();
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const key = element("key").value.trim();
  if (key) {
    url.searchParams.set("token", key);
  }
  const opened = new WebSocket(url, "graphql-transport-ws");
  socket = opened;
  element("stop").disabled = false;
  opened.onopen = () => opened.send(JSON.stringify({ type: "connection_init" }));
  opened.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.type === "connection_ack") {
      opened.send(
        JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables } })
      );
    } else if (message.type === "ping") {
      opened.send(JSON.stringify({ type: "pong" }));
    } else if (message.type === "next" || message.type === "error") {
      show(message.payload);
    }
  };
  opened.onclose = (event) => {
    element("state").textContent = "closed " + event.code;
    element("stop").disabled = true;
  };
};

const run = async () => {
  const query = element("query").value;
  let variables;
  try {
    variables = JSON.parse(element("variables").value || "{}");
  } catch (problem) {
    element("state").textContent = "The variables are not JSON";
    return;
  }
  element("state").textContent = "…";
  if (/^\s*subscription\b/m.test(query)) {
    subscribe(query, variables);
    element("state").textContent = "subscribed";
    return;
  }
  const begin = performance.now();
  try {
    show(await request(query, variables));
    element("state").textContent = Math.round(performance.now() - begin) + " ms";
  } catch (problem) {
    element("state").textContent = String(problem);
  }
};

const typeText = (type) =>
  type.kind === "NON_NULL"
    ? typeText(type.ofType) + "!"
    : type.kind === "LIST"
      ? "[" + typeText(type.ofType) + "]"
      : type.name;

const explore = async () => {
  const reference = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
  const answer = await request(
    "{ __schema { types { kind name fields { name args { name type { " +
      reference +
      " } } type { " +
      reference +
      " } } inputFields { name type { " +
      reference +
      " } } enumValues { name } } } }",
    {}
  );
  const place = element("schema");
  if (!answer.data) {
    show(answer);
    return;
  }
  place.replaceChildren();
  for (const type of answer.data.__schema.types) {
    if (type.name.startsWith("__")) {
      continue;
    }
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = type.name + " (" + type.kind.toLowerCase().replace("_", " ") + ")";
    details.append(summary);
    const lines = [];
    for (const field of type.fields || []) {
      const given = field.args.map((each) => each.name + ": " + typeText(each.type)).join(", ");
      lines.push(field.name + (given ? "(" + given + ")" : "") + ": " + typeText(field.type));
    }
    for (const field of type.inputFields || []) {
      lines.push(field.name + ": " + typeText(field.type));
    }
    for (const value of type.enumValues || []) {
      lines.push(value.name);
    }
    for (const line of lines) {
      const code = document.createElement("code");
      code.textContent = line;
      details.append(code);
    }
    place.append(details);
  }
};

element("run").addEventListener("click", run);
element("stop").addEventListener("click", stop);
element("explore").addEventListener("click", explore);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
