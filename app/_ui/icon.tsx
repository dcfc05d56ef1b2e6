/**
 * Line icons on a 20 px grid, 1.7 stroke, round ends. An icon never stands alone: words beside it or a label
 * on its button say the same, so every icon is hidden from assistive technology.
 */
import type { ReactNode } from "react";

const SHAPES = {
  add: <path d="M10 4v12M4 10h12" />,
  back: <path d="m12 4-6 6 6 6" />,
  forward: <path d="m8 4 6 6-6 6" />,
  down: <path d="m4 7 6 6 6-6" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  check: <path d="m4 10.5 4 4L16.5 6" />,
  dot: <circle cx="10" cy="10" r="4" fill="currentColor" />,
  dash: <path d="M5 10h10" />,
  right: <path d="M4 10h12M11 5l5 5-5 5" />,
  up: <path d="M5 15 15 5M8 5h7v7" />,
  fall: <path d="M5 5l10 10M15 8v7H8" />,
  change: (
    <>
      <path d="M3 4v12.500h14" />
      <path d="m5.500 12.500 3.500-4 3 2.500 4.500-6" />
    </>
  ),
  search: (
    <>
      <circle cx="9" cy="9" r="5.5" />
      <path d="m13.2 13.2 4 4" />
    </>
  ),
  clock: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 6v4.3l2.8 1.7" />
    </>
  ),
  phone: (
    <path d="M6.5 3 8.3 7 6.6 8.6a10 10 0 0 0 4.8 4.8L13 11.7l4 1.8v2.3c0 .7-.6 1.2-1.3 1.2C9 16.6 3.4 11 3 4.3 3 3.6 3.5 3 4.2 3z" />
  ),
  pin: (
    <>
      <path d="M10 17.5s5.500-5 5.500-9.500a5.500 5.500 0 0 0-11 0c0 4.500 5.500 9.500 5.500 9.500z" />
      <circle cx="10" cy="8" r="2" />
    </>
  ),
  people: (
    <>
      <circle cx="7.5" cy="7" r="3" />
      <path d="M2 16.500c.4-3.200 2.600-5 5.500-5s5.100 1.800 5.500 5M13 4.300a3 3 0 0 1 0 5.400M15 12c1.700.7 2.700 2.300 3 4.500" />
    </>
  ),
  pair: (
    <>
      <circle cx="7.500" cy="10" r="5" />
      <circle cx="12.500" cy="10" r="5" />
    </>
  ),
  together: (
    <>
      <circle cx="6" cy="6" r="2.500" />
      <circle cx="14" cy="6" r="2.500" />
      <circle cx="10" cy="14.500" r="2.500" />
      <path d="M8.500 6h3M7.200 8.200l1.700 4M12.800 8.200l-1.700 4" />
    </>
  ),
  coverage: <path d="M3 5.500h14M3 10h8M3 14.500h11M14 10h3" />,
  person: (
    <>
      <circle cx="10" cy="7" r="3.2" />
      <path d="M4 16.800c.5-3.400 2.900-5.300 6-5.300s5.500 1.900 6 5.300" />
    </>
  ),
  "no-name": (
    <>
      <circle cx="10" cy="10" r="7" strokeDasharray="3 2.6" />
      <path d="M7.900 8.200c0-1.300.9-2.100 2.100-2.100s2.100.8 2.100 2c0 1.600-2.100 1.700-2.100 3.200M10 13.800v.1" />
    </>
  ),
  day: (
    <>
      <rect x="3" y="4.500" width="14" height="12.500" rx="2" />
      <path d="M3 8.500h14M7 2.500v4M13 2.500v4M7.500 12.500l2 2 3.500-3.500" />
    </>
  ),
  map: <path d="m3 5 4.700-2 4.600 2L17 3v12l-4.700 2-4.600-2L3 17zM7.700 3v12M12.300 5v12" />,
  summary: <path d="M3 17h14M5 14v-4M10 14V5M15 14V8" />,
  team: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="2" />
      <circle cx="7.500" cy="9" r="1.700" />
      <path d="M5 13.200c.4-1.200 1.300-1.800 2.500-1.800s2.100.6 2.500 1.800M12.500 8.500h2.500M12.500 11.500h2.500" />
    </>
  ),
  list: (
    <>
      <path d="M8 5h9M8 10h9M8 15h9" />
      <circle cx="3.800" cy="5" r=".8" />
      <circle cx="3.800" cy="10" r=".8" />
      <circle cx="3.800" cy="15" r=".8" />
    </>
  ),
  building: (
    <path d="M4 17V4.500L11 3v14M11 7.500l5 1.500v8M3 17h14M6.500 7.500h2M6.500 10.500h2M6.500 13.500h2" />
  ),
  record: (
    <>
      <path d="M5 3h7l4 4v10H5z" />
      <path d="M12 3v4h4M8 10.500h5M8 13.500h5" />
    </>
  ),
  pact: (
    <>
      <path d="M5 3h7l4 4v10H5zM12 3v4h4" />
      <path d="M7.500 14.200c1.200-2.600 2-2.600 2.300-1.200.3 1.300 1 1.200 1.600.2.400.8 1 1 2 1" />
    </>
  ),
  more: (
    <>
      <circle cx="4.500" cy="10" r="1.100" fill="currentColor" />
      <circle cx="10" cy="10" r="1.100" fill="currentColor" />
      <circle cx="15.500" cy="10" r="1.100" fill="currentColor" />
    </>
  ),
  print: <path d="M6 7V3h8v4M6 14H3V7.500h14V14h-3M6 11.500h8V17H6z" />,
  warn: <path d="M10 3.500 17.500 16.500h-15zM10 8.500v3.500M10 14.200v.1" />,
  shield: (
    <>
      <path d="M10 2.800 16 5v4.500c0 3.600-2.500 6.300-6 7.700-3.500-1.400-6-4.100-6-7.700V5z" />
      <path d="m7.300 9.900 2 2 3.500-3.700" />
    </>
  ),
  house: <path d="m3 9.500 7-6 7 6M5 8.500v8h10v-8" />,
  message: <path d="M3.500 4.500h13v9h-7L6 16.500v-3H3.500z" />,
  mail: <path d="M3 5h14v10H3zM3 6l7 5 7-5" />,
  video: <path d="M3 6h9v8H3zM12 9l5-2.500v7L12 11z" />,
  key: (
    <>
      <circle cx="6.500" cy="13" r="3" />
      <path d="m8.700 10.800 7.300-7.300M13 6.500l2 2M11 8.500l1.500 1.500" />
    </>
  ),
  "no-signal": (
    <>
      <path d="M8.200 5.100A4.600 4.600 0 0 1 14.400 8.500a3.400 3.400 0 0 1 2 5.700M5.500 7.600a3.700 3.700 0 0 0 .2 7.300h7.600" />
      <path d="m3.500 3.500 13 13" />
    </>
  ),
  outbox: <path d="M3 11.500v4.500h14v-4.500M10 12.500V3.500M6.500 7 10 3.500 13.500 7" />,
  lock: (
    <>
      <rect x="4.500" y="9" width="11" height="8" rx="2" />
      <path d="M7 9V6.500a3 3 0 0 1 6 0V9" />
    </>
  ),
  undo: <path d="M7.500 4 4 7.500 7.500 11M4 7.500h7.500a4.300 4.300 0 0 1 0 8.600H9" />,
  swap: <path d="M4 7h12M13 4l3 3-3 3M16 13H4M7 10l-3 3 3 3" />,
  book: (
    <path d="M10 5.500C8.500 4.300 6 4 3 4.200V15.500c3-.2 5.500.1 7 1.300 1.500-1.200 4-1.500 7-1.300V4.200c-3-.2-5.500.1-7 1.300zM10 5.500v11.300" />
  ),
  scales: (
    <path d="M10 3v14M6.500 17h7M4 5.500h12M4 5.500 1.800 11a2.400 2.400 0 0 0 4.400 0zM16 5.500 13.800 11a2.400 2.400 0 0 0 4.400 0z" />
  ),
  "arrow-up": <path d="M10 16V4M5 9l5-5 5 5" />,
  "arrow-down": <path d="M10 4v12M5 11l5 5 5-5" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className="icon"
    >
      {SHAPES[name]}
    </svg>
  );
}
