import Testing

@testable import Session

/// What Node 24 shows to importers of CommonJS texts, measured there.
@Suite struct CommonJSExportsTests {
  private static let measured: [(text: String, names: [String], exportsDep: Bool)] = [
    (
      #"""
      module.exports = { a, b: 'c', d };
      """#, ["a"], false
    ),
    (
      #"""
      module.exports = { a: b, c: d };
      """#, ["a", "c"], false
    ),
    (
      #"""
      module.exports = { a, b: require('c'), c };
      """#, ["a", "b"], false
    ),
    (
      #"""
      module.exports = { 'x y': a, b };
      """#, ["b", "x y"], false
    ),
    (
      #"""
      module.exports = { a: function(){}, b };
      """#, ["a"], false
    ),
    (
      #"""
      module.exports = { a: 1 };
      """#, [], false
    ),
    (
      #"""
      module.exports = { a: -b, c };
      """#, [], false
    ),
    (
      #"""
      module.exports = { a, ...b, c };
      """#, ["a", "c"], false
    ),
    (
      #"""
      module.exports = { a() {}, b };
      """#, ["a"], false
    ),
    (
      #"""
      module.exports = { a: b.c, d };
      """#, ["a"], false
    ),
    (
      #"""
      module.exports = { a: b(), d };
      """#, ["a"], false
    ),
    (
      #"""
      exports.a = exports.b = void 0;
      """#, ["a", "b"], false
    ),
    (
      #"""
      exports['a b'] = 1; exports[`t`] = 2;
      """#, ["a b"], false
    ),
    (
      #"""
      exports.a == 1; exports.c += 1
      """#, ["a"], false
    ),
    (
      #"""
      if (x) { exports.late = 1 }
      """#, ["late"], false
    ),
    (
      #"""
      function f() { exports.infn = 1 }
      """#, ["infn"], false
    ),
    (
      #"""
      foo.exports.a = 1; this.exports.b = 1
      """#, [], false
    ),
    (
      #"""
      var exports = {}; exports.q = 1
      """#, ["q"], false
    ),
    (
      #"""
      Object.defineProperty(exports, 'a', { value: 1 });
      """#, ["a"], false
    ),
    (
      #"""
      Object.defineProperty(exports, 'a', { enumerable: false, value: 1 });
      """#, [], false
    ),
    (
      #"""
      Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return q.p; } });
      """#, ["a"], false
    ),
    (
      #"""
      Object.defineProperty(exports, 'a', { enumerable: true, get() { return q; } });
      """#, ["a"], false
    ),
    (
      #"""
      Object.defineProperty(exports, 'a', { enumerable: true, get: () => q });
      """#, [], false
    ),
    (
      #"""
      Object.defineProperty(exports, 'a', { get: function () { return q.p; } });
      """#, ["a"], false
    ),
    (
      #"""
      Object.defineProperty(module.exports, 'a', { enumerable: true, value: 1 });
      """#, ["a"], false
    ),
    (
      #"""
      // exports.com = 1
      /* exports.com2 = 1 */ 'exports.s = 1'; `exports.t = 1 ${exports.u = 3}`; /exports.r = 1/.test(''); exports.ok = 1
      """#, ["ok", "u"], false
    ),
    (
      #"""
      a = b / exports.x / 2; exports.y = 1 / 2
      """#, ["y"], false
    ),
    (
      #"""
      module['exports'].z = 1
      """#, [], false
    ),
    (
      #"""
      module.exports = foo; exports.c = 1; module.exports.d = 2
      """#, ["c", "d"], false
    ),
    (
      #"""
      exports . a = 1; exports
      .b
      = 2; exports.c/*x*/= 3
      """#, ["a", "b", "c"], false
    ),
    (
      #"""
      exports.a = 1, exports.b = 2; (exports.c = 3)
      """#, ["a", "b", "c"], false
    ),
    (
      #"""
      module.exports = require('./dep.cjs');
      """#, [], true
    ),
    (
      #"""
      __exportStar(require('./dep.cjs'), exports)
      """#, [], true
    ),
    (
      #"""
      tslib_1.__exportStar(require('./dep.cjs'), exports)
      """#, [], true
    ),
    (
      #"""
      __export(require('./dep.cjs'))
      """#, [], true
    ),
    (
      #"""
      module.exports = { ...require('./dep.cjs'), q };
      """#, ["q"], true
    ),
    (
      #"""
      exports.default = 1; exports.__esModule = true
      """#, ["__esModule"], false
    ),
    (
      #"""
      0 && (module.exports = { a, b, c })
      """#, ["a", "b", "c"], false
    ),
    (
      #"""
      module.exports = { get a() {}, b }
      """#, [], false
    ),
    (
      #"""
      exports?.a; exports.ü = 1; exports.$ = 2
      """#, ["$", "ü"], false
    ),
    (
      #"""
      Object.keys(_d).forEach(function (k) { if (k === 'default' || k === '__esModule') return; if (k in exports && exports[k] === _d[k]) return; Object.defineProperty(exports, k, { enumerable: true, get: function () { return _d[k]; } }); });
      """#, [], false
    ),
    (
      #"""
      var _d = require('./dep.cjs'); Object.keys(_d).forEach(function (k) { if (k === 'default' || k === '__esModule') return; exports[k] = _d[k]; });
      """#, [], true
    ),
    (
      #"""
      module.exports = class { a = 1 }
      """#, [], false
    ),
    (
      #"""
      module.exports.a.b = 1
      """#, [], false
    ),
    (
      #"""
      exports.a.b = 1; exports.c[0] = 1
      """#, [], false
    ),
    (
      #"""
      return 1; exports.after = 1
      """#, ["after"], false
    ),
    (
      #"""
      let x = { exports: 1 }; x.module.exports = { q }
      """#, [], false
    ),
    (
      #"""
      const { a } = exports; exports = module.exports = { b, c }
      """#, ["b", "c"], false
    ),
    (
      #"""
      module.exports = { a // c
      , b /* d */, }
      """#, ["a", "b"], false
    ),
    (
      #"""
      var a = require('./dep.cjs'); module.exports = a; 
      """#, [], false
    ),
    (
      #"""
      module.exports = { a: a, 'b': b, c }
      """#, ["a", "b", "c"], false
    ),
    (
      #"""
      if (a) /exports.r = 1/.exec(b); exports.q = 1
      """#, ["q"], false
    ),
  ]

  @Test func `the names that a text gives away are Node's`() {
    for (text, names, exportsDep) in Self.measured {
      let found = CommonJSExports(of: Array(text.utf8))
      #expect(found.names.filter { $0 != "default" }.sorted() == names, "\(text)")
      #expect(found.reexports == (exportsDep ? ["./dep.cjs"] : []), "\(text)")
    }
  }
}
