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

const ide = React.createElement(GraphiQL, {
  fetcher: GraphiQL.createFetcher({ url: url.href, subscriptionUrl: socket.href }),
  defaultQuery: first,
  defaultEditorToolsVisibility: "headers",
  isHeadersEditorEnabled: true,
  // A token stays in the open page, and is not written to the browser's disk.
  shouldPersistHeaders: false,
});
ReactDOM.createRoot(document.getElementById("ide")).render(ide);
