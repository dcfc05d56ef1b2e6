export const map = null;
