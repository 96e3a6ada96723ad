import { priceOf } from "./prices.mjs";

export const tax = 1.25;
export const total = (stock) => stock.reduce((sum, item) => sum + priceOf(item), 0);
