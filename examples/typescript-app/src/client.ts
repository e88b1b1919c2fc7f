// A client of the ferry's API. It retries what may succeed later, as the catalog says, and tells errors apart by code.

import { fetchWithRetry, readBookingError, verdictOfBookingError } from "./generated/errors.js";
import type { Booking } from "./server.js";

/** Books, and says in words what came of it. */
export async function book(server: URL, id: string, booking: Booking): Promise<string> {
  const { response, attempts } = await fetchWithRetry(
    new URL(`/bookings/${id}`, server),
    { method: "PUT", body: JSON.stringify(booking), headers: { "content-type": "application/json" } },
    { verdict: verdictOfBookingError },
  );
  if (response.ok) return `booked, attempt ${attempts}`;

  const error = readBookingError(response.status, await response.text());
  switch (error.name) {
    case "sold_out":
      return `${error.params.seats_left ?? "not enough"} seats left`;
    case undefined:
      // A code that is newer than this client, or the page of a proxy.
      return `HTTP ${error.status}`;
    default:
      return error.entry.fix ?? error.entry.meaning;
  }
}
