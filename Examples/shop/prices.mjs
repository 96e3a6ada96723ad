import { round } from "./money.mjs";

export const priceOf = (item) => round(item.count * item.price);
