/** Why something could not be saved on the device, and what to do: nothing that was typed is lost by it. */
export const NOT_SAVED = {
  "no-room": "There is no room left on this device. Make room, or send what waits, then save again.",
  locked: "The device was locked meanwhile. Unlock it and save again.",
  storage: "This browser would not keep it. Try again; if it happens again, load the page anew.",
  "too-late": "It was changed or sent elsewhere meanwhile. Look in the outbox for how it stands.",
} as const;
