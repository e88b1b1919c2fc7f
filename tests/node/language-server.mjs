// A client of yaml-language-server, the one behind VS Code's YAML extension and most other editors: what a person sees
// of a catalog while writing it. It speaks the Language Server Protocol over stdio. Never changes a file.

import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { local } from "./support.mjs";

/** Starts the server; `stop` ends it. */
export async function startServer() {
  const server = spawn(process.execPath, [local("node_modules/.bin/yaml-language-server"), "--stdio"]);
  const answers = new Map();
  const diagnostics = new Map();
  let next = 1;

  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const request = (method, params) =>
    new Promise((resolve, reject) => {
      answers.set(next, { resolve, reject });
      send({ id: next++, method, params });
    });

  function receive({ id, method, params, result, error }) {
    if (method === "textDocument/publishDiagnostics") {
      diagnostics.get(params.uri)?.(params.diagnostics);
    } else if (method !== undefined && id !== undefined) {
      // The server asks for settings, and whether it may watch files.
      send({ id, result: method === "workspace/configuration" ? params.items.map(() => ({})) : null });
    } else if (id !== undefined) {
      const { resolve, reject } = answers.get(id);
      answers.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result);
    }
  }

  let unread = Buffer.alloc(0);
  server.stdout.on("data", (data) => {
    unread = Buffer.concat([unread, data]);
    for (;;) {
      const [header, length] = unread.toString("latin1").match(/^Content-Length: (\d+)\r\n(?:.+\r\n)*\r\n/) ?? [];
      if (header === undefined || unread.length < header.length + Number(length)) return;
      receive(JSON.parse(unread.toString("utf8", header.length, header.length + Number(length))));
      unread = unread.subarray(header.length + Number(length));
    }
  });

  await request("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      textDocument: {
        completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
        hover: { contentFormat: ["markdown"] },
      },
    },
  });
  send({ method: "initialized", params: {} });

  return {
    stop: () => server.kill(),
    /** Opens a text as a file; what is asked of it names a line and a column, from 0. */
    async open(path, text) {
      const uri = pathToFileURL(path).href;
      const found = new Promise((resolve) => diagnostics.set(uri, resolve));
      send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
      const at = (line, character) => ({ textDocument: { uri }, position: { line, character } });
      return {
        diagnostics: await found,
        hover: (line, character) => request("textDocument/hover", at(line, character)),
        completion: (line, character) => request("textDocument/completion", at(line, character)),
      };
    },
  };
}
