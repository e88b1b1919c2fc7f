// The hostile catalogs as data: each text of the YAML and JSON outputs equals the catalog's by each
// parser people use, the package says the same through its API, and a page of HTML by a template of
// a user's own shows it. Never compares with what errcat made of a text.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as jsYaml from "js-yaml";
import { parseFragment } from "parse5";
import * as yaml from "yaml";
import { everyResponse, FORMS } from "./openapi-kit.mjs";
import { hostile, hostileInput, run, temporaryFolder, visible } from "./support.mjs";

const PARSERS = {
  "js-yaml": (text) => jsYaml.load(text),
  "yaml, version 1.2": (text) => yaml.parse(text, { version: "1.2" }),
  "yaml, version 1.1": (text) => yaml.parse(text, { version: "1.1" }),
};

const catalog = hostileInput("catalog/all");
const texts = catalog.surfaces.find(({ id }) => id === "texts");

/** A text in which errcat left no placeholder. */
const unescaped = (text) => text.replaceAll("<<", "<");

describe("the OpenAPI document", () => {
  for (const form of FORMS) {
    const { fragment } = everyResponse(hostile("catalog/all.yaml"), form);
    const source = readFileSync(fragment, "utf8");
    for (const [name, parse] of Object.entries(PARSERS)) {
      test(`holds each text, by ${name}: ${form.version}, ${form.codes}`, () => {
        const document = parse(source);
        assert.equal(document.info.title, `${catalog.product}: ${catalog.title}`);
        assert.equal(document.info.version, catalog.version);
        assert.deepEqual(document.info.contact, catalog.contact);
        assert.equal(document.info.license.name, catalog.license);
        assert.deepEqual(
          document.servers.map(({ url }) => url),
          catalog.surfaces.flatMap(({ servers }) => servers ?? []),
        );
        const { schemas, examples } = document.components;
        for (const { code, meaning, params, values } of texts.errors) {
          const { summary, value } = examples[`texts-${code}`];
          assert.equal(summary, `${code}: ${meaning}`);
          const { detail, extra } = params;
          const [before, after] = values.told.split("<detail>").map(unescaped);
          assert.deepEqual(value, {
            error: code,
            about: meaning,
            detail: detail.example,
            plain: "...",
            extra: extra.example,
            fixed: unescaped(values.fixed),
            told: before + detail.example + after,
            data: values.data,
          });
        }
        // Each code is itself, whatever it is called.
        const { errors } = catalog.surfaces.find(({ id }) => id === "as_they_are");
        const sent = Object.entries(examples).filter(([key]) => key.startsWith("as_they_are-"));
        assert.deepEqual(
          sent.map(([, { value }]) => value),
          errors.map(({ code }) => ({ error: code, in: `/*${code}*/` })),
        );
        const { body } = catalog.surfaces.find(({ id }) => id === "keys").shape;
        const keys = Object.keys(body).map((key) => key.replace(/\?$/, ""));
        assert.deepEqual(Object.keys(schemas.KeysError.properties).sort(), keys.sort());
        for (const [key, value] of Object.entries(body)) {
          if (typeof value !== "string" || value.includes("<")) continue;
          assert.equal(schemas.KeysError.properties[key.replace(/\?$/, "")].enum[0], value);
        }
        // The code is between two texts.
        for (const { id, shape, errors } of catalog.surfaces.filter(({ shape }) => shape.body.literal)) {
          const name = id.split("_").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
          const schema = schemas[`${name}ErrorCode`];
          const codes = errors.map(({ code }) => shape.body.error.replace("<code>", () => code));
          assert.deepEqual(schema.enum ?? schema["x-extensible-enum"], codes);
        }
      });
    }
  }
});

test("the package says each text, and knows no code but its own", async () => {
  const folder = hostile("catalog/all/typescript");
  const module = await import(pathToFileURL(join(folder, "index.js")));
  for (const error of texts.errors) {
    const row = module.textsErrors[error.code];
    assert.deepEqual([row.meaning, row.fix, row.tags], [error.meaning, error.fix, error.tags]);
    assert.deepEqual(row.deprecated, error.deprecated);
  }
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    assert.equal(module.isTextsCode(name), false, name);
    assert.equal(module.readTextsError(400, { error: name }).code, undefined, name);
    const known = catalog.surfaces.filter(({ errors }) => errors.some(({ code }) => code === name));
    const surfaces = catalog.surfaces.filter(({ id }) => /^codes_/.test(id));
    for (const { id } of surfaces) {
      const isCode = module[`isCodes${id.slice(6)}Code`];
      assert.equal(isCode(name), known.some((surface) => surface.id === id), `${id}: ${name}`);
    }
  }
  // Tools search whole files for these, strings and comments too.
  for (const file of ["index.js", "index.d.ts"]) {
    const source = readFileSync(join(folder, file), "utf8");
    assert.doesNotMatch(source, /source(Mapping)?URL=|<\/script|<!--/i);
  }
});

test("a page of HTML by a template of one's own shows each text, and nothing of it acts", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "own/page"), { recursive: true });
  writeFileSync(join(folder, "own/page/page.html.j2"), PAGE);
  const outputs = [{ catalog: hostile("catalog/all.yaml"), target: "page", out: "out" }];
  const config = { errcat: 1, templates: "own", outputs };
  writeFileSync(join(folder, "errcat.yaml"), JSON.stringify(config));
  run(resolve(process.env.ERRCAT), ["generate"], folder);
  const page = parseFragment(readFileSync(join(folder, "out/page.html"), "utf8"));
  const items = page.childNodes.filter(({ nodeName }) => nodeName === "p");
  assert.equal(items.length, texts.errors.length);
  for (const [i, { meaning }] of texts.errors.entries()) {
    assert.deepEqual(items[i].attrs, [{ name: "title", value: meaning }]);
    const parts = items[i].childNodes;
    const text = (part) => part.value ?? part.childNodes.map(({ value }) => value).join("");
    assert.ok(parts.every(({ nodeName }) => ["#text", "code", "a"].includes(nodeName)), meaning);
    for (const link of parts.filter(({ nodeName }) => nodeName === "a")) {
      assert.match(text(link), /^https?:\/\//);
      assert.deepEqual(link.attrs, [{ name: "href", value: text(link) }]);
    }
    assert.equal(parts.map(text).join(""), visible(meaning));
  }
});

const PAGE = `{% for surface in catalog.surfaces if surface.id == "texts" %}
{% for error in surface.errors %}
<p title={{ error.meaning | html_attr }}>{{ error.meaning | html }}</p>
{% endfor %}
{% endfor %}
`;
