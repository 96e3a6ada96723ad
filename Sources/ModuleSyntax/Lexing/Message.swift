/// V8's words for the early errors that need no name in them.
enum Message: String {
  case accessorBodyArity = "Getter must not have any formal parameters."
  case argumentsInInitializer =
    "'arguments' is not allowed in class field initializer or static initialization block"
  case asyncFunctionInSingleStatement =
    "Async functions can only be declared at the top level or inside a block."
  case awaitAsIdentifier = "'await' is not a valid identifier name in an async function"
  case awaitInParameters = "Illegal await-expression in formal parameters of async function"
  case awaitOutsideAsync =
    "await is only valid in async functions and the top level bodies of modules"
  case constructorIsAccessor = "Class constructor may not be an accessor"
  case constructorIsAsync = "Class constructor may not be an async method"
  case constructorIsField = "Classes may not have a field named 'constructor'"
  case constructorIsGenerator = "Class constructor may not be a generator"
  case constructorIsPrivate = "Class constructor may not be a private method"
  case continueOutsideLoop = "Illegal continue statement: no surrounding iteration statement"
  case deletePrivate = "Private fields can not be deleted"
  case doubleSeparator = "Only one underscore is allowed as numeric separator"
  case duplicateConstructor = "A class may only have one constructor"
  case duplicateDefault = "More than one default clause in switch statement"
  case duplicateParameter = "Duplicate parameter name not allowed in this context"
  case duplicateProto = "Duplicate __proto__ fields are not allowed in object literals"
  case elementAfterRest = "Rest element must be last element"
  case endOfInput = "Unexpected end of input"
  case escapedKeyword = "Keyword must not contain escaped characters"
  case forAwaitNotOf = "Invalid left-hand side in for-await-of loop"
  case forOfAsync = "The left-hand side of a for-of loop may not be 'async'."
  case forOfLet = "The left-hand side of a for-of loop may not be 'let'."
  case functionName = "Function statements require a function name"
  case generatorInSingleStatement =
    "Generators can only be declared at the top level or inside a block."
  case htmlComment = "HTML comments are not allowed in modules"
  case illegalBreak = "Illegal break statement"
  case illegalReturn = "Illegal return statement"
  case importMetaOutsideModule = "Cannot use 'import.meta' outside a module"
  case importOutsideModule = "Cannot use import statement outside a module"
  case importSpecifier = "import() requires a specifier"
  case invalidAssignmentTarget = "Invalid left-hand side in assignment"
  case invalidBigIntExponent = "Invalid BigInt syntax"
  case invalidDestructuringTarget = "Invalid destructuring assignment target"
  case invalidForTarget = "Invalid left-hand side in for-loop"
  case invalidHexEscape = "Invalid hexadecimal escape sequence"
  case invalidPostfixTarget = "Invalid left-hand side expression in postfix operation"
  case invalidPrefixTarget = "Invalid left-hand side expression in prefix operation"
  case invalidRegExpFlags = "Invalid regular expression flags"
  case memberInBinding = "Illegal property in declaration context"
  case invalidRestTarget =
    "`...` must be followed by an assignable reference in assignment contexts"
  case restNotIdentifier = "`...` must be followed by an identifier in declaration contexts"
  case invalidShorthandInitializer = "Invalid shorthand property initializer"
  case invalidToken = "Invalid or unexpected token"
  case invalidUnicodeEscape = "Invalid Unicode escape sequence"
  case letIsBound = "let is disallowed as a lexically bound name"
  case lexicalInSingleStatement =
    "Lexical declaration cannot appear in a single-statement context"
  case malformedArrowParameters = "Malformed arrow function parameter list"
  case missingCatch = "Missing catch or finally after try"
  case missingConstInitializer = "Missing initializer in const declaration"
  case missingDestructuringInitializer = "Missing initializer in destructuring declaration"
  case missingParenthesisAfterArguments = "missing ) after argument list"
  case missingTemplateBrace = "Missing } in template expression"
  case missingUsingInitializer = "Missing initializer in using declaration"
  case missingAwaitUsingInitializer = "Missing initializer in await using declaration"
  case newImport = "Cannot use new with import"
  case newTarget = "new.target expression is not allowed here"
  case newlineAfterThrow = "Illegal newline after throw"
  case nonSimpleStrict =
    "Illegal 'use strict' directive in function with non-simple parameter list"
  case octalEscapeInStrict = "Octal escape sequences are not allowed in strict mode."
  case octalEscapeInTemplate = "Octal escape sequences are not allowed in template strings."
  case eightOrNineEscapeInStrict = "\\8 and \\9 are not allowed in strict mode."
  case eightOrNineEscapeInTemplate = "\\8 and \\9 are not allowed in template strings."
  case octalInStrict = "Octal literals are not allowed in strict mode."
  case decimalWithLeadingZero = "Decimals with leading zeros are not allowed in strict mode."
  case optionalChainFromNew = "Invalid optional chain from new expression"
  case optionalChainFromSuper = "Invalid optional chain from super property"
  case optionalChainTemplate = "Invalid tagged template on optional chain"
  case parameterAfterRest = "Rest parameter must be last formal parameter"
  case restInitializer = "Rest parameter may not have a default initializer"
  case reservedWord = "Unexpected reserved word"
  case separatorAfterZero = "Numeric separator can not be used after leading 0."
  case setterArity = "Setter must have exactly one formal parameter."
  case setterRest = "Setter function argument must not be a rest parameter"
  case sloppyFunctionInStatement =
    "In non-strict mode code, functions can only be declared at top level, inside a block, or as the body of an if statement."
  case staticPrototype = "Classes may not have a static property named 'prototype'"
  case strictDelete = "Delete of an unqualified identifier in strict mode."
  case strictEvalArguments = "Unexpected eval or arguments in strict mode"
  case strictFunctionInStatement =
    "In strict mode code, functions can only be declared at top level or inside a block."
  case strictReservedWord = "Unexpected strict mode reserved word"
  case strictWith = "Strict mode code may not include a with statement"
  case stringExportName =
    "String literal module export names must be followed by a 'from' clause"
  case superUnexpected = "'super' keyword unexpected here"
  case tooDeep = "Source text is nested too deeply"
  case trailingSeparator = "Numeric separators are not allowed at the end of numeric literals"
  case unaryBeforePower =
    "Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence"
  case undefinedCodePoint = "Undefined Unicode code-point"
  case unexpectedNumber = "Unexpected number"
  case unexpectedString = "Unexpected string"
  case unexpectedTemplate = "Unexpected template string"
  case unexpectedPrivateField = "Unexpected private field"
  case unexpectedRegularExpression = "Unexpected regular expression"
  case unpairedSurrogate = "Invalid module export name: contains unpaired surrogate"
  case unterminatedRegExp = "Invalid regular expression: missing /"
  case yieldInParameters = "Yield expression not allowed in formal parameter"
}

/// An error that is only one if the text turns out to be read in a certain way.
struct PendingError {
  var message: Message
  private var place: Place

  init(message: Message, start: Int, end: Int) {
    self.message = message
    place = Place(start, end)
  }

  var start: Int { place.start }
  var end: Int { place.end }
}
