// Random bodies: one that has a surface's shape, changed in a few places. It is text from the start, since
// no JSON library writes equal keys, `5.0` or half a surrogate.

const TEXTS = [
  "", "a", "None", "null", "n/a", "N/A", "undefined", "true", "404", "0404", "+404", "-0", "5", "-12", "5.0", "1e2",
  " 5", "5\n", "٥", "0x10", "Infinity", "NaN", "503", "0503", "000", "9007199254740991", "9007199254740992",
  "-9007199254740992", "1".repeat(40), "9".repeat(400), "<b>bold</b>", "é\u0000\u2028", "😀", "__proto__",
  "2026-11-27T01:00:00Z",
].map((text) => JSON.stringify(text));

/** Texts with surrogates, which `JSON.stringify` would complete or escape as it likes. */
const SURROGATES = [
  String.raw`"\ud800"`, String.raw`"a\uDFFFb"`, String.raw`"\ude00\ud83d"`, String.raw`"\ud83d\ude00"`,
  String.raw`"\ud83d\ud83d\ude00"`, String.raw`"\\ud800"`, String.raw`"\ud83d\u0041\ud83d\n"`, String.raw`"\uD800\\ude00"`,
];

const NUMBERS = [
  "0", "-0", "-0.0", "0e5", "1", "-1", "5.0", "5.5", "1e2", "1E+2", "12e-1", "120e-1", "0.1", "1e-7", "1e-400", "64.57",
  "200", "399", "400", "404", "404.0", "429", "4.29e2", "503", "599", "600", "2147483.647", "2147483.648", "2147483647",
  "2147483648", "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740991", "-9007199254740993",
  "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "1e20", "1e21", "1e300",
  "-1e300", "1.5e308", "1845.46744073709551615", "9007199254740991.4", "0.30000000000000004", "123456789012345678901234567890.5",
  "2.2250738585072011e-308", "1.7976931348623157e308",
];

const OTHERS = ["null", "null", "true", "false", "{}", "[]", "[null]", "[[]]", "{\"a\":1}", "[1,2]", "[{}]"];

/** What is not JSON, wherever it is. */
const BROKEN = [
  "NaN", "-Infinity", "1e400", "-1e999", `9${"9".repeat(400)}`, "05", "+5", "5.", ".5", "0x10", "'a'", "undefined", "a",
  "True", "None", String.raw`"\x41"`, String.raw`"\ud8"`, "\"a\tb\"", "\"\u0001\"", "٥", "1_000", "[1,]", "{\"a\":1,}", "{a:1}",
  "\"", "[", "{", "//", "/**/1", "1 2", "tru", "-", "- 1", "1e", "\\u0022a\\u0022", "\"\\\"",
];

/** Whole bodies that have nothing to do with a shape. */
const BODIES = [
  "", " ", "\n", "\ufeff", "null", "true", "0", "\"\"", "[]", "{}", "[[]]", "[{}]", "[null]", "[DONE]", "OK",
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body></html>",
  "upstream connect error or disconnect/reset before headers", "<", ">", "a < b > c", "\u001b[31mred\u001b[0m\u0007",
  "\u202eabc\u2066\u200b\u00ad", `${"long ".repeat(40)}`, `${"😀".repeat(120)}`, "error code: 1015", "<!-- a\nb -->c<br",
  "{\"error\"", "data: {}", "\u00a0{}", "{}\f", "\u2028[]", "{}\u0000", "'{}'", "{}{}", "nul", "nulll",
];

/** A part of a body that may be changed: JSON text, an object or an array. */
class Part {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.members === undefined ? this.text : `{${this.members.map(([key, part]) => `${key}:${part}`).join(",")}}`;
  }

  static object(members) {
    const part = new Part();
    part.members = members;
    return part;
  }
}

class List extends Part {
  constructor(elements) {
    super();
    this.elements = elements;
  }

  toString() {
    return `[${this.elements.join(",")}]`;
  }
}

/** Makes bodies of a surface, as `catalog.json` describes it. */
export class Bodies {
  constructor(surface, random) {
    this.shape = surface.shape;
    this.random = random;
    this.codes = surface.errors.map((error) => error.code).filter((code) => code !== null);
    this.statuses = surface.errors.flatMap((error) => error.statuses);
  }

  /** A body, as bytes. */
  bytes() {
    const { random } = this;
    if (random.oneIn(40)) return Buffer.from(random.of(BODIES));
    const holder = new List([this.part(this.shape.body)]);
    for (let changes = random.of([0, 1, 1, 2, 4]); changes > 0; changes--) this.change(holder);
    let text = String(holder).slice(1, -1);
    if (random.oneIn(8)) text = this.changedText(text);
    const bytes = Buffer.from(text);
    return random.oneIn(12) ? this.changedBytes(bytes) : bytes;
  }

  /** A status: one of the surface's, or another. */
  status() {
    const { random } = this;
    return random.oneIn(2) && this.statuses.length > 0
      ? random.of(this.statuses)
      : random.of([200, 200, 201, 302, 399, 400, 401, 404, 418, 429, 499, 500, 502, 503, 504, 599]);
  }

  part(content) {
    const { random } = this;
    if (content.filled_by !== null && content.type !== "list") return new Part(this.filled(content));
    if (content.parts !== null) {
      const texts = content.parts.map((part) => part.text ?? this.within(part));
      return new Part(JSON.stringify(texts.join("")));
    }
    if (content.type === "object") {
      const members = content.members ?? [];
      const there = members.filter((member) => !member.optional || !random.oneIn(3));
      return Part.object(there.map((member) => [JSON.stringify(member.key), this.part(member.value)]));
    }
    if (content.type === "list") {
      const of = content.of ?? { filled_by: "param", type: "any", parts: null };
      return new List(Array.from({ length: random.of([0, 1, 1, 2, 3]) }, () => this.part(of)));
    }
    return new Part(JSON.stringify(content.literal));
  }

  code() {
    const { random } = this;
    return random.oneIn(5) || this.codes.length === 0 ? random.of(["brand_new", 4711, "", 0]) : random.of(this.codes);
  }

  /** A value that fills a placeholder whole. */
  filled({ filled_by, type }) {
    const { random } = this;
    if (filled_by === "code") return JSON.stringify(this.code());
    if (filled_by === "status") {
      const status = random.oneIn(4) ? random.of([200, 399, 500, 600]) : this.status();
      return type === "text" ? `"${status}"` : String(status);
    }
    switch (type) {
      case "integer":
        return String(random.below(2000) - 1000);
      case "number":
        return random.of([String(random.below(1000) / 8), ...NUMBERS]);
      case "wait":
        return random.of([String(random.below(5000) / 10), String(random.below(100)), "0", "1e9", "-1"]);
      case "boolean":
        return random.of(["true", "false"]);
      case "any":
        return random.of([...OTHERS, "1.5", "\"a\"", "{\"b\":[{\"c\":null}]}"]);
      default:
        return random.oneIn(3) ? random.of(TEXTS) : JSON.stringify(random.of(["/data/name", "a word", "Zürich", "错误", "x\"y\\z"]));
    }
  }

  /** A value within a text. */
  within({ filled_by, type }) {
    const { random } = this;
    if (filled_by === "code") return String(this.code());
    if (filled_by === "status") return String(this.status());
    if (type === "integer") return random.of(["7", "-7", "0", "-0", "07", "7.0", "", "9007199254740992", "x"]);
    if (type === "number") return random.of(["1.5", "-1e3", "1.", "0", "1e400", "0x1", "", "Infinity", "00"]);
    if (type === "boolean") return random.of(["true", "false", "True", ""]);
    return random.of(["word", "", "two words", "\n", "😀", "null"]);
  }

  odd() {
    const { random } = this;
    const kind = random.below(20);
    if (kind < 7) return random.of(OTHERS);
    if (kind < 12) return random.of(NUMBERS);
    if (kind < 16) return random.of([...TEXTS, ...this.shape.absent.map((text) => JSON.stringify(text))]);
    if (kind < 17) return random.of(SURROGATES);
    if (kind < 18) return JSON.stringify(this.code());
    if (kind < 19) return random.oneIn(3) ? random.of(BROKEN) : random.of(NUMBERS);
    return this.deep();
  }

  /** Arrays and objects around 127 levels, which is the deepest that a body may be. */
  deep() {
    const levels = 118 + this.random.below(14);
    const [open, close] = this.random.of([["[", "]"], ["{\"a\":", "}"]]);
    return open.repeat(levels) + "0" + close.repeat(levels);
  }

  /** Changes one place of a body: an element of the list, or something within it. */
  change(list) {
    const { random } = this;
    const places = [];
    const walk = (part) => {
      const { members, elements } = part;
      for (const [index, inner] of (members?.map(([, value]) => value) ?? elements ?? []).entries()) {
        places.push([part, index]);
        walk(inner);
      }
    };
    walk(list);
    const [parent, index] = random.of(places);
    const { members, elements } = parent;
    if (members === undefined) {
      const action = random.below(8);
      if (action === 0 && parent !== list) elements.splice(index, 1);
      else if (action === 1 && parent !== list) elements.push(new Part(String(elements[index])));
      else if (action === 2) elements[index] = new List([elements[index]]);
      else elements[index] = new Part(this.odd());
      return;
    }
    const [key, value] = members[index];
    switch (random.below(12)) {
      case 0:
      case 1:
        members.splice(index, 1);
        return;
      case 2:
        members.splice(random.below(members.length + 1), 0, [key, new Part(this.odd())]);
        return;
      case 3:
        members.push([key, new Part(String(value))]);
        return;
      case 4: {
        const keys = [key.toUpperCase(), "\"__proto__\"", "\"code\"", "\"status\"", "\"extra\"", String.raw`"\ud800"`, String.raw`"\u0063ode"`];
        members.splice(random.below(members.length + 1), 0, [random.of(keys), new Part(this.odd())]);
        return;
      }
      case 5:
        members.reverse();
        return;
      case 6:
        members[index] = [key, new List([value])];
        return;
      default:
        members[index] = [key, new Part(this.odd())];
    }
  }

  changedText(text) {
    const { random } = this;
    const at = random.below(text.length + 1);
    switch (random.below(9)) {
      case 0:
        return text.slice(0, at);
      case 1:
        return text + random.of([" ", "\n", "x", "}", "{}", "\u0000", "\u00a0", "\f", ",", "\ufeff"]);
      case 2:
        return random.of(["\ufeff", "\ufeff\ufeff", " ", "\r\n\t ", "\u00a0", "\v", "x", ")]}',\n"]) + text;
      case 3:
        return text.slice(0, at) + random.of([" ", "\n", "\"", ",", "\\", "\u2028", "{", "]", "1", "\u0000"]) + text.slice(at);
      case 4:
        return text.slice(0, at) + text.slice(at + 1);
      case 5:
        return text.replaceAll(":", " :\n").replaceAll(",", "\t,\r ");
      case 6:
        return `${text.slice(0, at)}${random.of(BROKEN)}${text.slice(at)}`;
      case 7:
        return `<html>${text}</html>`;
      default:
        return `[${text}]`;
    }
  }

  /** Bytes that are not UTF-8, or another encoding. */
  changedBytes(bytes) {
    const { random } = this;
    if (random.oneIn(12)) return Buffer.from(`\ufeff${bytes}`, "utf16le");
    const odd = [[0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80], [0x80]];
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.of(odd)), bytes.subarray(at)]);
  }
}
