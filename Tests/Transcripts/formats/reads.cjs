const path = require("node:path");
exports.sep = path.sep;
