/** How the page of a summary looks: the paper of the look book on a desk, a phone and a printer. One style, one face. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** From where the product is started: in the built web a module has no folder of its own. */
const FACE =
  "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2";

/** The style with its face inside, so that the page stands alone. */
export function pageStyle(): string {
  const face = readFileSync(join(process.cwd(), FACE)).toString("base64");
  return `@font-face { font-family: "Atkinson Hyperlegible Next"; font-weight: 200 800; src: url(data:font/woff2;base64,${face}) format("woff2"); }\n${RULES}`;
}

const RULES = `
:root { color-scheme: light; --ink: #1a211e; --ink-2: #454e49; --ink-3: #626a64; --line: #dedacf; --brand: #1a594d; --sunk: #efece4; }
* { box-sizing: border-box; }
body { margin: 0; background: #f7f5f0; color: var(--ink); font: 16px/1.5 "Atkinson Hyperlegible Next", Verdana, sans-serif; }
.sheet { max-width: 1088px; margin: 32px auto; padding: 56px 60px 40px; background: #fff; border: 1px solid var(--line); border-radius: 4px; }
p { margin: 0 0 12px; max-width: 44em; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.2; overflow-wrap: anywhere; }
h1 { margin: 0 0 12px; max-width: 18em; font-size: 40px; font-weight: 700; letter-spacing: -0.02em; text-wrap: balance; }
h2 { margin: 0 0 12px; font-size: 22px; font-weight: 650; letter-spacing: -0.01em; }
h3 { margin: 24px 0 4px; font-size: 17px; font-weight: 650; }
a { color: var(--brand); text-underline-offset: 3px; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid #fd0; outline-offset: 2px; box-shadow: 0 0 0 5px var(--ink); }
.from { max-width: none; display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin-bottom: 20px; color: var(--ink-2); font-size: 15px; }
.for { margin-left: auto; }
.lead { font-size: 18px; color: var(--ink-2); max-width: 40em; }
.edited, .consent { color: var(--ink-3); font-size: 13px; }
.basis { font-size: 14px; color: var(--ink-2); }
.basis.exact { padding: 8px 12px; border-left: 4px solid #7a4f00; background: #fbf0d5; color: var(--ink); }
.headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 24px; margin: 32px 0 0; padding: 24px 0; border-top: 2px solid var(--ink); border-bottom: 1px solid var(--line); }
.headlines > div { display: flex; flex-direction: column; }
.headlines dt { order: 2; font-weight: 650; line-height: 1.3; }
.headlines dd { display: contents; }
.headlines strong { order: 1; font-size: 46px; font-weight: 700; line-height: 1.1; letter-spacing: -0.02em; overflow-wrap: anywhere; }
.headlines small { order: 3; font-size: 14px; color: var(--ink-2); }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 16px 0 0; padding: 0; list-style: none; font-size: 15px; }
nav a { display: inline-block; padding: 4px 0; }
.section { display: grid; grid-template-columns: minmax(0, 1fr) 236px; gap: 20px 52px; margin-top: 40px; }
.content { min-width: 0; }
.notes { border-top: 2px solid var(--ink); padding-top: 6px; font-size: 14px; color: var(--ink-2); align-self: start; }
.notes dl { margin: 0; }
.notes dl > div { margin-bottom: 10px; overflow-wrap: anywhere; }
.notes dt { color: var(--ink); font-weight: 650; }
.notes dd { margin: 0; }
.says { color: var(--ink-2); }
figure { margin: 8px 0 12px; }
.narrow { display: none; }
.chart svg { display: block; max-width: 100%; height: auto; }
.story { margin-top: 16px; padding-left: 20px; border-left: 3px solid var(--brand); }
.story blockquote { margin: 0; font-size: 20px; line-height: 1.45; }
.story figcaption { color: var(--ink-2); font-size: 14px; }
.consent { display: block; }
details { margin: 8px 0 20px; }
summary { display: inline-block; padding: 10px 0; color: var(--brand); font-weight: 650; cursor: pointer; }
summary::before { content: "+ "; }
details[open] > summary::before { content: "– "; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; min-width: 100%; font-size: 15px; font-variant-numeric: tabular-nums; }
caption { padding: 4px 0 8px; text-align: left; color: var(--ink-2); font-size: 14px; }
th, td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--ink); font-weight: 650; vertical-align: bottom; }
tbody th { font-weight: 400; }
.number { text-align: right; }
.said { color: var(--ink-2); }
.boxes { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 12px 40px; margin-top: 48px; padding: 24px 28px; border-radius: 10px; background: var(--sunk); }
.boxes h2, .changes h2 { font-size: 17px; }
.boxes ul, .changes ul { margin: 0; padding-left: 18px; color: var(--ink-2); font-size: 15px; }
.boxes li, .changes li { margin-bottom: 6px; overflow-wrap: anywhere; }
.changes { margin-top: 32px; }
footer { margin-top: 28px; color: var(--ink-3); font-size: 14px; }
@media (max-width: 800px) {
  .sheet { margin: 0; padding: 24px 16px; border: 0; }
  .section { grid-template-columns: minmax(0, 1fr); }
  h1 { font-size: 30px; }
  .headlines { grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); }
  .headlines strong { font-size: 36px; }
}
@media screen and (max-width: 560px) {
  .wide { display: none; }
  .narrow { display: block; }
}
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  body { background: #fff; font-size: 10.5pt; }
  .sheet { margin: 0; padding: 0; border: 0; max-width: none; }
  .section { grid-template-columns: minmax(0, 1fr) 44mm; gap: 6mm; }
  .boxes { border: 1px solid var(--line); print-color-adjust: exact; }
  nav, summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  h2, h3, .says, caption, thead { break-after: avoid; }
  .chart, .story, tr, .headlines { break-inside: avoid; }
}
`;
