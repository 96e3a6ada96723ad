console.log(this === undefined ? "read as a module" : "read as CommonJS");
