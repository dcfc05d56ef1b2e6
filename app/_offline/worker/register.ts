/** Puts the service worker in place, which keeps the screens that work without signal. */
export function registerWorker(): void {
  // Without one everything works as long as there is signal: nothing to tell anybody.
  void navigator.serviceWorker?.register("/sw.js").catch(() => {});
}
