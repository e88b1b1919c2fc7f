// The inputs that all readers must read alike, one JSON object each:
//
// {catalog, surface, status, hex}  a body, and the HTTP status (null for an event)
// {catalog, headers, nowMs}        the headers of a response

import { Bodies } from "./bodies.mjs";
import { Random } from "./random.mjs";

/** Headers that may ask for a wait. */
function header(random) {
  const two = (number) => String(number).padStart(2, "0");
  const day = random.of(["Mon", "Tue", "Sun", "Monday", "Sunday", "Mox", "mon"]);
  const month = random.of(["Jan", "Feb", "Jun", "Nov", "Dec", "nov", "Foo"]);
  const date = 1 + random.below(31);
  const year = 1950 + random.below(150);
  const time = [random.below(25), random.below(61), random.below(62)].map(two).join(":");
  let value = random.of([
    () => String(random.upTo(9e15)),
    () => `${random.upTo(3_000_000)}.${String(random.below(1000)).padStart(3, "0")}`,
    () => `${random.below(100)}.${random.next()}${random.next()}`,
    () => `${day}, ${two(date)} ${month} ${year} ${time} GMT`,
    () => `${day}, ${two(date)}-${month}-${two(year % 100)} ${time} GMT`,
    () => `${day} ${month} ${String(date).padStart(2)} ${time} ${year}`,
  ])();
  if (random.oneIn(4)) {
    // One character more, or another, or less.
    const at = random.below(value.length + 1);
    const odd = random.of(["", " ", "\t", "0", ".", ",", "-", "+", "e", "G", ":", "٥"]);
    value = value.slice(0, at) + odd + value.slice(at + random.below(2));
  }
  // Several fields of one name.
  if (random.oneIn(6)) value += `, ${random.oneIn(4) ? random.below(100) : value}`;
  if (random.oneIn(12)) value = random.of([` ${value}`, `\t${value} `, `${value}\n`, `${value},`]);
  return { [random.of(["retry-after", "retry-after", "retry-after-ms"])]: value };
}

/** As many inputs as are asked for, the same for the same seed. `catalogs` has the name and catalog.json of each. */
export function* inputs(catalogs, count, seed) {
  const random = new Random(seed);
  const surfaces = catalogs.map(([catalog, { surfaces }]) =>
    surfaces.map((surface) => [catalog, surface.id, new Bodies(surface, random)]),
  );
  // The first catalog has a surface for each kind of body, and gets half of all.
  const [first, ...others] = surfaces;
  const rest = others.flat();
  for (let made = 0; made < count; made++) {
    if (made % 10 === 0) {
      yield { catalog: catalogs[0][0], headers: header(random), nowMs: random.upTo(4_102_444_800_000) };
      continue;
    }
    const [catalog, surface, bodies] = random.of(made % 2 === 0 || rest.length === 0 ? first : rest);
    const status = random.oneIn(6) ? null : bodies.status();
    yield { catalog, surface, status, hex: bodies.bytes().toString("hex") };
  }
}
