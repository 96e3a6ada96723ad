import { tax } from "./cart.mjs";
import { log } from "./log.mjs";

export const round = (amount) => Math.round(amount * tax);
log("money is ready");
