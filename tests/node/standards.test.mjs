// The catalogs of `errcat init --shape`: libraries of others that know these errors read the responses that a server
// sends with the generated package.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { handleErrorResponse, hasProblemDetails } from "@inrupt/solid-client-errors";
import { APIError, NotFoundError, RateLimitError } from "openai";
import { generate, local } from "./support.mjs";

/** The package that is generated of a shape's catalog. */
function packageOf(shape) {
  const folder = generate(local(`../../src/cli/init/shapes/${shape}.yaml`), ["typescript"]);
  return import(pathToFileURL(join(folder, "typescript/index.js")));
}

describe("a reader of RFC 9457 finds in problem details", () => {
  /** What it finds in the response of an error. */
  async function read(name, params) {
    const { apiResponse } = await packageOf("problem");
    const response = apiResponse(name, ...params);
    const { status, statusText, headers } = response;
    const about = { status, statusText, headers, url: "https://example.com/v1/messages" };
    const error = handleErrorResponse(about, await response.text(), "failed");
    assert.ok(hasProblemDetails(error));
    return error.problemDetails;
  }

  test("the type, the detail and the instance", async () => {
    const detail = "Your current balance is 30, but that costs 50.";
    const found = await read("out_of_credit", [{ detail, instance: "/account/12345/msgs/abc", balance: 30 }]);
    assert.equal(found.type.href, "https://example.com/errors#api-out_of_credit");
    assert.equal(found.title, "You do not have enough credit.");
    assert.equal(found.status, 403);
    assert.equal(found.detail, detail);
    assert.equal(found.instance.href, "https://example.com/account/12345/msgs/abc");
  });

  test("about:blank for an error without a code", async () => {
    const found = await read("not_found", []);
    assert.equal(found.type.href, "about:blank");
    assert.equal(found.title, "Not Found");
    assert.equal(found.status, 404);
  });
});

describe("OpenAI's client finds in errors like OpenAI's", () => {
  /** The error that it makes of a response. */
  async function read(name, params) {
    const { apiResponse } = await packageOf("openai");
    const response = apiResponse(name, params);
    return APIError.generate(response.status, await response.json(), undefined, response.headers);
  }

  test("the code and the message", async () => {
    const error = await read("model_not_found", { model: "acme-5-large" });
    assert.ok(error instanceof NotFoundError);
    assert.equal(error.code, "model_not_found");
    assert.equal(error.type, "invalid_request_error");
    assert.match(error.message, /^404 The model `acme-5-large` does not exist/);
    assert.ok((await read("rate_limit_exceeded", { model: "acme-5-large", limit: 500 })) instanceof RateLimitError);
  });

  test("no code, but the field that is wrong", async () => {
    const error = await read("invalid_request", { message: "Missing required parameter: 'messages'.", param: "messages" });
    assert.equal(error.status, 400);
    assert.equal(error.code ?? null, null);
    assert.equal(error.param, "messages");
  });
});
