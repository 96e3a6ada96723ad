import "./lib";
