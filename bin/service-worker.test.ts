import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { filesOfShells } from "./service-worker";

const built = mkdtempSync(join(tmpdir(), "common-need-built-"));
afterAll(() => rmSync(built, { recursive: true, force: true }));

const write = (path: string, text: string) => {
  const file = join(built, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

/** A build of the field screens and one other page, as the pages' own lists name its files. */
function writeBuild(): void {
  const routes: Record<string, string> = { "/(casework)/map/page": "/map" };
  for (const name of ["people", "contact", "outbox", "details"]) {
    const page = `/(field)/${name}/page`;
    routes[page] = `/${name}`;
    write(
      `server/app${page}_client-reference-manifest.js`,
      `"/_next/static/chunks/app-1.js" "server/chunks/ssr/secret.js"`,
    );
    write(
      `server/app${page}/build-manifest.json`,
      `["static/chunks/root.js","static/chunks/turbopack-a.b~c.js"]`,
    );
    write(`server/app${page}/next-font-manifest.json`, `["static/media/hyper-s.p.1o9o6.woff2"]`);
  }
  write("app-path-routes-manifest.json", JSON.stringify(routes));
  write("static/chunks/root.js", `load("static/chunks/later.js")`);
  write(
    "static/chunks/later.js",
    `load("static/chunks/root.js","static/chunks/latest.js","static/chunks/never-built.js")`,
  );
  write("static/chunks/latest.js", "");
  write("static/chunks/turbopack-a.b~c.js", "");
  write("static/chunks/app-1.js", `"static/chunks/app.css"`);
  write("static/chunks/app.css", "@font-face{src:url(../media/other.woff2)}");
  write("static/chunks/map.js", "");
  for (const font of ["hyper-s.p.1o9o6", "other"]) write(`static/media/${font}.woff2`, "");
}

test("a shell's files are found, also those that are loaded later, and no other page's", () => {
  writeBuild();
  expect(filesOfShells(built)).toEqual([
    "/_next/static/chunks/app-1.js",
    "/_next/static/chunks/app.css",
    "/_next/static/chunks/later.js",
    "/_next/static/chunks/latest.js",
    "/_next/static/chunks/root.js",
    "/_next/static/chunks/turbopack-a.b~c.js",
    "/_next/static/media/hyper-s.p.1o9o6.woff2",
    "/_next/static/media/other.woff2",
  ]);
});

test("a build whose lists are not where they were is refused, and not served without its files", () => {
  writeBuild();
  write("app-path-routes-manifest.json", `{"/(field)/people/page":"/people"}`);
  expect(() => filesOfShells(built)).toThrow("The page /contact is not in the build.");
  writeBuild();
  rmSync(join(built, "static"), { recursive: true });
  expect(() => filesOfShells(built)).toThrow("not found");
});
