// The server and the client at work: `npm start`.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { book } from "./client.js";
import { ferryServer } from "./server.js";

let boarding = 2; // so many requests are refused at first

const server = ferryServer({
  seats: new Map([["skye", 5]]),
  bookings: new Map(),
  isBoarding: () => boarding-- > 0,
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

console.log("3 seats to Skye:", await book(url, "a", { trip: "skye", seats: 3 }));
console.log("3 more:", await book(url, "b", { trip: "skye", seats: 3 }));
console.log("1 seat to Atlantis:", await book(url, "c", { trip: "atlantis", seats: 1 }));
server.close();
