// A program with two cycles: the cart and its prices, and a module that imports itself.
import { total } from "./cart.mjs";
import { log } from "./log.mjs";
import stock from "./stock.json" with { type: "json" };

log(`total ${total(stock)}`);
