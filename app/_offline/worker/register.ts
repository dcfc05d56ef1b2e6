/** Puts the service worker in place, which keeps the screens that work without signal. */
export function registerWorker(): void {
  // Without one everything works as long as there is signal: nothing to tell anybody.
  void navigator.serviceWorker?.register("/sw.js").catch(() => {});
}

/** Whether the app of this device begins in the field: then its first page opens without asking anybody. */
export async function tellHome(isField: boolean): Promise<void> {
  const worker = (await navigator.serviceWorker?.getRegistration())?.active;
  worker?.postMessage(isField ? "home-is-the-field" : "home-is-elsewhere");
}
