/// What the lexer asks of a byte, by one look into a table of constants.
struct CharacterClasses {
  struct Class: OptionSet {
    let rawValue: UInt8
    /// `$`, `_`, letters and digits of ASCII.
    static let identifierPart = Class(rawValue: 1)
    /// White space, or what may begin a comment, a line terminator or white space outside ASCII.
    static let mayBeTrivia = Class(rawValue: 2)
    /// What ends the plain characters of a string literal: quotes, backslashes, line breaks.
    static let endsStringRun = Class(rawValue: 4)
    /// What a line comment ends with, or the first byte of that.
    static let mayEndLine = Class(rawValue: 8)
    /// `*`, and what may begin a line terminator.
    static let endsCommentRun = Class(rawValue: 16)
    /// What may end the plain characters of a template.
    static let endsTemplateRun = Class(rawValue: 32)
  }

  /// A character for each byte, of which the low six bits are its classes.
  private static let text: StaticString = """
    @@@@@@@@@B^BB^@@\
    @@@@@@@@@@@@@@@@\
    B@D@a@@D@@P@@B@B\
    AAAAAAAAAA@@B@@@\
    @AAAAAAAAAAAAAAA\
    AAAAAAAAAAA@d@@A\
    `AAAAAAAAAAAAAAA\
    AAAAAAAAAAA@@@@@\
    BBBBBBBBBBBBBBBB\
    BBBBBBBBBBBBBBBB\
    BBBBBBBBBBBBBBBB\
    BBBBBBBBBBBBBBBB\
    BBBBBBBBBBBBBBBB\
    BBBBBBBBBBBBBBBB\
    BBZBBBBBBBBBBBBB\
    BBBBBBBBBBBBBBBB
    """

  private let table = Self.text.utf8Start

  @inline(__always)
  func has(_ wanted: Class, _ byte: UInt8) -> Bool {
    // The text has 256 bytes, and lives as long as the program.
    table[Int(byte)] & wanted.rawValue != 0
  }
}
