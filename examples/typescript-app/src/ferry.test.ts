import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { book } from "./client.js";
import { bookingErrors, readBookingError } from "./generated/errors.js";
import { ferryServer } from "./server.js";

/** A server that is closed after the test. */
async function listening(t: TestContext, server: Server): Promise<URL> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close().closeAllConnections());
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const ferry = (isBoarding = () => false) => ({ seats: new Map([["skye", 5]]), bookings: new Map(), isBoarding });

test("a client waits while passengers board", async (t) => {
  let refused = 0;
  const url = await listening(t, ferryServer(ferry(() => refused++ < 2)));
  assert.equal(await book(url, "a", { trip: "skye", seats: 1 }), "booked, attempt 3");
});

test("what can't succeed is asked once", async (t) => {
  const url = await listening(t, ferryServer(ferry()));
  assert.equal(await book(url, "a", { trip: "skye", seats: 6 }), "5 seats left");
  assert.equal(await book(url, "a", { trip: "atlantis", seats: 1 }), bookingErrors.no_such_trip.fix);
});

test("a booking that is sent again is made once", async (t) => {
  const one = ferry();
  const url = await listening(t, ferryServer(one));
  await book(url, "a", { trip: "skye", seats: 2 });
  await book(url, "a", { trip: "skye", seats: 2 });
  assert.equal(one.seats.get("skye"), 3);
});

test("an answer names every field that is wrong", async (t) => {
  const url = await listening(t, ferryServer(ferry()));
  for (const [body, ...names] of [
    ["no JSON", "trip", "seats"],
    ['{"trip": "skye", "seats": 0}', "seats"],
  ] as const) {
    const response = await fetch(new URL("/bookings/a", url), { method: "PUT", body });
    const error = await readBookingError(response);
    assert.equal(error.code, "invalid_body");
    assert.deepEqual(
      error.params.fields?.map(({ field }) => field),
      names,
    );
  }
});

test("a code of a newer server is told by its status", async (t) => {
  const newer = createServer((_, out) => out.writeHead(410).end('{"error": "ferry_sunk", "message": "It sank"}'));
  assert.equal(await book(await listening(t, newer), "a", { trip: "skye", seats: 1 }), "HTTP 410");
});
