import "./gone.mjs";
