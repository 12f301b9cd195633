// The IDE over this installation. What stands under "Headers" also signs subscriptions in.
"use strict";

const url = new URL("/graphql", location.href);
const socket = new URL(url);
socket.protocol = url.protocol === "https:" ? "wss:" : "ws:";

const first = `# Sign in, then put the token under "Headers" below:
#
#   {"Authorization": "Bearer …"}
#
# Ctrl-Enter runs what stands here; Ctrl-Space proposes what may follow.

query Components {
  components { name }
}
`;

// What is written here may hold a password: it stays in the open page.
const kept = new Map();
const storage = {
  get length() { return kept.size; },
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, text) => void kept.set(name, text),
  removeItem: (name) => void kept.delete(name),
  clear: () => kept.clear(),
};

const ide = React.createElement(GraphiQL, {
  fetcher: GraphiQL.createFetcher({ url: url.href, subscriptionUrl: socket.href }),
  defaultQuery: first,
  defaultEditorToolsVisibility: "headers",
  isHeadersEditorEnabled: true,
  shouldPersistHeaders: false,
  storage,
});
ReactDOM.createRoot(document.getElementById("ide")).render(ide);
