// The ferry's API: `PUT /bookings/{id}` books seats on a trip. Each handler returns a `Response`, an error one of the
// catalog: the compiler knows the codes, and asks for the values that each needs.

import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { type BookingFieldsItem, bookingResponse } from "./generated/errors.js";

export interface Ferry {
  /** The seats that are left on each trip. */
  readonly seats: Map<string, number>;
  /** Who has booked, by the id that the client chose: to ask again changes nothing. */
  readonly bookings: Map<string, Booking>;
  /** Whether passengers board at the moment. */
  readonly isBoarding: () => boolean;
}

export interface Booking {
  readonly trip: string;
  readonly seats: number;
}

function put(ferry: Ferry, id: string, body: unknown): Response {
  if (ferry.isBoarding()) return bookingResponse("boarding");
  const { trip, seats }: { trip?: unknown; seats?: unknown } = Object(body);
  const isTrip = typeof trip === "string";
  const isNumber = typeof seats === "number" && Number.isInteger(seats) && seats >= 1;
  if (!isTrip || !isNumber) {
    const fields: BookingFieldsItem[] = [];
    if (!isTrip) fields.push({ field: "trip", problem: "Name a trip." });
    if (!isNumber) fields.push({ field: "seats", problem: "Book at least one seat." });
    return bookingResponse("invalid_body", { fields });
  }
  const known = ferry.bookings.get(id);
  if (known) return Response.json(known);
  const left = ferry.seats.get(trip);
  if (left === undefined) return bookingResponse("no_such_trip");
  if (seats > left) return bookingResponse("sold_out", { seats_left: left });
  const booking = { trip, seats };
  ferry.bookings.set(id, booking);
  ferry.seats.set(trip, left - seats);
  return Response.json(booking, { status: 201 });
}

async function answer(ferry: Ferry, request: IncomingMessage): Promise<Response> {
  const id = request.method === "PUT" && /^\/bookings\/([\w-]+)$/.exec(request.url ?? "")?.[1];
  if (!id) return new Response("no such page", { status: 404 });
  let body: unknown;
  try {
    body = JSON.parse(await text(request));
  } catch {
    body = undefined;
  }
  return put(ferry, id, body);
}

export function ferryServer(ferry: Ferry): Server {
  return createServer(async (request, out) => {
    const response = await answer(ferry, request);
    out.writeHead(response.status, Object.fromEntries(response.headers));
    out.end(await response.text());
  });
}
