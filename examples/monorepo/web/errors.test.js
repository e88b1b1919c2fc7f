// The web app knows the errors of both services.

import assert from "node:assert/strict";
import { test } from "node:test";
import { billingErrors, isBillingCode } from "@acme/billing-errors";
import { readSearchError } from "@acme/search-errors";

test("an error of billing is told with what to do", () => {
  const body = { error: "card_declined", message: "The bank declined the card" };
  assert.ok(isBillingCode(body.error));
  assert.equal(billingErrors[body.error].fix, "Ask for another card.");
});

test("both services have the errors of the platform", () => {
  assert.equal(billingErrors.unauthorized.status, 401);
  const body = { type: "https://errors.acme.example/search#unauthorized", title: "x", status: 401 };
  assert.equal(readSearchError(401, JSON.stringify(body)).code, "unauthorized");
});

test("an error of the search says when to come back", () => {
  const body = { type: "https://errors.acme.example/search#index_rebuilding", title: "x", status: 503 };
  const error = readSearchError(503, JSON.stringify(body));
  assert.equal(error.code, "index_rebuilding");
});
