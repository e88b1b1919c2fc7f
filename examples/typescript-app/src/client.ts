// A client of the ferry's API. It retries what may succeed later, as the catalog says, and tells errors apart by code.

import { detectBookingError, fetchWithRetry } from "./generated/errors.js";
import type { Booking } from "./server.js";

/** Books, and says in words what came of it. */
export async function book(server: URL, id: string, booking: Booking): Promise<string> {
  const { attempts, failure } = await fetchWithRetry(
    new URL(`/bookings/${id}`, server),
    { method: "PUT", body: JSON.stringify(booking), headers: { "content-type": "application/json" } },
    { detect: detectBookingError },
  );
  if (failure === undefined) return `booked, attempt ${attempts}`;

  switch (failure.code) {
    case "sold_out":
      return `${failure.params.seats_left ?? "not enough"} seats left`;
    case undefined:
      // A code that is newer than this client, or the page of a proxy.
      return `HTTP ${failure.status}`;
    default:
      return failure.entry.fix ?? failure.entry.meaning;
  }
}
