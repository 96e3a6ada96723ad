/// Expressions, and how `util.inspect` shows their values. Evaluate them in parentheses.
/// Recorded from Node 24; only values whose text does not depend on the engine or its host.
enum InspectorCases {
  static let all = primitivesAndArrays + objects

  static let primitivesAndArrays: [(expression: String, expected: String)] = [
    ("undefined", "undefined"),
    ("null", "null"),
    ("true", "true"),
    ("0", "0"),
    ("-0", "-0"),
    ("1.5", "1.5"),
    ("NaN", "NaN"),
    ("Infinity", "Infinity"),
    ("1e21", "1e+21"),
    ("123456789012345680000", "123456789012345680000"),
    ("5n", "5n"),
    ("-7n", "-7n"),
    ("''", "''"),
    ("'a'", "'a'"),
    (#""a'b""#, #""a'b""#),
    (#"'a\'b"c'"#, #"`a'b"c`"#),
    (#"'a\'b"c`d'"#, #"'a\'b"c`d'"#),
    (#"'a\'${"'"#, #"'a\'${"'"#),
    (#"'\x00\x1b\x7f\x9f\n\t\b\v\f\r\\'"#, #"'\x00\x1B\x7F\x9F\n\t\b\x0B\f\r\\'"#),
    (#"'\ud83d'"#, #"'\ud83d'"#),
    (#"'\udc00x'"#, #"'\udc00x'"#),
    ("'😀é日本'", "'😀é日本'"),
    ("Symbol()", "Symbol()"),
    ("Symbol('a b')", "Symbol(a b)"),
    ("Symbol.iterator", "Symbol(Symbol.iterator)"),
    (
      #"Symbol('a\nb')"#,
      #"""
      Symbol(a
      b)
      """#
    ),
    ("Symbol('')", "Symbol()"),
    (
      #"['x'.repeat(70)+'\n'+'y'.repeat(20)]"#,
      #"""
      [
        'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n' +
          'yyyyyyyyyyyyyyyyyyyy'
      ]
      """#
    ),
    (
      #"({a:'x'.repeat(70)+'\n'+'y'.repeat(20)+'\n'})"#,
      #"""
      {
        a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n' +
          'yyyyyyyyyyyyyyyyyyyy\n'
      }
      """#
    ),
    ("({})", "{}"),
    ("({a:1})", "{ a: 1 }"),
    ("({a:{b:{c:{}}}})", "{ a: { b: { c: {} } } }"),
    ("({a:{b:{c:{d:1}}}})", "{ a: { b: { c: [Object] } } }"),
    ("({a:{b:{c:[]}}})", "{ a: { b: { c: [] } } }"),
    ("({a:{b:{c:[1]}}})", "{ a: { b: { c: [Array] } } }"),
    ("({a:{b:{c:new Map()}}})", "{ a: { b: { c: Map(0) {} } } }"),
    ("({a:{b:{c:new Map([[1,2]])}}})", "{ a: { b: { c: [Map] } } }"),
    ("({a:{b:{c:Object.create(null)}}})", "{ a: { b: { c: [Object: null prototype] {} } } }"),
    ("({a:{b:{c:{__proto__:null,x:1}}}})", "{ a: { b: { c: [Object: null prototype] } } }"),
    ("({a:{b:{c:new (class Foo{})}}})", "{ a: { b: { c: Foo {} } } }"),
    ("({a:{b:{c:new (class Foo{x=1})}}})", "{ a: { b: { c: [Foo] } } }"),
    ("({a:{b:{c:function f(){}}}})", "{ a: { b: { c: [Function: f] } } }"),
    ("({a:{b:{c:Object.assign(function f(){}, {x:1})}}})", "{ a: { b: { c: [Function] } } }"),
    ("({a:{b:{c:new Date(0)}}})", "{ a: { b: { c: 1970-01-01T00:00:00.000Z } } }"),
    ("({a:{b:{c:Object.assign(new Date(0),{x:1})}}})", "{ a: { b: { c: [Date] } } }"),
    ("({a:{b:{c:/x/}}})", "{ a: { b: { c: /x/ } } }"),
    ("({a:{b:{c:Object.assign(/x/,{y:1})}}})", "{ a: { b: { c: /x/ } } }"),
    ("({a:{b:{c:new Uint8Array(2)}}})", "{ a: { b: { c: [Uint8Array] } } }"),
    ("({a:{b:{c:Object.assign([],{a:1})}}})", "{ a: { b: { c: [Array] } } }"),
    ("({a:{b:{c:Object(1)}}})", "{ a: { b: { c: [Number: 1] } } }"),
    ("({a:{b:{c:Object.assign(Object(1),{x:1})}}})", "{ a: { b: { c: [Number] } } }"),
    ("({a:{b:{c:new Set([1])}}})", "{ a: { b: { c: [Set] } } }"),
    ("({a:{b:{c:new ArrayBuffer(2)}}})", "{ a: { b: { c: [ArrayBuffer] } } }"),
    ("({a:{b:{c:new WeakMap}}})", "{ a: { b: { c: [WeakMap] } } }"),
    ("({a:{b:{c:{[Symbol.toStringTag]:'x'}}}})", "{ a: { b: { c: [Object] } } }"),
    (
      "({'a-b':1,__proto__x:1,['__proto__']:2,1:2,'é':1,$a:1,[Symbol('s y')]:1,[Symbol()]:2})",
      #"""
      {
        '1': 2,
        'a-b': 1,
        __proto__x: 1,
        ['__proto__']: 2,
        'é': 1,
        '$a': 1,
        Symbol(s y): 1,
        Symbol(): 2
      }
      """#
    ),
    (
      #"({_:1,a1:2,A_b:3,'':4,' ':5,'a\nb':6,"it's":7})"#,
      #"{ _: 1, a1: 2, A_b: 3, '': 4, ' ': 5, 'a\nb': 6, "it's": 7 }"#
    ),
    (#"({[Symbol('a\nb')]:1})"#, #"{ Symbol(a\nb): 1 }"#),
    (
      "({f(){},get x(){return 1},set x(v){},set y(v){},get z(){return 1}})",
      "{ f: [Function: f], x: [Getter/Setter], y: [Setter], z: [Getter] }"
    ),
    ("({a:undefined,b:null})", "{ a: undefined, b: null }"),
    ("({__proto__:null})", "[Object: null prototype] {}"),
    ("({__proto__:null,a:1})", "[Object: null prototype] { a: 1 }"),
    ("({__proto__:{a:1}})", "{}"),
    ("({__proto__:{__proto__:null}})", "Object <[Object: null prototype] {}> {}"),
    (
      "({__proto__:null,[Symbol.toStringTag]:'ab'})",
      "[ab: null prototype] { Symbol(Symbol.toStringTag): 'ab' }"
    ),
    (
      "({__proto__:null,get [Symbol.toStringTag](){return 'ab'}})",
      "[Object: null prototype] { Symbol(Symbol.toStringTag): [Getter] }"
    ),
    ("({__proto__:{__proto__:null,[Symbol.toStringTag]:'T'}})", "T <[T: null prototype]> [T] {}"),
    ("({[Symbol.toStringTag]:'T'})", "{ Symbol(Symbol.toStringTag): 'T' }"),
    ("({[Symbol.toStringTag]:'T',a:1})", "{ a: 1, Symbol(Symbol.toStringTag): 'T' }"),
    ("Object.defineProperty({},Symbol.toStringTag,{value:'H'})", "Object [H] {}"),
    ("Object.defineProperty({a:1},Symbol.toStringTag,{value:'H'})", "Object [H] { a: 1 }"),
    ("Object.defineProperty(new (class Q{}),Symbol.toStringTag,{value:'H'})", "Q [H] {}"),
    ("({get [Symbol.toStringTag](){return 'T'}})", "{ Symbol(Symbol.toStringTag): [Getter] }"),
    ("({constructor:5})", "{ constructor: 5 }"),
    ("({constructor:function Foo(){}})", "{ constructor: [Function: Foo] }"),
    ("({constructor:{name:'x'}})", "{ constructor: { name: 'x' } }"),
    ("[]", "[]"),
    ("[1]", "[ 1 ]"),
    ("[1,2,3]", "[ 1, 2, 3 ]"),
    ("[,]", "[ <1 empty item> ]"),
    ("[1,,,2]", "[ 1, <2 empty items>, 2 ]"),
    ("Array(3)", "[ <3 empty items> ]"),
    ("[,,1]", "[ <2 empty items>, 1 ]"),
    ("[1,,]", "[ 1, <1 empty item> ]"),
    ("[undefined,null]", "[ undefined, null ]"),
    ("Object.assign([],{a:1})", "[ a: 1 ]"),
    ("Object.assign([1],{a:1,'-1':2,[Symbol('q')]:3})", "[ 1, a: 1, '-1': 2, Symbol(q): 3 ]"),
    ("[[[[]]]]", "[ [ [ [] ] ] ]"),
    ("[[[[1]]]]", "[ [ [ [Array] ] ] ]"),
    ("[{a:{b:{}}}]", "[ { a: { b: {} } } ]"),
    (
      "[1.5,2.25,-0,100,5,6,7,8,9]",
      #"""
      [
        1.5, 2.25, -0, 100,
          5,    6,  7,   8,
          9
      ]
      """#
    ),
    (
      "['a','bb','ccc','dddd','e','f','g','h']",
      #"""
      [
        'a',   'bb',
        'ccc', 'dddd',
        'e',   'f',
        'g',   'h'
      ]
      """#
    ),
    (
      "Array.from({length:30},(_,i)=>'item'+i)",
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
    (
      "Array.from({length:101},(_,i)=>i*i)",
      #"""
      [
           0,    1,    4,    9,   16,   25,   36,   49,   64,   81,
         100,  121,  144,  169,  196,  225,  256,  289,  324,  361,
         400,  441,  484,  529,  576,  625,  676,  729,  784,  841,
         900,  961, 1024, 1089, 1156, 1225, 1296, 1369, 1444, 1521,
        1600, 1681, 1764, 1849, 1936, 2025, 2116, 2209, 2304, 2401,
        2500, 2601, 2704, 2809, 2916, 3025, 3136, 3249, 3364, 3481,
        3600, 3721, 3844, 3969, 4096, 4225, 4356, 4489, 4624, 4761,
        4900, 5041, 5184, 5329, 5476, 5625, 5776, 5929, 6084, 6241,
        6400, 6561, 6724, 6889, 7056, 7225, 7396, 7569, 7744, 7921,
        8100, 8281, 8464, 8649, 8836, 9025, 9216, 9409, 9604, 9801,
        ... 1 more item
      ]
      """#
    ),
    (
      "Array.from({length:100},(_,i)=>i)",
      #"""
      [
         0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11,
        12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
        24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
        36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
        48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
        60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71,
        72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83,
        84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95,
        96, 97, 98, 99
      ]
      """#
    ),
    (
      "Array.from({length:105},(_,i)=>'x')",
      #"""
      [
        'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x',
        'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x',
        'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x',
        'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x',
        'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x',
        'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x',
        'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x',
        'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x',
        'x', 'x', 'x', 'x',
        ... 5 more items
      ]
      """#
    ),
    ("Array(105)", "[ <105 empty items> ]"),
    (
      "Array.from({length:10},(_,i)=>({i}))",
      #"""
      [
        { i: 0 }, { i: 1 },
        { i: 2 }, { i: 3 },
        { i: 4 }, { i: 5 },
        { i: 6 }, { i: 7 },
        { i: 8 }, { i: 9 }
      ]
      """#
    ),
    (
      "Array.from({length:10},(_,i)=>[i])",
      #"""
      [
        [ 0 ], [ 1 ], [ 2 ],
        [ 3 ], [ 4 ], [ 5 ],
        [ 6 ], [ 7 ], [ 8 ],
        [ 9 ]
      ]
      """#
    ),
    (
      "Array.from({length:7},()=>'日本')",
      #"""
      [
        '日本', '日本',
        '日本', '日本',
        '日本', '日本',
        '日本'
      ]
      """#
    ),
    (
      "Array.from({length:7},()=>'😀')",
      #"""
      [
        '😀', '😀',
        '😀', '😀',
        '😀', '😀',
        '😀'
      ]
      """#
    ),
    (
      #"Array.from({length:7},()=>'e\u0301x')"#,
      #"""
      [
        'éx', 'éx',
        'éx', 'éx',
        'éx', 'éx',
        'éx'
      ]
      """#
    ),
    (
      "[1n,2n,3n,4n,5n,6n,7n,80n]",
      #"""
      [
        1n, 2n, 3n,  4n,
        5n, 6n, 7n, 80n
      ]
      """#
    ),
    (
      "[true,false,true,false,true,false,true]",
      #"""
      [
        true, false,
        true, false,
        true, false,
        true
      ]
      """#
    ),
    (
      "[undefined,undefined,undefined,undefined,undefined,undefined,undefined]",
      #"""
      [
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined
      ]
      """#
    ),
    ("[1,2,3,4,5,6,,8]", "[ 1, 2, 3, 4, 5, 6, <1 empty item>, 8 ]"),
    (
      "[1,2,3,4,5,6,7,'a']",
      #"""
      [
        1, 2, 3, 4,
        5, 6, 7, 'a'
      ]
      """#
    ),
    (
      "Object.assign(Array.from({length:7},(_,i)=>i),{x:1})",
      #"""
      [
        0, 1, 2, 3,
        4, 5, 6, x: 1
      ]
      """#
    ),
    ("(()=>{const a=[];a[4294967294]=1;return a})()", "[ <4294967294 empty items>, 1 ]"),
    (
      "(()=>{const a=[1];a[200]=2;a[300]=3;return a})()",
      "[ 1, <199 empty items>, 2, <99 empty items>, 3 ]"
    ),
    (
      "[()=>{},class{},function(){}]",
      "[ [Function (anonymous)], [class (anonymous)], [Function (anonymous)] ]"
    ),
    (
      "['a'.repeat(80)]",
      #"""
      [
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
      ]
      """#
    ),
    (
      "['a'.repeat(72),1]",
      #"""
      [
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        1
      ]
      """#
    ),
    (
      "['a'.repeat(30),'b'.repeat(30),'c'.repeat(7)]",
      #"""
      [
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
        'ccccccc'
      ]
      """#
    ),
    (
      "['a'.repeat(30),'b'.repeat(30),'c']",
      #"""
      [
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
        'c'
      ]
      """#
    ),
    ("Object.setPrototypeOf([1],null)", "[Array(1): null prototype] [ 1 ]"),
    ("new (class Foo extends Array{})(3)", "Foo(3) [ <3 empty items> ]"),
    ("new (class Foo extends Array{})", "Foo(0) []"),
    ("Object.setPrototypeOf([1,2],{})", "{ '0': 1, '1': 2 }"),
    ("Object.defineProperty([1],'hid',{value:1})", "[ 1 ]"),
    (
      "Array.from({length:8},(_,i)=>i/3)",
      #"""
      [
        0,
        0.3333333333333333,
        0.6666666666666666,
        1,
        1.3333333333333333,
        1.6666666666666667,
        2,
        2.3333333333333335
      ]
      """#
    ),
    (
      "Array.from({length:50},(_,i)=>-i)",
      #"""
      [
         -0,  -1,  -2,  -3,  -4,  -5,  -6,  -7,  -8,
         -9, -10, -11, -12, -13, -14, -15, -16, -17,
        -18, -19, -20, -21, -22, -23, -24, -25, -26,
        -27, -28, -29, -30, -31, -32, -33, -34, -35,
        -36, -37, -38, -39, -40, -41, -42, -43, -44,
        -45, -46, -47, -48, -49
      ]
      """#
    ),
    (
      "Array.from({length:20},(_,i)=>'ab'.repeat(i%5))",
      #"""
      [
        '',         'ab',       'abab',
        'ababab',   'abababab', '',
        'ab',       'abab',     'ababab',
        'abababab', '',         'ab',
        'abab',     'ababab',   'abababab',
        '',         'ab',       'abab',
        'ababab',   'abababab'
      ]
      """#
    ),
  ]
}
