/// Arrays of arguments, and what `util.format` makes of them. Evaluate in parentheses.
/// Recorded from Node 24; only values whose text does not depend on the engine or its host.
enum FormatCases {
  static let all: [(expression: String, expected: String)] = [
    ("[]", ""),
    ("['']", ""),
    ("['','a']", " a"),
    ("['%%']", "%%"),
    ("['%%',1]", "% 1"),
    ("['a%']", "a%"),
    ("['a%',1]", "a% 1"),
    ("['%x',1]", "%x 1"),
    ("['%s']", "%s"),
    ("['%s %s',1]", "1 %s"),
    ("['a','b',{c:1},-0,5n]", "a b { c: 1 } -0 5n"),
    ("[1,'a','b']", "1 a b"),
    ("[{a:1},'x']", "{ a: 1 } x"),
    (
      #"['%s','a','b\n']"#,
      #"""
      a b

      """#
    ),
    ("[Symbol('a'),'s']", "Symbol(a) s"),
    ("['%%%s%%',1,2]", "%1% 2"),
    ("['%s',{a:{b:1}}]", "{ a: [Object] }"),
    ("['%s',[1,[2,[3]]]]", "[ 1, [Array] ]"),
    ("['%s',class A{}]", "class A{}"),
    ("['%s',()=>1]", "()=>1"),
    ("['%s',new Date(0)]", "1970-01-01T00:00:00.000Z"),
    ("['%s',{toString(){return 'T'}}]", "T"),
    ("['%s',-0]", "-0"),
    ("['%s',5n]", "5n"),
    ("['%s',Symbol('a')]", "Symbol(a)"),
    ("['%s',null]", "null"),
    ("['%s',undefined]", "undefined"),
    ("['%s',{__proto__:null}]", "[Object: null prototype] {}"),
    ("['%s',new (class Foo{toString(){return 'foo'}})]", "foo"),
    ("['%s',new (class Foo{x=1})]", "Foo { x: 1 }"),
    ("['%s',new (class Foo extends Map{})]", "Foo(0) [Map] {}"),
    ("['%s',{[Symbol.toPrimitive](){return 'prim'}}]", "prim"),
    ("['%s',Object('abc')]", "[String: 'abc']"),
    ("['%s',new Map([[1,2]])]", "Map(1) { 1 => 2 }"),
    (
      #"['%s',Object.assign(new Error('x'),{stack:'Error: x\n    at y (z:1:1)'})]"#,
      #"""
      Error: x
          at y (z:1:1)
      """#
    ),
    ("['%s',new (class E2 extends Error{toString(){return 'E2!'}})('x')]", "E2!"),
    (
      "['%s',Object.assign(new (class E3 extends Error{})('x'),{stack:'Error: x'})]",
      "[E3 [Error]: x]"
    ),
    ("['%s',/a/]", "/a/"),
    ("['%s',new Proxy({},{})]", "{}"),
    ("['%s',function foo(){}]", "function foo(){}"),
    ("['%s',[Symbol('x'),'q']]", "[ Symbol(x), 'q' ]"),
    ("['%s',Object(Symbol('a'))]", "[Symbol: Symbol(a)]"),
    ("['%s',Object(1)]", "[Number: 1]"),
    ("['%s',new Date(NaN)]", "Invalid Date"),
    ("['%s',new (class D extends Date{})(0)]", "D 1970-01-01T00:00:00.000Z"),
    ("['%s',new (class S extends (class B{toString(){return 'B!'}}){})]", "B!"),
    ("['%s',{__proto__:{toString(){return 'P'}}}]", "P"),
    ("['%d','42']", "42"),
    ("['%d','x']", "NaN"),
    ("['%d',5n]", "5n"),
    ("['%d',Symbol('a')]", "NaN"),
    ("['%d',{}]", "NaN"),
    ("['%d',-0]", "-0"),
    ("['%d',null]", "0"),
    ("['%d',[5]]", "5"),
    ("['%d',{valueOf(){return 7}}]", "7"),
    ("['%i',4.7]", "4"),
    ("['%i','12px']", "12"),
    ("['%i',5n]", "5n"),
    ("['%i',{}]", "NaN"),
    ("['%i',-0.5]", "-0"),
    ("['%i','0x1f']", "31"),
    ("['%i',Symbol('a')]", "NaN"),
    ("['%f','1.5x']", "1.5"),
    ("['%f',Symbol('a')]", "NaN"),
    ("['%f',-0]", "0"),
    ("['%f',5n]", "5"),
    ("['%j',{a:1}]", #"{"a":1}"#),
    ("['%j',undefined]", "undefined"),
    ("['%j',()=>1]", "undefined"),
    ("['%j','s']", #""s""#),
    ("['%j',(()=>{const c={};c.c=c;return c})()]", "[Circular]"),
    ("['%o',{f:1,a:[1]}]", "{ f: 1, a: [ 1, [length]: 1 ] }"),
    ("['%o',[1]]", "[ 1, [length]: 1 ]"),
    ("['%o',5]", "5"),
    ("['%o','s']", "'s'"),
    ("['%o',new Map([[1,{a:1}]])]", "Map(1) { 1 => { a: 1 } }"),
    ("['%O',{a:{b:{c:{d:{e:1}}}}}]", "{ a: { b: { c: [Object] } } }"),
    ("['%O','s']", "'s'"),
    ("['%O',5n]", "5n"),
    ("['%c','css']", ""),
    ("['%cfoo%c','a','b','rest']", "foo rest"),
    (
      "['a %s b %d c %i d %f e %j f %O',1,2,3.5,4.5,{x:1},[1]]",
      #"a 1 b 2 c 3 d 4.5 e {"x":1} f [ 1 ]"#
    ),
    (
      #"['a\nb',{c:1}]"#,
      #"""
      a
      b { c: 1 }
      """#
    ),
    ("[{a:{b:{c:{}}}}]", "{ a: { b: { c: {} } } }"),
    ("['x',Symbol('s')]", "x Symbol(s)"),
    ("['x',null,undefined,true]", "x null undefined true"),
    ("[null]", "null"),
    ("[5n,-0,NaN]", "5n -0 NaN"),
    ("['%s%s','a']", "a%s"),
    ("['%S',1]", "%S 1"),
    ("['%',1]", "% 1"),
    ("['%s %','x']", "x %"),
    ("['%5d',1]", "%5d 1"),
    ("[['a'],'b']", "[ 'a' ] b"),
    ("[new Error('m').message]", "m"),
    (#"['%s','\x1b[31m']"#, "\u{1b}[31m"),
    (#"['%s',['\x1b[31m']]"#, #"[ '\x1B[31m' ]"#),
    (
      "['%o',class A{static x=1}]",
      #"""
      <ref *1> [class A] {
        [length]: 0,
        [name]: 'A',
        [prototype]: { [constructor]: [Circular *1] },
        x: 1
      }
      """#
    ),
    ("['%o',()=>1]", "[Function (anonymous)] { [length]: 0, [name]: '' }"),
    ("['%s',Object.assign(()=>{}, {toString(){return 'x'}})]", "x"),
    ("['%s',new (class Foo{get [Symbol.toStringTag](){return 'tt'}})]", "Foo [tt] {}"),
    ("['%s',{a:{toString(){return 'q'}}}]", "{ a: [Object] }"),
    ("['%s',globalThis.Math]", "Object [Math] {}"),
    ("['%s',[]]", "[]"),
    ("['%s',new Uint8Array(2)]", "0,0"),
    ("['%s','x'.repeat(3),'%s']", "xxx %s"),
  ]
}
