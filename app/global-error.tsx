"use client";
/** The last resort, when even the frame of the page failed: no styles but the browser's own are sure to be there. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en-GB">
      <body>
        <main>
          <h1>Common Need did not load</h1>
          <p>The fault is on our side. What you saved before is safe.</p>
          <button type="button" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
