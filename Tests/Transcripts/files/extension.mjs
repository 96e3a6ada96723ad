import "./util";
