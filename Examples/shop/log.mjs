import * as self from "./log.mjs";

export const log = (text) => console.log(`${Object.keys(self).join()}: ${text}`);
