extension InspectorCases {
  static let objects: [(expression: String, expected: String)] = [
    ("new Map", "Map(0) {}"),
    ("new Map([[1,2]])", "Map(1) { 1 => 2 }"),
    ("new Map([[{a:1},[1]]])", "Map(1) { { a: 1 } => [ 1 ] }"),
    (
      "new Map([['a',new Map([['b',new Map([['c',new Map([[1,2]])]])]])]])",
      "Map(1) { 'a' => Map(1) { 'b' => Map(1) { 'c' => [Map] } } }"
    ),
    ("Object.assign(new Map([[1,2]]),{x:1})", "Map(1) { 1 => 2, x: 1 }"),
    ("Object.assign(new Map,{x:1})", "Map(0) { x: 1 }"),
    ("new (class M extends Map{})([[1,2]])", "M(1) [Map] { 1 => 2 }"),
    ("Object.setPrototypeOf(new Map([[1,2]]),null)", "[Map(1): null prototype] { 1 => 2 }"),
    ("Object.setPrototypeOf(new Map([[1,2]]),Object.prototype)", "{}"),
    ("new Set", "Set(0) {}"),
    ("new Set([1,'a'])", "Set(2) { 1, 'a' }"),
    ("new Set([[1],{a:1}])", "Set(2) { [ 1 ], { a: 1 } }"),
    ("new (class S extends Set{})", "S(0) [Set] {}"),
    ("Object.setPrototypeOf(new Set([1]),null)", "[Set(1): null prototype] { 1 }"),
    ("new WeakMap", "WeakMap { <items unknown> }"),
    ("new WeakSet", "WeakSet { <items unknown> }"),
    ("new WeakRef({})", "WeakRef {}"),
    ("new (class W extends WeakMap{})", "W [WeakMap] { <items unknown> }"),
    ("new FinalizationRegistry(()=>{})", "FinalizationRegistry {}"),
    ("new Uint8Array(3)", "Uint8Array(3) [ 0, 0, 0 ]"),
    ("new Uint8Array", "Uint8Array(0) []"),
    (
      "new Uint8Array(200)",
      #"""
      Uint8Array(200) [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0,
        ... 100 more items
      ]
      """#
    ),
    ("new BigInt64Array(2)", "BigInt64Array(2) [ 0n, 0n ]"),
    ("new Float32Array([1.5,-0,NaN])", "Float32Array(3) [ 1.5, -0, NaN ]"),
    ("new Float64Array([0.1])", "Float64Array(1) [ 0.1 ]"),
    ("Object.assign(new Int8Array(2),{x:1})", "Int8Array(2) [ 0, 0, x: 1 ]"),
    ("new (class U extends Uint8Array{})(2)", "U(2) [Uint8Array] [ 0, 0 ]"),
    ("Object.setPrototypeOf(new Uint8Array(2),null)", "[Uint8Array(2): null prototype] [ 0, 0 ]"),
    (
      "new Uint8ClampedArray(7)",
      #"""
      Uint8ClampedArray(7) [
        0, 0, 0, 0,
        0, 0, 0
      ]
      """#
    ),
    ("new ArrayBuffer(4)", "ArrayBuffer { [Uint8Contents]: <00 00 00 00>, [byteLength]: 4 }"),
    ("new ArrayBuffer(0)", "ArrayBuffer { [Uint8Contents]: <>, [byteLength]: 0 }"),
    (
      "Object.assign(new ArrayBuffer(1),{x:1})",
      "ArrayBuffer { [Uint8Contents]: <00>, [byteLength]: 1, x: 1 }"
    ),
    (
      "new DataView(new ArrayBuffer(2))",
      #"""
      DataView {
        [byteLength]: 2,
        [byteOffset]: 0,
        [buffer]: ArrayBuffer { [Uint8Contents]: <00 00>, [byteLength]: 2 }
      }
      """#
    ),
    (
      "new DataView(new ArrayBuffer(8),2,4)",
      #"""
      DataView {
        [byteLength]: 4,
        [byteOffset]: 2,
        [buffer]: ArrayBuffer {
          [Uint8Contents]: <00 00 00 00 00 00 00 00>,
          [byteLength]: 8
        }
      }
      """#
    ),
    (
      "(()=>{const b=new ArrayBuffer(4);b.transfer();return b})()",
      "ArrayBuffer { (detached), [byteLength]: 0 }"
    ),
    (
      "({b:new ArrayBuffer(4)})",
      "{ b: ArrayBuffer { [Uint8Contents]: <00 00 00 00>, [byteLength]: 4 } }"
    ),
    (
      "[new DataView(new ArrayBuffer(2))]",
      #"""
      [
        DataView {
          [byteLength]: 2,
          [byteOffset]: 0,
          [buffer]: ArrayBuffer { [Uint8Contents]: <00 00>, [byteLength]: 2 }
        }
      ]
      """#
    ),
    (
      "(()=>{const b=new ArrayBuffer(4);const u=new Uint8Array(b);b.transfer();return u})()",
      "Uint8Array(0) []"
    ),
    ("new Date(0)", "1970-01-01T00:00:00.000Z"),
    ("new Date(NaN)", "Invalid Date"),
    ("new Date(1e12)", "2001-09-09T01:46:40.000Z"),
    ("Object.assign(new Date(0),{a:1})", "1970-01-01T00:00:00.000Z { a: 1 }"),
    ("new (class D extends Date{})(0)", "D 1970-01-01T00:00:00.000Z"),
    ("Object.setPrototypeOf(new Date(0),null)", "[Date: null prototype] 1970-01-01T00:00:00.000Z"),
    ("Object.setPrototypeOf(new Date(0),Object.prototype)", "{}"),
    ("/a/", "/a/"),
    (#"/a[b](c)+\d\//gimsuy"#, #"/a[b](c)+\d\//gimsuy"#),
    ("new RegExp('')", "/(?:)/"),
    ("Object.assign(/a/,{b:1})", "/a/ { b: 1 }"),
    ("new (class R extends RegExp{})('x','g')", "R /x/g"),
    ("Object.setPrototypeOf(/a/,null)", "[RegExp: null prototype] /a/"),
    (#"/a\n/"#, #"/a\n/"#),
    (#"new RegExp('\n')"#, #"/\n/"#),
    ("Object(1)", "[Number: 1]"),
    ("Object(-0)", "[Number: -0]"),
    ("Object('abc')", "[String: 'abc']"),
    ("Object('')", "[String: '']"),
    ("Object(true)", "[Boolean: true]"),
    ("Object(Symbol('a'))", "[Symbol: Symbol(a)]"),
    ("Object(1n)", "[BigInt: 1n]"),
    ("Object.assign(Object('abc'),{x:1})", "[String: 'abc'] { x: 1 }"),
    ("new (class N extends Number{})(3)", "[Number (N): 3]"),
    ("Object.setPrototypeOf(new Number(3),null)", "[Number (null prototype): 3]"),
    ("Object.setPrototypeOf(new String('q'),null)", "[String (null prototype): 'q']"),
    ("Object.defineProperty(Object(1),Symbol.toStringTag,{value:'T'})", "[Number: 1] [T]"),
    (#"[Object('a\nb')]"#, #"[ [String: 'a\nb'] ]"#),
    ("(function f(){})", "[Function: f]"),
    ("(function(){})", "[Function (anonymous)]"),
    ("(()=>1)", "[Function (anonymous)]"),
    ("(async()=>{})", "[AsyncFunction (anonymous)]"),
    ("(async function a(){})", "[AsyncFunction: a]"),
    ("(async function*a(){})", "[AsyncGeneratorFunction: a]"),
    ("(function*(){})", "[GeneratorFunction (anonymous)]"),
    ("(function*g(){})", "[GeneratorFunction: g]"),
    ("Object.assign(function(){}, {a:1})", "[Function (anonymous)] { a: 1 }"),
    (
      "Object.assign(function f(){}, {a:1,b:{c:{d:{}}}})",
      "[Function: f] { a: 1, b: { c: { d: {} } } }"
    ),
    ("Object.setPrototypeOf(function f(){},null)", "[Function (null prototype): f]"),
    ("Object.setPrototypeOf(()=>{},null)", "[Function (null prototype) (anonymous)]"),
    ("Object.setPrototypeOf(async()=>{},null)", "[AsyncFunction (null prototype) (anonymous)]"),
    ("Object.defineProperty(function f(){},Symbol.toStringTag,{value:'T'})", "[Function: f] [T]"),
    ("Object.defineProperty(function f(){},'name',{value:''})", "[Function (anonymous)]"),
    ("Object.defineProperty(function f(){},'name',{value:5})", "[Function: 5]"),
    ("Object.defineProperty(function f(){},'name',{value:'a b'})", "[Function: a b]"),
    ("(class A{})", "[class A]"),
    ("(class{})", "[class (anonymous)]"),
    ("(class A{static x=1;static y(){}})", "[class A] { x: 1 }"),
    ("(()=>{class B{};return class A extends B{}})()", "[class A extends B]"),
    ("(()=>{class B{};return class extends B{}})()", "[class (anonymous) extends B]"),
    ("(class extends null{})", "[class (anonymous)]"),
    ("(class X extends null{})", "[class X]"),
    ("(class extends Array{})", "[class (anonymous) extends Array]"),
    ("Object.setPrototypeOf(class A{},null)", "[class A extends [null prototype]]"),
    ("(class A{static name='q'})", "[class q] { name: 'q' }"),
    ("(class A{static [Symbol.toStringTag]='T'})", "[class A] { Symbol(Symbol.toStringTag): 'T' }"),
    ("(class/*c*/A{})", "[class A]"),
    ("({class(){}}).class", "[Function: class]"),
    ("({'class x'(){}})", "{ 'class x': [Function: class x] }"),
    ("({get:function(){}}).get", "[Function: get]"),
    ("(function(){}).bind()", "[Function: bound ]"),
    ("(function f(){}).bind()", "[Function: bound f]"),
    ("Math.max", "[Function: max]"),
    ("Array", "[Function: Array]"),
    ("Object", "[Function: Object]"),
    ("Function", "[Function: Function]"),
    ("Symbol", "[Function: Symbol]"),
    ("Proxy", "[Function: Proxy]"),
    ("Function.prototype", "[Function (anonymous)] Object"),
    ("[class A{},function b(){}]", "[ [class A], [Function: b] ]"),
    ("new Function('a','return a')", "[Function: anonymous]"),
    ("({[Symbol('q')](){}})", "{ Symbol(q): [Function: [q]] }"),
    ("({[Symbol()](){}})", "{ Symbol(): [Function (anonymous)] }"),
    ("new (class Foo{})", "Foo {}"),
    ("new (class Foo{constructor(){this.x=1} get y(){return 1}})", "Foo { x: 1 }"),
    ("new (class{})", "{}"),
    ("new (class{a=1})", "{ a: 1 }"),
    ("new (class Foo extends (class Bar{}){})", "Foo {}"),
    ("new (class Foo{get [Symbol.toStringTag](){return 'bar'}})", "Foo [bar] {}"),
    ("new (class Foo{get [Symbol.toStringTag](){return 'Foo'}})", "Foo {}"),
    ("new (class Foo{[Symbol.toStringTag]='own'})", "Foo { Symbol(Symbol.toStringTag): 'own' }"),
    ("new (class Foo{#p=1;q=2})", "Foo { q: 2 }"),
    ("(class Foo{}).prototype", "{}"),
    ("Object.create((class Foo{}).prototype)", "Foo {}"),
    ("Object.create({})", "{}"),
    ("Object.create({a:1})", "{}"),
    ("Object.create(Object.create(null))", "Object <[Object: null prototype] {}> {}"),
    (
      "Object.create(Object.create(Object.create(null)))",
      "Object <Object <[Object: null prototype] {}>> {}"
    ),
    ("Object.create({constructor:5})", "{}"),
    ("Object.create(Array.prototype)", "Array {}"),
    ("Object.create(Map.prototype)", "Map {}"),
    ("Object.create(Date.prototype)", "Date {}"),
    ("Object.create(Error.prototype)", "[Error]"),
    ("Object.create(Function.prototype)", "Function {}"),
    ("new (function Foo(){this.a=1})", "Foo { a: 1 }"),
    ("Object.prototype", "[Object: null prototype] {}"),
    ("Array.prototype", "Object(0) []"),
    ("Map.prototype", "Object [Map] {}"),
    ("Set.prototype", "Object [Set] {}"),
    ("Date.prototype", "{}"),
    ("RegExp.prototype", "{}"),
    ("Error.prototype", "{}"),
    ("TypeError.prototype", "[Error [TypeError]]"),
    ("Symbol.prototype", "Object [Symbol] {}"),
    ("Promise.prototype", "Object [Promise] {}"),
    ("Number.prototype", "{}"),
    ("String.prototype", "{}"),
    ("Boolean.prototype", "{}"),
    ("BigInt.prototype", "Object [BigInt] {}"),
    ("WeakMap.prototype", "Object [WeakMap] {}"),
    ("Uint8Array.prototype", "TypedArray {}"),
    ("ArrayBuffer.prototype", "Object [ArrayBuffer] {}"),
    ("DataView.prototype", "Object [DataView] {}"),
    ("(function*(){}).prototype", "Object [Generator] {}"),
    ("Object.getPrototypeOf(function*(){})", "Function [GeneratorFunction] {}"),
    ("Object.getPrototypeOf(async()=>{})", "Function [AsyncFunction] {}"),
    ("Object.getPrototypeOf([][Symbol.iterator]())", "Object [Array Iterator] {}"),
    ("Iterator.prototype", "Object [Iterator] {}"),
    ("Iterator", "[Function: Iterator]"),
    ("new (class I extends Iterator{})", "I [Iterator] {}"),
    ("(function(){return arguments})(1,2)", "[Arguments] { '0': 1, '1': 2 }"),
    ("(function(){return arguments})()", "[Arguments] {}"),
    ("(function(){'use strict';return arguments})({a:1})", "[Arguments] { '0': { a: 1 } }"),
    ("Math", "Object [Math] {}"),
    ("JSON", "Object [JSON] {}"),
    ("Reflect", "Object [Reflect] {}"),
    ("Atomics", "Object [Atomics] {}"),
    ("Intl", "Object [Intl] {}"),
    ("new Intl.NumberFormat('en')", "NumberFormat [Intl.NumberFormat] {}"),
    ("new Intl.Collator", "Collator [Intl.Collator] {}"),
    ("(function*(){})()", "Object [Generator] {}"),
    ("(async function*(){})()", "Object [AsyncGenerator] {}"),
    ("[1][Symbol.iterator]()", "Object [Array Iterator] {}"),
    ("'a'[Symbol.iterator]()", "Object [String Iterator] {}"),
    ("'a'.matchAll(/a/g)", "Object [RegExp String Iterator] {}"),
    ("[1].values().map(x=>x)", "Object [Iterator Helper] {}"),
    ("({a:{b:{c:Promise.resolve()}}})", "{ a: { b: { c: [Promise] } } }"),
    ("new Proxy({a:1},{})", "{ a: 1 }"),
    ("new Proxy([1,2],{})", "[ 1, 2 ]"),
    ("new Proxy(function f(){},{})", "[Function: f]"),
    ("(()=>{const r=Proxy.revocable({},{});r.revoke();return r.proxy})()", "<Revoked Proxy>"),
    ("new Proxy(new Proxy(new Map([[1,2]]),{}),{})", "Map {}"),
    ("[new Proxy({},{})]", "[ {} ]"),
    ("({get a(){throw new Error('x')}})", "{ a: [Getter] }"),
    (
      "(()=>{const a={};a.a=a;a.b={a,c:{}};a.b.c.d=a.b;return a})()",
      #"""
      <ref *1> {
        a: [Circular *1],
        b: <ref *2> { a: [Circular *1], c: { d: [Circular *2] } }
      }
      """#
    ),
    (
      "(()=>{const m=new Map;m.set(m,m);return m})()",
      "<ref *1> Map(1) { [Circular *1] => [Circular *1] }"
    ),
    ("(()=>{const r=[];r[0]=r;return r})()", "<ref *1> [ [Circular *1] ]"),
    (
      "(()=>{const r=[1,2,3,4,5,6,7];r.push(r);return r})()",
      "<ref *1> [ 1, 2, 3, 4, 5, 6, 7, [Circular *1] ]"
    ),
    ("(()=>{const s=new Set;s.add(s);return s})()", "<ref *1> Set(1) { [Circular *1] }"),
    ("(()=>{function f(){};f.f=f;return f})()", "<ref *1> [Function: f] { f: [Circular *1] }"),
    (
      "(()=>{const a={b:{}};a.b.a=a;return [a,a]})()",
      #"""
      [
        <ref *1> { b: { a: [Circular *1] } },
        <ref *1> { b: { a: [Circular *1] } }
      ]
      """#
    ),
    (
      "(()=>{class F{constructor(){this.s=this}};return new F})()",
      "<ref *1> F { s: [Circular *1] }"
    ),
    (
      "(()=>{const d=new Date(0);d.d=d;return d})()",
      "<ref *1> 1970-01-01T00:00:00.000Z { d: [Circular *1] }"
    ),
    ("(()=>{const x={y:1};return {a:x,b:x}})()", "{ a: { y: 1 }, b: { y: 1 } }"),
    (
      #"({aaaaaaaaaaaaaaaa:"bbbbbbbbbbbbbbbbbbbbbbbbbb",ccccccccc:"ddddddddddddddd"})"#,
      #"""
      {
        aaaaaaaaaaaaaaaa: 'bbbbbbbbbbbbbbbbbbbbbbbbbb',
        ccccccccc: 'ddddddddddddddd'
      }
      """#
    ),
    (
      #"({a:"b".repeat(62),c:1})"#,
      #"""
      {
        a: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
        c: 1
      }
      """#
    ),
    (
      #"({a:"b".repeat(63),c:1})"#,
      #"""
      {
        a: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
        c: 1
      }
      """#
    ),
    (
      #"({a:"b".repeat(64),c:1})"#,
      #"""
      {
        a: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
        c: 1
      }
      """#
    ),
    ("({a:{b:{c:{}}},d:1})", "{ a: { b: { c: {} } }, d: 1 }"),
    ("({a:{b:1},c:{d:1},e:{f:{g:1}}})", "{ a: { b: 1 }, c: { d: 1 }, e: { f: { g: 1 } } }"),
    ("({a:{b:{c:1}}})", "{ a: { b: { c: 1 } } }"),
    ("[{a:1,b:2},{a:3,b:4}]", "[ { a: 1, b: 2 }, { a: 3, b: 4 } ]"),
    (
      "({a:[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27]})",
      #"""
      {
        a: [
           1,  2,  3,  4,  5,  6,  7,  8,
           9, 10, 11, 12, 13, 14, 15, 16,
          17, 18, 19, 20, 21, 22, 23, 24,
          25, 26, 27
        ]
      }
      """#
    ),
    ("({x:{y:[Array.from({length:30},(_,i)=>i)]}})", "{ x: { y: [ [Array] ] } }"),
    (
      "({a:1,b:'two',c:[3,{d:4}],e:new Map([['k',{v:1}]])})",
      "{ a: 1, b: 'two', c: [ 3, { d: 4 } ], e: Map(1) { 'k' => { v: 1 } } }"
    ),
    ("({a:{a:{a:{a:{a:1}}}},b:2})", "{ a: { a: { a: [Object] } }, b: 2 }"),
    (
      #"(()=>{const e=new Error('m');e.stack='Error: m\n    at foo (a.js:1:1)';return e})()"#,
      #"""
      Error: m
          at foo (a.js:1:1)
      """#
    ),
    (
      "(()=>{const e=new Error('m');e.stack='Error: m';e.code='X';return e})()",
      "[Error: m] { code: 'X' }"
    ),
    (
      "(()=>{const e=new Error('m');e.stack='Error: m';return {a:e,b:[e]}})()",
      "{ a: [Error: m], b: [ [Error: m] ] }"
    ),
    ("(()=>{const e=new Error('');e.stack='Error';return e})()", "[Error]"),
    (
      "(()=>{const e=new Error('old');e.stack='Error: old';e.message='new';return e})()",
      "[Error: old]"
    ),
    (
      "(()=>{const e=new Error('m',{cause:undefined});e.stack='Error: m';return e})()",
      "[Error: m] { [cause]: undefined }"
    ),
    (
      "(()=>{const e=new Error('m',{cause:'str'});e.stack='Error: m';return e})()",
      "[Error: m] { [cause]: 'str' }"
    ),
    ("(()=>{const e=new Error('m');e.stack='whatever';return e})()", "[whatever]"),
    ("(()=>{const e=new Error('m');e.stack='Error: m';e.name=5;return e})()", "[Error: m]"),
    (
      "(()=>{const e=new Error('m');e.stack='Error: m';e.name='Foo';return e})()",
      "[Error: m] { name: 'Foo' }"
    ),
    (
      "(()=>{const e=new Error('m');e.stack='Error: m';e.name='FooError';return e})()",
      "[Error: m] { name: 'FooError' }"
    ),
    ("(()=>{const e=new Error('m');e.stack='Error: m';e.message={};return e})()", "[Error: m]"),
    (
      #"(()=>{const e=new Error('m');e.stack='Error: m\n    at x (y:1:1)';return [e,e]})()"#,
      #"""
      [
        Error: m
            at x (y:1:1),
        Error: m
            at x (y:1:1)
      ]
      """#
    ),
    ("(()=>{const e={__proto__:Error.prototype,message:'fake'};return e})()", "[Error: fake]"),
    ("({a:{b:{[Symbol.for('nodejs.util.inspect.custom')](d){return 'd'+d}}}})", "{ a: { b: d0 } }"),
    (
      "({a:{[Symbol.for('nodejs.util.inspect.custom')](d){return {x:{y:{z:{w:1}}}}}}})",
      "{ a: { x: { y: [Object] } } }"
    ),
    (
      "({[Symbol.for('nodejs.util.inspect.custom')]:5})",
      "{ Symbol(nodejs.util.inspect.custom): 5 }"
    ),
    (
      #"({q:{[Symbol.for('nodejs.util.inspect.custom')](){return 'a\nb'}}})"#,
      #"""
      {
        q: a
        b
      }
      """#
    ),
    ("({q:{[Symbol.for('nodejs.util.inspect.custom')](){return 5n}}})", "{ q: 5n }"),
    ("({q:{[Symbol.for('nodejs.util.inspect.custom')](){return null}}})", "{ q: null }"),
    ("({q:{[Symbol.for('nodejs.util.inspect.custom')](){return undefined}}})", "{ q: undefined }"),
    (
      "({q:{[Symbol.for('nodejs.util.inspect.custom')](){return this}}})",
      #"""
      {
        q: {
          Symbol(nodejs.util.inspect.custom): [Function: [nodejs.util.inspect.custom]]
        }
      }
      """#
    ),
    ("({[Symbol.for('nodejs.util.inspect.custom')](){return Symbol('q')}})", "Symbol(q)"),
    ("({[Symbol.for('nodejs.util.inspect.custom')](){return ()=>1}})", "[Function (anonymous)]"),
    ("({[Symbol.for('nodejs.util.inspect.custom')](d,o){return o.stylize('x','number')}})", "x"),
    ("new (class X{[Symbol.for('nodejs.util.inspect.custom')](){return 'X!'}})", "X!"),
    ("(class X{[Symbol.for('nodejs.util.inspect.custom')](){return 'X!'}}).prototype", "{}"),
    ("({[Symbol.for('nodejs.util.inspect.custom')]:()=>({a:1})})", "{ a: 1 }"),
  ]
}
