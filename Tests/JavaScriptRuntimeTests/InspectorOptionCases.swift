/// Expressions, options of `util.inspect`, and the text. Evaluate both in parentheses.
/// Recorded from Node 24; only values whose text does not depend on the engine or its host.
enum InspectorOptionCases {
  static let all: [(expression: String, options: String, expected: String)] = [
    ("'abcdef'", "{ maxStringLength: 3 }", "'abc'... 3 more characters"),
    (
      #"({q:{[Symbol.for('nodejs.util.inspect.custom')](){return 'a\nb'}}})"#,
      "{ colors: true }",
      #"""
      {
        q: a
        b
      }
      """#
    ),
    (
      "({[Symbol.for('nodejs.util.inspect.custom')](d,o){return o.stylize('x','number')}})",
      "{ colors: true }",
      "\u{1b}[33mx\u{1b}[39m"
    ),
    (
      "({a:{b:{c:{d:{e:{}}}}}})",
      "{ colors: true }",
      "{ a: { b: { c: \u{1b}[36m[Object]\u{1b}[39m } } }"
    ),
    ("({x:()=>1})", "{ colors: true }", "{ x: \u{1b}[36m[Function: x]\u{1b}[39m }"),
    ("new WeakSet", "{ colors: true }", "WeakSet { \u{1b}[36m<items unknown>\u{1b}[39m }"),
    (
      "({a:1,b:'x',c:[1,2,{d:3}]})",
      "{ compact: false }",
      #"""
      {
        a: 1,
        b: 'x',
        c: [
          1,
          2,
          {
            d: 3
          }
        ]
      }
      """#
    ),
    (
      "({b:1,a:2,c:[3,1,2],'0':1})",
      "{ compact: false }",
      #"""
      {
        '0': 1,
        b: 1,
        a: 2,
        c: [
          3,
          1,
          2
        ]
      }
      """#
    ),
    (
      "({a:'x'.repeat(30),b:'y'.repeat(30),c:'z'.repeat(30)})",
      "{ compact: false }",
      #"""
      {
        a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
        b: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
        c: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'
      }
      """#
    ),
    (
      "({__proto__:null,a:{__proto__:null,b:{c:1}}})",
      "{ compact: false }",
      #"""
      [Object: null prototype] {
        a: [Object: null prototype] {
          b: {
            c: 1
          }
        }
      }
      """#
    ),
    (
      "[1,'a',null,undefined,true,Symbol('s'),5n,()=>1,class A{},new Date(0),/x/]",
      "{ compact: true }",
      #"""
      [ 1,
        'a',
        null,
        undefined,
        true,
        Symbol(s),
        5n,
        [Function (anonymous)],
        [class A],
        1970-01-01T00:00:00.000Z,
        /x/ ]
      """#
    ),
    ("({b:1,a:2,c:[3,1,2],'0':1})", "{ compact: true }", "{ '0': 1, b: 1, a: 2, c: [ 3, 1, 2 ] }"),
    (
      "({a:'x'.repeat(30),b:'y'.repeat(30),c:'z'.repeat(30)})",
      "{ compact: true }",
      #"""
      { a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
        b: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
        c: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz' }
      """#
    ),
    (
      "({__proto__:null,a:{__proto__:null,b:{c:1}}})",
      "{ compact: true }",
      "[Object: null prototype] { a: [Object: null prototype] { b: { c: 1 } } }"
    ),
    (
      "[1,'a',null,undefined,true,Symbol('s'),5n,()=>1,class A{},new Date(0),/x/]",
      "{ compact: 1 }",
      #"""
      [
        1,
        'a',
        null,
        undefined,
        true,
        Symbol(s),
        5n,
        [Function (anonymous)],
        [class A],
        1970-01-01T00:00:00.000Z,
        /x/
      ]
      """#
    ),
    (
      "[[1,[2,[3,[4]]]],{a:{b:{c:{}}}}]",
      "{ compact: 1 }",
      #"""
      [
        [
          1,
          [ 2, [Array] ]
        ],
        {
          a: { b: [Object] }
        }
      ]
      """#
    ),
    ("({x:()=>1})", "{ compact: 1 }", "{ x: [Function: x] }"),
    ("new WeakSet", "{ compact: 1 }", "WeakSet { <items unknown> }"),
    (
      "new ArrayBuffer(3)",
      "{ compact: 1 }",
      "ArrayBuffer { [Uint8Contents]: <00 00 00>, [byteLength]: 3 }"
    ),
    (
      "(()=>{const a={};a.a=a;return a})()",
      "{ compact: 0 }",
      #"""
      <ref *1> {
        a: [Circular *1]
      }
      """#
    ),
    (
      "Object.assign(new Date(0),{a:1})",
      "{ compact: 0 }",
      #"""
      1970-01-01T00:00:00.000Z {
        a: 1
      }
      """#
    ),
    (
      "({a:undefined,b:NaN,c:-0})",
      "{ compact: 0 }",
      #"""
      {
        a: undefined,
        b: NaN,
        c: -0
      }
      """#
    ),
    ("({a:1,b:'x',c:[1,2,{d:3}]})", "{ depth: 0 }", "{ a: 1, b: 'x', c: [Array] }"),
    (
      "({'a-b':1,[Symbol('x')]:2,get g(){return 1}})",
      "{ depth: 0 }",
      "{ 'a-b': 1, g: [Getter], Symbol(x): 2 }"
    ),
    ("new (class Foo{constructor(){this.x=1} get y(){return 1}})", "{ depth: 0 }", "Foo { x: 1 }"),
    ("Object.defineProperty([1,2],Symbol('h'),{value:1})", "{ depth: 0 }", "[ 1, 2 ]"),
    ("Object.assign(()=>{},{a:1})", "{ depth: 0 }", "[Function (anonymous)] { a: 1 }"),
    (
      "Array.from({length:30},(_,i)=>'item'+i)",
      "{ depth: null }",
      #"""
      [
        'item0',  'item1',  'item2',
        'item3',  'item4',  'item5',
        'item6',  'item7',  'item8',
        'item9',  'item10', 'item11',
        'item12', 'item13', 'item14',
        'item15', 'item16', 'item17',
        'item18', 'item19', 'item20',
        'item21', 'item22', 'item23',
        'item24', 'item25', 'item26',
        'item27', 'item28', 'item29'
      ]
      """#
    ),
    ("new Set(['b','a'])", "{ depth: null }", "Set(2) { 'b', 'a' }"),
    ("new Uint8Array(4)", "{ depth: null }", "Uint8Array(4) [ 0, 0, 0, 0 ]"),
    ("[,1,,]", "{ depth: null }", "[ <1 empty item>, 1, <1 empty item> ]"),
    ("new Map([['a',{b:new Set([1])}]])", "{ depth: -1 }", "[Map]"),
    ("(()=>{const a={};a.a=a;return a})()", "{ depth: -1 }", "[Object]"),
    ("Object.assign(new Date(0),{a:1})", "{ depth: -1 }", "[Date]"),
    ("new WeakSet", "{ depth: -1 }", "[WeakSet]"),
    ("new ArrayBuffer(3)", "{ depth: -1 }", "[ArrayBuffer]"),
    (
      "Array.from({length:30},(_,i)=>i*3)",
      "{ depth: Infinity }",
      #"""
      [
         0,  3,  6,  9, 12, 15, 18, 21, 24,
        27, 30, 33, 36, 39, 42, 45, 48, 51,
        54, 57, 60, 63, 66, 69, 72, 75, 78,
        81, 84, 87
      ]
      """#
    ),
    ("Object.assign([3,2],{z:1,a:2})", "{ depth: Infinity }", "[ 3, 2, z: 1, a: 2 ]"),
    ("Object.defineProperty({},'hid',{value:1})", "{ depth: Infinity }", "{}"),
    ("new Map([[{a:1},[1]]])", "{ depth: Infinity }", "Map(1) { { a: 1 } => [ 1 ] }"),
    ("({a:{b:{c:{d:{e:{}}}}}})", "{ sorted: true }", "{ a: { b: { c: [Object] } } }"),
    ("({b:1,a:2,c:[3,1,2],'0':1})", "{ sorted: true }", "{ '0': 1, a: 2, b: 1, c: [ 3, 1, 2 ] }"),
    (
      "({a:'x'.repeat(30),b:'y'.repeat(30),c:'z'.repeat(30)})",
      "{ sorted: true }",
      #"""
      {
        a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
        b: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
        c: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'
      }
      """#
    ),
    (
      "({__proto__:null,a:{__proto__:null,b:{c:1}}})",
      "{ sorted: true }",
      #"""
      [Object: null prototype] {
        a: [Object: null prototype] { b: { c: 1 } }
      }
      """#
    ),
    (
      "new Map([['a',{b:new Set([1])}]])",
      "{ showHidden: true }",
      "Map(1) { 'a' => { b: Set(1) { 1 } } }"
    ),
    (
      "(()=>{const a={};a.a=a;return a})()",
      "{ showHidden: true }",
      "<ref *1> { a: [Circular *1] }"
    ),
    (
      "Object.assign(new Date(0),{a:1})",
      "{ showHidden: true }",
      "1970-01-01T00:00:00.000Z { a: 1 }"
    ),
    (
      "({__proto__:null,a:{__proto__:null,b:{c:1}}})",
      "{ showHidden: true }",
      #"""
      [Object: null prototype] {
        a: [Object: null prototype] { b: { c: 1 } }
      }
      """#
    ),
    (
      "[1,'a',null,undefined,true,Symbol('s'),5n,()=>1,class A{},new Date(0),/x/]",
      "{ breakLength: 20 }",
      #"""
      [
        1,
        'a',
        null,
        undefined,
        true,
        Symbol(s),
        5n,
        [Function (anonymous)],
        [class A],
        1970-01-01T00:00:00.000Z,
        /x/
      ]
      """#
    ),
    (
      "({b:1,a:2,c:[3,1,2],'0':1})",
      "{ breakLength: 20 }",
      #"""
      {
        '0': 1,
        b: 1,
        a: 2,
        c: [
          3,
          1,
          2
        ]
      }
      """#
    ),
    (
      "({a:'x'.repeat(30),b:'y'.repeat(30),c:'z'.repeat(30)})",
      "{ breakLength: 20 }",
      #"""
      {
        a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
        b: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
        c: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'
      }
      """#
    ),
    (
      "({__proto__:null,a:{__proto__:null,b:{c:1}}})",
      "{ breakLength: 20 }",
      #"""
      [Object: null prototype] {
        a: [Object: null prototype] {
          b: {
            c: 1
          }
        }
      }
      """#
    ),
    (
      "new Map([['a',{b:new Set([1])}]])",
      "{ breakLength: Infinity }",
      "Map(1) { 'a' => { b: Set(1) { 1 } } }"
    ),
    (
      "(()=>{const a={};a.a=a;return a})()",
      "{ breakLength: Infinity }",
      "<ref *1> { a: [Circular *1] }"
    ),
    (
      "Object.assign(new Date(0),{a:1})",
      "{ breakLength: Infinity }",
      "1970-01-01T00:00:00.000Z { a: 1 }"
    ),
  ]
}
